package dev.grantstore.packed;

import dev.grantstore.IdField;
import dev.grantstore.codec.MalformedBytesException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a page in another order, for a page in memory: what is packed of all columns of a row
 * stands side by side, and so do the columns' heads, so that a row is read from a few places
 * instead of a few of each column. Of pages whose ids are constants and numbers ({@link
 * PlainColumn}), and that have neither details nor ends. Stateless.
 *
 * <pre>
 * plain := id:u64{6} time:u64 flag:u64 sizes:u64 (min:i64 step:i64){7} text{6} 00{8} row{rows} 00{8}
 * id    := width:u8 bits:u8 textAt:u16 textLength:u16 shift:u16, from the lowest byte on; width 0: constant
 * time  := unit:u8 bits:u8 00{4} shift:u16
 * flag  := kind:u8 00{5} shift:u16
 * sizes := stride:u16 textLength:u16 rowsAt:u32
 * text  := what all values start with, then a 0 for each digit
 * row   := stride bits, of which a packed value starts at its shift, from the lowest
 * </pre>
 */
final class PlainRows {
  /** So many bytes behind the texts may be written over by {@link #write}. */
  static final int SLACK_BYTES = Digits.AT_ONCE;

  private static final int TIME = IdField.COUNT;
  private static final int FLAG = TIME + 1;
  private static final int SIZES = FLAG + 1;
  private static final int LINES_AT = Long.BYTES * (SIZES + 1);
  private static final int LINE_BYTES = 2 * Long.BYTES;
  private static final int TEXTS_AT = LINES_AT + LINE_BYTES * (TIME + 1);
  private static final int MOST_TEXT_BYTES = 1 << 12;
  private static final int U8 = 0xff;
  private static final int U16 = 0xffff;

  private PlainRows() {}

  /**
   * {@return the rows of a page that was checked; null if it has another form}
   *
   * @param page as it is stored
   */
  static byte @Nullable [] of(Page page) {
    try {
      return page.isBare() ? copy(page) : null;
    } catch (MalformedBytesException e) {
      throw page.corruption("page changed since it was checked: " + e.getMessage());
    }
  }

  private static byte @Nullable [] copy(Page page) throws MalformedBytesException {
    PlainColumn[] columns = new PlainColumn[IdField.COUNT];
    int texts = 0;
    int stride = page.flag == Page.FLAG_BITS ? 1 + page.times.bits() : page.times.bits();
    for (int id = 0; id < columns.length; id++) {
      PlainColumn column = PlainColumn.of(page, id);
      if (column == null || column.length() > MOST_TEXT_BYTES - texts) {
        return null;
      }
      columns[id] = column;
      texts += column.length();
      stride += column.bits();
    }
    int rowsAt = TEXTS_AT + texts + SLACK_BYTES;
    long rowBytes = PageBytes.packedBytes(page.rows, stride);
    byte[] plain = new byte[Math.toIntExact(rowsAt + rowBytes + PageBytes.SLACK_BYTES)];
    put(plain, SIZES, stride | (long) texts << 16 | (long) rowsAt << 32);
    int textAt = 0;
    int shift = 0;
    for (int id = 0; id < columns.length; id++) {
      PlainColumn column = columns[id];
      put(
          plain,
          id,
          column.width()
              | (long) column.bits() << 8
              | (long) textAt << 16
              | (long) column.length() << 32
              | (long) shift << 48);
      putLine(plain, id, column.min(), column.step());
      column.writeText(plain, TEXTS_AT + textAt);
      for (int row = 0; column.bits() > 0 && row < page.rows; row++) {
        or(plain, rowsAt, row * stride + shift, column.rest(row));
      }
      textAt += column.length();
      shift += column.bits();
    }
    putTimes(plain, page, rowsAt, stride, shift);
    return plain;
  }

  private static void putTimes(byte[] plain, Page page, int rowsAt, int stride, int shift) {
    TimeColumn times = page.times;
    put(plain, TIME, times.units().number() | (long) times.bits() << 8 | (long) shift << 48);
    putLine(plain, TIME, times.min(), times.step());
    for (int row = 0; times.bits() > 0 && row < page.rows; row++) {
      or(plain, rowsAt, row * stride + shift, times.rest(row));
    }
    int flagShift = shift + times.bits();
    put(plain, FLAG, page.flag | (long) flagShift << 48);
    for (int row = 0; page.flag == Page.FLAG_BITS && row < page.rows; row++) {
      or(plain, rowsAt, row * stride + flagShift, page.needsExpansion(row) ? 1 : 0);
    }
  }

  /** {@return the bytes of the texts of a row, all six} */
  static int textBytes(byte[] plain) {
    return (int) (get(plain, SIZES) >>> 16) & U16;
  }

  /** {@return where an id's text starts among those of its row} */
  static int textAt(byte[] plain, int id) {
    return (int) (get(plain, id) >>> 16) & U16;
  }

  static int textLength(byte[] plain, int id) {
    return (int) (get(plain, id) >>> 32) & U16;
  }

  /** {@return whether all texts are ASCII} */
  static boolean isAscii(byte[] plain) {
    int end = TEXTS_AT + textBytes(plain);
    for (int at = TEXTS_AT; at < end; at++) {
      if (plain[at] < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Writes the texts of a row one after the other.
   *
   * @param into has room for them and {@link #SLACK_BYTES} more, from its start
   * @return whether all numbers have no more digits than they may have; if not, what was written is
   *     no row
   */
  static boolean write(byte[] plain, int row, byte[] into) {
    long sizes = get(plain, SIZES);
    int bit = row * ((int) sizes & U16);
    int rowsAt = (int) (sizes >>> 32);
    System.arraycopy(plain, TEXTS_AT, into, 0, (int) (sizes >>> 16) & U16);
    boolean isRight = true;
    for (int id = 0; id < IdField.COUNT; id++) {
      long head = get(plain, id);
      int width = (int) head & U8;
      if (width > 0) {
        long rest =
            bits(plain, rowsAt, bit + (int) (head >>> 48), PageBytes.mask((int) head >>> 8 & U8));
        long number = min(plain, id) + row * step(plain, id) + rest;
        isRight &= number >= 0 && number < Column.power(width);
        int at = ((int) head >>> 16) + ((int) (head >>> 32) & U16) - width;
        writeNumber(plain, into, at, width, number);
      }
    }
    return isRight;
  }

  private static void writeNumber(byte[] plain, byte[] into, int at, int width, long number) {
    if (width < Digits.AT_ONCE) {
      // What follows stays as the texts have it.
      long others = PageBytes.i64(plain, TEXTS_AT + at) & ~PageBytes.mask(Byte.SIZE * width);
      long digits = Digits.eight((int) number) >>> (Byte.SIZE * (Digits.AT_ONCE - width));
      PageBytes.LONGS.set(into, at, others | digits);
      return;
    }
    long upper = number / Digits.LOWER;
    if (width > 2 * Digits.AT_ONCE) {
      Digits.writeUpper(into, at, width, upper);
    } else if (width > Digits.AT_ONCE) {
      // What is written over are digits that come next.
      Digits.writeFew(into, at, width - Digits.AT_ONCE, (int) upper);
    }
    Digits.writeLower(into, at, width, number - upper * Digits.LOWER);
  }

  /** {@return the count of a row's time, in its unit} */
  static long time(byte[] plain, int row) {
    long head = get(plain, TIME);
    long sizes = get(plain, SIZES);
    int bit = row * ((int) sizes & U16) + (int) (head >>> 48);
    return min(plain, TIME)
        + row * step(plain, TIME)
        + bits(plain, (int) (sizes >>> 32), bit, PageBytes.mask((int) head >>> 8 & U8));
  }

  /** {@return the number of the unit of times} */
  static int timeUnit(byte[] plain) {
    return (int) get(plain, TIME) & U8;
  }

  /** {@return the flag of a row} */
  static boolean flag(byte[] plain, int row) {
    long head = get(plain, FLAG);
    int kind = (int) head & U8;
    if (kind != Page.FLAG_BITS) {
      return kind == Page.FLAG_ALL;
    }
    long sizes = get(plain, SIZES);
    int bit = row * ((int) sizes & U16) + (int) (head >>> 48);
    return bits(plain, (int) (sizes >>> 32), bit, 1) != 0;
  }

  /** Points a column at an id's place in all rows. */
  static void read(byte[] plain, int id, Column into) {
    long head = get(plain, id);
    long sizes = get(plain, SIZES);
    into.page = plain;
    into.width = (int) head & U8;
    into.kind = into.width > 0 ? Column.NUMBER : Column.CONSTANT;
    into.bits = (int) head >>> 8 & U8;
    into.mask = PageBytes.mask(into.bits);
    into.prefixAt = TEXTS_AT + ((int) head >>> 16);
    into.prefixLength = ((int) (head >>> 32) & U16) - into.width;
    into.min = min(plain, id);
    into.step = step(plain, id);
    into.limit = Column.power(into.width);
    into.base = (int) (sizes >>> 32);
    into.stride = (int) sizes & U16;
    into.shift = (int) (head >>> 48);
    into.nestedAt = 0;
  }

  private static long min(byte[] plain, int column) {
    return PageBytes.i64(plain, LINES_AT + LINE_BYTES * column);
  }

  private static long step(byte[] plain, int column) {
    return PageBytes.i64(plain, LINES_AT + LINE_BYTES * column + Long.BYTES);
  }

  private static long bits(byte[] plain, int rowsAt, int bit, long mask) {
    return PageBytes.i64(plain, rowsAt + (bit >>> 3)) >>> (bit & 7) & mask;
  }

  private static void or(byte[] plain, int rowsAt, int bit, long value) {
    int at = rowsAt + (bit >>> 3);
    PageBytes.LONGS.set(plain, at, PageBytes.i64(plain, at) | value << (bit & 7));
  }

  private static long get(byte[] plain, int head) {
    return PageBytes.i64(plain, Long.BYTES * head);
  }

  private static void put(byte[] plain, int head, long value) {
    PageBytes.LONGS.set(plain, Long.BYTES * head, value);
  }

  private static void putLine(byte[] plain, int column, long min, long step) {
    PageBytes.LONGS.set(plain, LINES_AT + LINE_BYTES * column, min);
    PageBytes.LONGS.set(plain, LINES_AT + LINE_BYTES * column + Long.BYTES, step);
  }
}
