package dev.grantstore.packed;

import dev.grantstore.IdField;
import dev.grantstore.Utf8View;
import dev.grantstore.codec.TupleWriter;
import java.util.Arrays;

/** Collects rows of one keyspace, in order, and encodes them as a page. One thread. */
final class PageWriter {
  static final int MOST_ROWS = 60_000;

  private static final IdField[] FIELDS = IdField.values();

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
  private long[] scratch = new long[FIRST_ROWS];
  private boolean[] expires = new boolean[FIRST_ROWS];

  /** When rows expire: those that do, one after the other. */
  private long[] expiresSeconds = new long[FIRST_ROWS];

  private int[] expiresNanos = new int[FIRST_ROWS];
  private int expiring;
  private int rows;
  private final PageReader reader = new PageReader();
  private final int pageBytes;
  private int rowsWanted;
  private int targetBytes;

  /** How many rows, of those taken and to come, are to be in pages of the same size. */
  private int spreadRows;

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
   * Takes a row that does not expire, or does from {@link #expire} on.
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
    expires[rows] = false;
    details.add(rest, restAt, restLength);
    rows++;
  }

  /** {@return whether the rows taken are fewer than half of what a page has} */
  boolean isShort() {
    return rows < rowsWanted / 2;
  }

  /** Takes another writer's page for how many rows fit. */
  void learn(Page page) {
    learn(page.rows, page.bytes.length);
  }

  /** Makes the rows taken, and so many more, into pages of the same size. */
  void spread(int more) {
    int all = rows + more;
    int pages = ceilDiv(all, rowsWanted);
    rowsWanted = ceilDiv(all, pages);
    spreadRows = all;
  }

  /** Takes a row of a page that was read. */
  void add(PageReader from, int row) {
    for (IdField field : FIELDS) {
      ids[field.position()].add(from.id(field, row));
    }
    if (rows == seconds.length) {
      grow();
    }
    seconds[rows] = from.seconds(row);
    nanos[rows] = from.nanos(row);
    needsExpansion[rows] = from.needsExpansion(row);
    expires[rows] = false;
    ColumnReader rest = from.details();
    rest.move(row);
    details.add(rest.array(), rest.at(), rest.length());
    rows++;
    if (from.hasExpiry(row)) {
      expire(from.expiresSeconds(row), from.expiresNanos(row));
    }
  }

  /** Puts an id of the row that was taken last behind what is there of a key. */
  void lastId(int column, TupleWriter key) {
    Values values = ids[column];
    key.putElement(values.heap(), values.start(rows - 1), values.length(rows - 1));
  }

  /** Takes the end of the row that was taken last. */
  void expire(long second, int nano) {
    expires[rows - 1] = true;
    expiresSeconds[expiring] = second;
    expiresNanos[expiring] = nano;
    expiring++;
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
    int allColumns = expiring > 0 ? PageBytes.EXPIRY + 1 : PageBytes.COLUMNS;
    out.u8(allColumns);
    out.u16(rows);
    for (int i = 0; i < allColumns; i++) {
      out.i32(0);
    }
    for (int i = 0; i < ids.length; i++) {
      writeIds(i);
      endColumn(i);
    }
    TimeColumn.write(out, seconds, nanos, scratch, rows);
    endColumn(PageBytes.TIME);
    writeFlags();
    endColumn(PageBytes.FLAG);
    columns.write(details);
    endColumn(PageBytes.DETAILS);
    if (expiring > 0) {
      writeExpiry();
      endColumn(PageBytes.EXPIRY);
    }
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
    int expired = 0;
    for (int row = 0; isSame && row < rows; row++) {
      for (int i = 0; isSame && i < ids.length; i++) {
        isSame = reader.column(i).holds(row, ids[i]);
      }
      isSame &=
          reader.seconds(row) == seconds[row]
              && reader.nanos(row) == nanos[row]
              && reader.needsExpansion(row) == needsExpansion[row]
              && reader.details().holds(row, details)
              && holdsExpiry(row, expired);
      expired += expires[row] ? 1 : 0;
    }
    reader.leave();
    if (!isSame) {
      throw new IllegalStateException("page does not hold the rows that were put into it");
    }
  }

  private boolean holdsExpiry(int row, int index) {
    return reader.hasExpiry(row) == expires[row]
        && reader.expiresSeconds(row) == (expires[row] ? expiresSeconds[index] : 0)
        && reader.expiresNanos(row) == (expires[row] ? expiresNanos[index] : 0);
  }

  private void endColumn(int column) {
    out.i32At(PageBytes.ENDS_AT + Integer.BYTES * column, out.length());
  }

  private void learn(int ofRows, int length) {
    targetBytes = targetBytes(ofRows, length);
    long fitting = (long) ofRows * targetBytes / length;
    rowsWanted = (int) Math.max(1, Math.min(MOST_ROWS, fitting));
  }

  private static int ceilDiv(int a, int b) {
    return (a + b - 1) / b;
  }

  private int targetBytes(int ofRows, int length) {
    return length > (long) LARGE_ROW_BYTES * ofRows ? LARGER * pageBytes : pageBytes;
  }

  private void forget(int length) {
    spreadRows = Math.max(0, spreadRows - rows);
    if (spreadRows == 0) {
      learn(rows, length);
    }
    rows = 0;
    expiring = 0;
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

  private void writeFlags() {
    int set = 0;
    for (int i = 0; i < rows; i++) {
      scratch[i] = needsExpansion[i] ? 1 : 0;
      set += needsExpansion[i] ? 1 : 0;
    }
    if (set == 0 || set == rows) {
      out.u8(set == 0 ? Page.FLAG_NONE : Page.FLAG_ALL);
    } else {
      out.u8(Page.FLAG_BITS);
      out.packed(scratch, rows, 1);
    }
  }

  private void writeExpiry() {
    if (expiring == rows) {
      out.u8(ExpiryColumn.ALL);
    } else {
      out.u8(ExpiryColumn.SOME);
      for (int i = 0; i < rows; i++) {
        scratch[i] = expires[i] ? 1 : 0;
      }
      out.packed(scratch, rows, 1);
    }
    TimeColumn.write(out, expiresSeconds, expiresNanos, scratch, expiring);
  }

  private void grow() {
    int size = 2 * rows;
    seconds = Arrays.copyOf(seconds, size);
    nanos = Arrays.copyOf(nanos, size);
    needsExpansion = Arrays.copyOf(needsExpansion, size);
    scratch = new long[size];
    expires = Arrays.copyOf(expires, size);
    expiresSeconds = Arrays.copyOf(expiresSeconds, size);
    expiresNanos = Arrays.copyOf(expiresNanos, size);
  }
}
