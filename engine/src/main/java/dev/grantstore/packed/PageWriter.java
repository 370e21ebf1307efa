package dev.grantstore.packed;

import dev.grantstore.IdField;
import dev.grantstore.Utf8View;
import java.util.Arrays;

/** Collects rows of one keyspace, in order, and encodes them as a page. One thread. */
final class PageWriter {
  static final int MOST_ROWS = 60_000;

  /** Of rows that take this much, few share what a page says once: larger pages are smaller. */
  private static final int LARGE_ROW_BYTES = 12;

  private static final int LARGER = 4;

  /** Details of so many times a page end one: most share a lot, but those to come may not. */
  private static final int MOST_DETAILS = 16;

  /** What a row is taken to need before there was a page. */
  private static final int FIRST_ROW_BYTES = 16;

  private static final int FIRST_ROWS = 256;

  /** How much less than its rows a page may be at most; bounds what is held. */
  private static final int MOST_SAVING = 64;

  private final PageOutput out = new PageOutput();
  private final Values[] ids = new Values[IdField.COUNT];
  private final Values details = new Values();
  private final ColumnWriter columns = new ColumnWriter(out);
  private final Concatenation concatenation = new Concatenation(ids);
  private long[] seconds = new long[FIRST_ROWS];
  private int[] nanos = new int[FIRST_ROWS];
  private boolean[] needsExpansion = new boolean[FIRST_ROWS];
  private long[] times = new long[FIRST_ROWS];
  private int rows;
  private final PageReader reader = new PageReader();
  private final int pageBytes;
  private int rowsWanted;
  private int targetBytes;

  PageWriter(int pageBytes) {
    this.pageBytes = pageBytes;
    targetBytes = pageBytes;
    rowsWanted = Math.max(1, Math.min(MOST_ROWS, pageBytes / FIRST_ROW_BYTES));
    for (int i = 0; i < ids.length; i++) {
      ids[i] = new Values();
    }
  }

  int rows() {
    return rows;
  }

  /** {@return whether the next row belongs to another page} */
  boolean isFull() {
    return rows >= rowsWanted
        || (rows > 0 && details.heapLength() >= MOST_DETAILS * (long) pageBytes)
        || (rows > 0 && heldBytes() >= MOST_SAVING * (long) targetBytes);
  }

  /**
   * Takes a row.
   *
   * @param row its ids, by {@link IdField}
   * @param rest holds its details
   * @param restAt where they start
   * @param restLength their length
   */
  void add(
      Utf8View[] row,
      long second,
      int nano,
      boolean needs,
      byte[] rest,
      int restAt,
      int restLength) {
    for (int i = 0; i < ids.length; i++) {
      ids[i].add(row[i]);
    }
    if (rows == seconds.length) {
      grow();
    }
    seconds[rows] = second;
    nanos[rows] = nano;
    needsExpansion[rows] = needs;
    details.add(rest, restAt, restLength);
    rows++;
  }

  /**
   * {@return the page of the rows taken, at least one; they are forgotten}
   *
   * @param key the page's
   */
  byte[] finish(byte[] key) {
    out.reset();
    out.i32(0);
    out.u8(PageBytes.VERSION);
    out.u8(PageBytes.COLUMNS);
    out.u16(rows);
    for (int i = 0; i < PageBytes.COLUMNS; i++) {
      out.i32(0);
    }
    for (int i = 0; i < ids.length; i++) {
      writeIds(i);
      endColumn(i);
    }
    writeTimes();
    endColumn(PageBytes.TIME);
    writeFlags();
    endColumn(PageBytes.FLAG);
    columns.write(details);
    endColumn(PageBytes.DETAILS);
    out.i64(0);
    byte[] page = out.toByteArray();
    PageBytes.INTS.set(page, 0, PageBytes.checksum(key, page, page.length));
    verify(key, page);
    forget(page.length);
    return page;
  }

  /** Writes a column of ids both ways, and keeps the shorter. */
  private void writeIds(int column) {
    int start = out.length();
    columns.write(ids[column]);
    int end = out.length();
    if (Concatenation.sources(column).length > 0 && concatenation.write(column, out, columns)) {
      if (out.length() - end < end - start) {
        out.remove(start, end);
      } else {
        out.truncate(end);
      }
    }
  }

  /** Reads the page back: whoever deletes the rows has nothing else then. */
  private void verify(byte[] key, byte[] page) {
    reader.open(Page.read("", key, page));
    boolean isSame = reader.rows() == rows;
    for (int row = 0; isSame && row < rows; row++) {
      for (int i = 0; isSame && i < ids.length; i++) {
        isSame = reader.column(i).holds(row, ids[i]);
      }
      isSame &=
          reader.seconds(row) == seconds[row]
              && reader.nanos(row) == nanos[row]
              && reader.needsExpansion(row) == needsExpansion[row]
              && reader.details().holds(row, details);
    }
    reader.leave();
    if (!isSame) {
      throw new IllegalStateException("page does not hold the rows that were put into it");
    }
  }

  private void endColumn(int column) {
    out.i32At(PageBytes.ENDS_AT + Integer.BYTES * column, out.length());
  }

  private void forget(int length) {
    targetBytes = length > (long) LARGE_ROW_BYTES * rows ? LARGER * pageBytes : pageBytes;
    long fitting = (long) rows * targetBytes / length;
    rowsWanted = (int) Math.max(1, Math.min(MOST_ROWS, fitting));
    rows = 0;
    details.clear();
    for (Values column : ids) {
      column.clear();
    }
  }

  private long heldBytes() {
    long bytes = details.heapLength();
    for (Values column : ids) {
      bytes += column.heapLength();
    }
    return bytes;
  }

  private void writeTimes() {
    TimeUnits unit = TimeUnits.of(seconds, nanos, rows);
    Fit fit = null;
    if (unit != TimeUnits.APART) {
      for (int i = 0; i < rows; i++) {
        times[i] = unit.count(seconds[i], nanos[i]);
      }
      fit = Fit.of(times, rows);
    }
    if (fit == null || fit.bits() > PageBytes.MOST_BITS) {
      out.u8(TimeUnits.APART.number());
      for (int i = 0; i < rows; i++) {
        out.i64(seconds[i]);
        out.i32(nanos[i]);
      }
      return;
    }
    out.u8(unit.number());
    out.u8(fit.bits());
    out.i64(fit.min());
    out.i64(fit.step());
    fit.subtractFrom(times, rows);
    out.packed(times, rows, fit.bits());
  }

  private void writeFlags() {
    int set = 0;
    for (int i = 0; i < rows; i++) {
      times[i] = needsExpansion[i] ? 1 : 0;
      set += needsExpansion[i] ? 1 : 0;
    }
    if (set == 0 || set == rows) {
      out.u8(set == 0 ? Page.FLAG_NONE : Page.FLAG_ALL);
    } else {
      out.u8(Page.FLAG_BITS);
      out.packed(times, rows, 1);
    }
  }

  private void grow() {
    int size = 2 * rows;
    seconds = Arrays.copyOf(seconds, size);
    nanos = Arrays.copyOf(nanos, size);
    needsExpansion = Arrays.copyOf(needsExpansion, size);
    times = new long[size];
  }
}
