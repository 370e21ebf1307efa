package dev.grantstore.packed;

import dev.grantstore.codec.MalformedBytesException;
import org.jspecify.annotations.Nullable;

/**
 * A column of a page as numbers behind a text that all values start with: one that is stored so, or
 * as a constant, or as a dictionary of such numbers that lie close together. One thread.
 */
final class PlainColumn {
  /** So many bits more than its codes the numbers of a dictionary may take. */
  private static final int MOST_SPARE_BITS = 4;

  private final Column column;

  /** Where what all values start with is, and how many digits follow. */
  private final Column texts;

  /** The numbers of the dictionary, less the least; none where there is no dictionary. */
  private final long[] rests;

  private final int bits;
  private final long min;
  private final long step;

  private PlainColumn(Column column, Column texts, long[] rests, int bits, long min, long step) {
    this.column = column;
    this.texts = texts;
    this.rests = rests;
    this.bits = bits;
    this.min = min;
    this.step = step;
  }

  /** {@return an id's column of a page as it is stored; null if it is of another form} */
  static @Nullable PlainColumn of(Page page, int id) throws MalformedBytesException {
    Column column = new Column();
    column.read(page.bytes, page.start(id), page.end(id), page.rows);
    switch (column.kind) {
      case Column.CONSTANT -> {
        return new PlainColumn(column, column, new long[0], 0, 0, 0);
      }
      case Column.NUMBER -> {
        return column.width == 0
            ? null
            : new PlainColumn(column, column, new long[0], column.bits, column.min, column.step);
      }
      case Column.DICTIONARY -> {
        return ofDictionary(column, page.rows);
      }
      default -> {
        return null;
      }
    }
  }

  private static @Nullable PlainColumn ofDictionary(Column column, int rows)
      throws MalformedBytesException {
    Column values = new Column();
    values.read(column.page, column.nestedAt, column.end, column.nestedRows);
    long[] numbers = new long[column.count];
    long least = Long.MAX_VALUE;
    long greatest = 0;
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(values, i);
      if (numbers[i] < 0) {
        return null;
      }
      least = Math.min(least, numbers[i]);
      greatest = Math.max(greatest, numbers[i]);
    }
    int bits = numbers.length == 0 ? 0 : Long.SIZE - Long.numberOfLeadingZeros(greatest - least);
    if (numbers.length == 0 || bits > column.bits + MOST_SPARE_BITS) {
      return null;
    }
    for (int row = 0; row < rows; row++) {
      if (column.packed(row) >= numbers.length) {
        // It is told when that row is read.
        return null;
      }
    }
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] -= least;
    }
    return new PlainColumn(column, values, numbers, bits, least, 0);
  }

  /** A value of a column as a number, or -1 if it is none with as many digits as all. */
  private static long number(Column values, int index) {
    if (values.width == 0 || values.width > Column.MOST_DIGITS) {
      return -1;
    }
    switch (values.kind) {
      case Column.NUMBER -> {
        long number = values.min + index * values.step + values.packed(index);
        return number < values.limit ? number : -1;
      }
      case Column.FIXED -> {
        long number = 0;
        int from = values.base + index * values.width;
        for (int at = from; at < from + values.width; at++) {
          int digit = values.page[at] - '0';
          if (digit < 0 || digit > 9) {
            return -1;
          }
          number = 10 * number + digit;
        }
        return number;
      }
      default -> {
        return -1;
      }
    }
  }

  /** {@return the length of all values} */
  int length() {
    return texts.prefixLength + texts.width;
  }

  /** {@return how many digits they end with} */
  int width() {
    return texts.width;
  }

  int bits() {
    return bits;
  }

  long min() {
    return min;
  }

  long step() {
    return step;
  }

  /** {@return what is packed of a row's number} */
  long rest(int row) {
    return rests.length == 0 ? column.packed(row) : rests[(int) column.packed(row)];
  }

  /** Writes what all values start with, and zeros as digits. */
  void writeText(byte[] into, int at) {
    System.arraycopy(texts.page, texts.prefixAt, into, at, texts.prefixLength);
    for (int place = texts.prefixLength; place < length(); place++) {
      into[at + place] = '0';
    }
  }
}
