package dev.grantstore.packed;

/**
 * Values of some rows of a column of numbers, written one after the other before they are asked
 * for. Who reads row by row gets each for half of what it costs to write one alone: most of a
 * number's digits are those of all others of its page, and are written once. One thread.
 */
final class NumbersAhead {
  /** So many rows at first, twice as many each time, and no more than that. */
  private static final int FEWEST_ROWS = 4;

  private static final int MOST_ROWS = 16;

  /** Longer values are written one by one. */
  private static final int MOST_BYTES = 128;

  private static final int UNKNOWN = -1;

  private byte[] bytes = {};

  /** From one value to the next. */
  private int stride;

  /** How many values have what is the same in all of them. */
  private int begun;

  private int from;
  private int rows;

  /** The digits that are written for each row: four or eight, 0 for none, or not yet known. */
  private int digits = UNKNOWN;

  /** What all numbers have before those digits, as a number; and what they are less than. */
  private long base;

  private long span;

  /** Goes to another column, of whatever form. */
  void clear() {
    rows = 0;
    begun = 0;
    digits = UNKNOWN;
  }

  /** {@return where the value of a row starts, or -1 if it is not here} */
  int at(int row) {
    int place = row - from;
    return place >= 0 && place < rows ? place * stride : -1;
  }

  /** {@return what the values are in} */
  byte[] bytes() {
    return bytes;
  }

  /**
   * Reads a row and some that follow it.
   *
   * @param column of numbers
   * @param row the first
   * @param columnRows how many the column has
   * @return whether that row's value is here now; if not, nothing is
   */
  boolean read(Column column, int row, int columnRows) {
    if (digits == UNKNOWN) {
      look(column, columnRows);
    }
    int following = row == from + rows ? 2 * rows : 0;
    int most = Math.min(Math.max(FEWEST_ROWS, Math.min(following, MOST_ROWS)), columnRows - row);
    from = row;
    rows = 0;
    if (digits == 0) {
      return false;
    }
    begin(column, most);
    rows = digits == Digits.FEW ? writeFours(column, most) : writeEights(column, most);
    return rows > 0;
  }

  private int writeFours(Column column, int most) {
    byte[] into = bytes;
    int cut = Byte.SIZE * Math.max(0, Digits.FEW - column.width);
    int at = column.prefixLength + Math.max(0, column.width - Digits.FEW);
    long number = column.min - base + from * column.step;
    for (int i = 0; i < most; i++) {
      long rest = number + column.packed(from + i);
      if (rest < 0 || rest >= span) {
        return i;
      }
      PageBytes.INTS.set(into, at, Digits.four((int) rest) >>> cut);
      number += column.step;
      at += stride;
    }
    return most;
  }

  private int writeEights(Column column, int most) {
    byte[] into = bytes;
    int cut = Byte.SIZE * Math.max(0, Digits.AT_ONCE - column.width);
    int at = column.prefixLength + Math.max(0, column.width - Digits.AT_ONCE);
    long number = column.min - base + from * column.step;
    for (int i = 0; i < most; i++) {
      long rest = number + column.packed(from + i);
      if (rest < 0 || rest >= span) {
        return i;
      }
      PageBytes.LONGS.set(into, at, Digits.eight((int) rest) >>> cut);
      number += column.step;
      at += stride;
    }
    return most;
  }

  /**
   * Finds out how many digits differ. That they do is a guess, which saves digits: each number is
   * looked at for it.
   */
  private void look(Column column, int columnRows) {
    long first = column.min;
    long last = first + (columnRows - 1) * column.step;
    long least = Math.min(first, last);
    long greatest = Math.max(first, last) + column.mask;
    digits = 0;
    base = 0;
    if (column.width == 0 || column.prefixLength + column.width > MOST_BYTES) {
      return;
    }
    for (int count = Digits.FEW; count <= Digits.AT_ONCE && digits == 0; count += Digits.FEW) {
      long unit = Column.power(count);
      if (column.width <= count) {
        digits = count;
      } else if (least >= 0 && greatest < column.limit && least / unit == greatest / unit) {
        digits = count;
        base = least / unit * unit;
      }
    }
    span = Math.min(Column.power(digits), column.limit - base);
  }

  /** Writes what is the same in all values where so many of them will be. */
  private void begin(Column column, int most) {
    int length = column.prefixLength + column.width;
    if (begun == 0) {
      stride = length + Digits.AT_ONCE;
      if (bytes.length < MOST_ROWS * stride) {
        bytes = new byte[MOST_ROWS * stride];
      }
      System.arraycopy(column.page, column.prefixAt, bytes, 0, column.prefixLength);
      long upper = base / Column.power(digits);
      for (int at = length - digits - 1; at >= column.prefixLength; at--) {
        bytes[at] = (byte) ('0' + upper % 10);
        upper /= 10;
      }
      begun = 1;
    }
    for (; begun < most; begun++) {
      System.arraycopy(bytes, 0, bytes, begun * stride, length);
    }
  }
}
