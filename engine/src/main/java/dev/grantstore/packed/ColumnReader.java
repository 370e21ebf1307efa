package dev.grantstore.packed;

import dev.grantstore.Ids;
import dev.grantstore.Utf8View;
import dev.grantstore.codec.MalformedBytesException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads one column, a row at a time, of page after page. The bytes of a row are valid until the
 * next row or page. One thread.
 */
final class ColumnReader {
  /** Before all numbers: none may be negative. */
  private static final long NO_NUMBER = -1;

  private static final int FIRST_SCRATCH_BYTES = 64;
  private static final int KEPT_SCRATCH_BYTES = 64 << 10;
  private static final int NONE = -1;
  private static final byte[] NO_PAGE = {};

  private final PageReader reader;
  private final Utf8View view = new Utf8View();
  private final Column column = new Column();
  private @Nullable ColumnReader nested;
  private final NumbersAhead ahead = new NumbersAhead();
  private int rows;
  private int row = NONE;
  private byte[] scratch = new byte[FIRST_SCRATCH_BYTES];

  /** Where the value of the row is. */
  private byte[] array = scratch;

  private int at;
  private int length;

  /** What rows are compared with: a value, and, in a column of numbers, what stands for it. */
  private Utf8View sought = view;

  private long target;
  private int tie;

  /** The number that the scratch holds. */
  private long written;

  /** The digits above the lower eight that the scratch holds. */
  private long upperWritten;

  ColumnReader(PageReader reader) {
    this.reader = reader;
  }

  /**
   * Goes to the column that stands in a part of a page which was checked; on no row.
   *
   * @param from where it starts
   * @param to where that part ends
   */
  void open(byte[] page, int from, int to, int rows) {
    Column next = column;
    try {
      next.read(page, from, to, rows);
    } catch (MalformedBytesException e) {
      throw reader.corruption("page changed since it was checked: " + e.getMessage());
    }
    start(next, rows);
  }

  /** Goes to a column of a page of {@link PlainRows}; on no row. */
  void openPlain(byte[] plain, int id, int rows) {
    PlainRows.read(plain, id, column);
    start(column, rows);
  }

  private void start(Column next, int columnRows) {
    byte[] page = next.page;
    rows = columnRows;
    row = NONE;
    ahead.clear();
    switch (next.kind) {
      case Column.CONSTANT -> point(page, next.prefixAt, next.prefixLength);
      case Column.NUMBER, Column.FIXED, Column.HEX -> {
        int bytes = next.prefixLength + next.width;
        reserve(bytes + Digits.AT_ONCE);
        System.arraycopy(page, next.prefixAt, scratch, 0, next.prefixLength);
        point(scratch, 0, bytes);
        written = NO_NUMBER;
        upperWritten = NO_NUMBER;
      }
      case Column.TEXTS -> {
        reserve(next.prefixLength);
        System.arraycopy(page, next.prefixAt, scratch, 0, next.prefixLength);
      }
      default -> openNested(next);
    }
  }

  /** Lets go of the page, and of a buffer that has become larger than most values need. */
  void leave(boolean trims) {
    column.page = NO_PAGE;
    row = NONE;
    sought = view;
    if (trims && scratch.length > KEPT_SCRATCH_BYTES) {
      scratch = new byte[FIRST_SCRATCH_BYTES];
    }
    point(scratch, 0, 0);
    if (nested != null) {
      nested.leave(trims);
    }
  }

  /** Forgets where it stands, since somebody has moved the column within it. */
  void forget() {
    row = NONE;
  }

  boolean isConstant() {
    return column.kind == Column.CONSTANT;
  }

  /** {@return the value of a row; the same object each time} */
  Utf8View view(int index) {
    move(index);
    return view;
  }

  /** {@return where the value of the row read last is} */
  byte[] array() {
    return array;
  }

  int at() {
    return at;
  }

  int length() {
    return length;
  }

  /** Goes to a row. Small, so that it is compiled into its callers for the usual forms. */
  void move(int index) {
    if (row != index) {
      Column here = column;
      if (here.kind == Column.NUMBER) {
        int place = ahead.at(index);
        if (place < 0) {
          int before = row;
          row = NONE;
          readNumber(here, index, before);
        } else if (array == ahead.bytes()) {
          at = place;
          view.moveTo(place);
        } else {
          point(ahead.bytes(), place, length);
        }
      } else if (here.kind != Column.CONSTANT) {
        // Of a row that turns out to be damaged nothing may be taken for another's.
        row = NONE;
        readRow(here, index);
      }
      row = index;
    }
  }

  /** A row alone, or with some that follow it if the one before was the last that was read. */
  private void readNumber(Column here, int index, int before) {
    if (index == before + 1 && before != NONE && ahead.read(here, index, rows)) {
      point(ahead.bytes(), 0, length);
    } else {
      point(scratch, 0, length);
      writeNumber(here, number(here, index));
    }
  }

  /** {@return whether a row has the value that some values have in its place} */
  boolean holds(int index, Values values) {
    move(index);
    return Arrays.equals(
        array, at, at + length, values.heap(), values.start(index), values.end(index));
  }

  /** {@return how a row's value compares with one} */
  int compare(int index, Utf8View value) {
    return view(index).compareBytes(value);
  }

  /**
   * Takes up a value that rows of this column are to be compared with.
   *
   * @param value must not change meanwhile
   */
  void seek(Utf8View value) {
    sought = value;
    Column here = column;
    if (here.kind == Column.NUMBER) {
      seekNumber(here, value);
    }
  }

  /** {@return how a row's value compares with the one taken up} */
  int compareSought(int index) {
    Column here = column;
    if (here.kind != Column.NUMBER) {
      return compare(index, sought);
    }
    int compared = Long.compare(number(here, index), target);
    return compared == 0 ? tie : compared;
  }

  /**
   * {@return a row that all rows before are below the value taken up, perhaps not the last such}
   */
  int leastRow(int first, int last) {
    return isLine()
        ? clamp((target - column.min - column.mask - 1) / column.step, first, last)
        : first;
  }

  /** {@return a row that it and all behind are above the value taken up, or the last} */
  int lastRow(int first, int last) {
    return isLine() ? clamp((target - column.min) / column.step + 1, first, last) : last;
  }

  /** Whether the column rises from row to row, but for what is packed, far from overflow. */
  private boolean isLine() {
    Column here = column;
    return here.kind == Column.NUMBER
        && here.step > 0
        && here.step < here.limit
        && here.min >= 0
        && here.min < here.limit
        && here.mask < here.limit
        && target >= 0
        && target <= here.limit;
  }

  private static int clamp(long row, int first, int last) {
    return (int) Math.max(first, Math.min(last, row));
  }

  /** Finds the number at which rows begin to be above a value, whatever the value is. */
  private void seekNumber(Column here, Utf8View value) {
    int compared = value.compareStart(here.page, here.prefixAt, here.prefixLength);
    if (compared != 0) {
      target = compared < 0 ? NO_NUMBER : Long.MAX_VALUE;
      return;
    }
    long number = 0;
    for (int place = 0; place < here.width; place++) {
      int at = here.prefixLength + place;
      int b = at < value.length() ? value.at(at) & 0xff : 0;
      if (b < '0' || b > '9') {
        target = (b > '9' ? number + 1 : number) * Column.power(here.width - place);
        tie = 1;
        return;
      }
      number = 10 * number + b - '0';
    }
    target = number;
    tie = value.length() > here.prefixLength + here.width ? -1 : 0;
  }

  /** {@return the number that stands for a row's value, in a column of numbers} */
  long number(Column here, int index) {
    long number = here.min + index * here.step + here.packed(index);
    if (number < 0 || number >= here.limit) {
      throw reader.corruption("number has more digits than it may have");
    }
    return number;
  }

  /** {@return which value of its dictionary a row has} */
  int code(Column here, int index) {
    long code = here.packed(index);
    if (code >= here.count) {
      throw reader.corruption("row names a value that its dictionary does not have");
    }
    return (int) code;
  }

  private void writeNumber(Column here, long number) {
    if (number == written) {
      return;
    }
    written = number;
    if (here.width <= Digits.AT_ONCE) {
      Digits.writeFew(scratch, here.prefixLength, here.width, (int) number);
      return;
    }
    long upper = number / Digits.LOWER;
    if (upper != upperWritten) {
      upperWritten = upper;
      Digits.writeUpper(scratch, here.prefixLength, here.width, upper);
    }
    Digits.writeLower(scratch, here.prefixLength, here.width, number - upper * Digits.LOWER);
  }

  private void readRow(Column here, int index) {
    switch (here.kind) {
      case Column.DICTIONARY -> {
        ColumnReader values = nested();
        values.move(code(here, index));
        point(values.array, values.at, values.length);
      }
      case Column.TEXTS -> readText(here, index);
      case Column.FIXED -> {
        int from = here.base + index * here.width;
        System.arraycopy(here.page, from, scratch, here.prefixLength, here.width);
      }
      case Column.HEX -> readHex(here, index);
      case Column.CONCATENATION -> concatenate(here, index);
      default -> throw new AssertionError("column of no form: " + here.kind);
    }
  }

  private void readText(Column here, int index) {
    int from = index == 0 ? 0 : PageBytes.i32(here.page, here.endsAt + Integer.BYTES * (index - 1));
    int to = PageBytes.i32(here.page, here.endsAt + Integer.BYTES * index);
    if (from < 0 || to < from || to > here.count) {
      throw reader.corruption("text ends outside of its column");
    }
    if (here.prefixLength == 0) {
      point(here.page, here.base + from, to - from);
      return;
    }
    reserve(here.prefixLength + to - from);
    System.arraycopy(here.page, here.base + from, scratch, here.prefixLength, to - from);
    point(scratch, 0, here.prefixLength + to - from);
  }

  private void readHex(Column here, int index) {
    int from = here.base + index * ((here.width + 1) / 2);
    for (int i = 0; i < here.width; i++) {
      int pair = here.page[from + (i >>> 1)];
      scratch[here.prefixLength + i] = Column.hexDigit((i & 1) == 0 ? pair >>> 4 : pair);
    }
  }

  private void concatenate(Column here, int index) {
    byte[] page = here.page;
    int end = 0;
    int part = here.base;
    for (int i = 0; i < here.count; i++) {
      int what = PageBytes.u8(page, part++);
      if (what < Concatenation.LITERAL) {
        ColumnReader source = reader.column(what);
        source.move(index);
        end = append(end, source.array, source.at, source.length);
      } else {
        int bytes = what & Concatenation.MOST_LITERAL_BYTES;
        end = append(end, page, part, bytes);
        part += bytes;
      }
    }
    if (here.nestedAt > 0) {
      ColumnReader tail = nested();
      tail.move(index);
      end = append(end, tail.array, tail.at, tail.length);
    }
    point(scratch, 0, end);
  }

  private int append(int end, byte[] from, int start, int count) {
    if (count > Ids.MAX_GRANT_IDS_BYTES - end) {
      throw reader.corruption("id is longer than any");
    }
    reserve(end + count);
    System.arraycopy(from, start, scratch, end, count);
    return end + count;
  }

  private void openNested(Column outer) {
    if (outer.nestedAt > 0) {
      ColumnReader there = nested;
      if (there == null) {
        there = new ColumnReader(reader);
        nested = there;
      }
      there.open(outer.page, outer.nestedAt, outer.end, outer.nestedRows);
    }
  }

  private void point(byte[] bytes, int from, int count) {
    array = bytes;
    at = from;
    length = count;
    view.wrap(bytes, from, count);
  }

  /** Makes room; what is there stays. */
  private void reserve(int bytes) {
    if (scratch.length < bytes) {
      scratch = Arrays.copyOf(scratch, 2 * bytes);
    }
  }

  Column column() {
    return column;
  }

  ColumnReader nested() {
    ColumnReader there = nested;
    if (there == null) {
      throw new IllegalStateException("reader is on no page");
    }
    return there;
  }
}
