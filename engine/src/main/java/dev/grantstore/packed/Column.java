package dev.grantstore.packed;

import dev.grantstore.codec.MalformedBytesException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Where the values of one column of byte strings are within its page; see the package for the
 * forms. It is read from the page each time that a reader goes there, since its first bytes lie
 * beside those that are needed anyway. That all it names lies within the column is checked by
 * {@link #check} when the page is loaded, and what a single row names when that row is read. One
 * thread.
 */
final class Column {
  static final int CONSTANT = 0;
  static final int NUMBER = 1;
  static final int DICTIONARY = 2;
  static final int TEXTS = 3;
  static final int FIXED = 4;
  static final int CONCATENATION = 5;
  static final int HEX = 6;

  /** So many digits are a long. */
  static final int MOST_DIGITS = 18;

  private static final long[] POWERS =
      LongStream.iterate(1, power -> 10 * power).limit(MOST_DIGITS + 1L).toArray();

  private static final byte[] HEX_DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NO_PAGE = {};

  byte[] page = NO_PAGE;
  int kind;

  /** Where what all values start with is. */
  int prefixAt;

  int prefixLength;

  /** The digits or bytes behind the prefix, in those forms where all values have as many. */
  int width;

  int bits;

  /** By how many bits rows are apart, and how many of a row come before its value. */
  int stride;

  int shift;

  long mask;
  long min;
  long step;

  /** What a number is less than. */
  long limit;

  /** Where the packed values, the texts or the parts start. */
  int base;

  /** Where the ends of the texts are. */
  int endsAt;

  /** The length of the texts, the number of values of a dictionary or of parts. */
  int count;

  /** Where the values of a dictionary or the tails are, a column of its own; or none. */
  int nestedAt;

  /** How many rows the nested column has. */
  int nestedRows;

  /** Where the part of the page ends in which it stands. */
  int end;

  private int at;

  /**
   * {@return where the column ends that stands in a part of a page, which is all of it}
   *
   * @param self which one it is
   */
  static int check(byte[] page, int from, int to, int rows, int self)
      throws MalformedBytesException {
    Column column = new Column();
    column.read(page, from, to, rows);
    if (column.kind == CONCATENATION) {
      column.checkSources(self);
    }
    while (column.nestedAt > 0) {
      int outer = column.kind;
      column.read(page, column.nestedAt, to, column.nestedRows);
      if (column.kind == CONCATENATION || (column.kind == DICTIONARY && outer == DICTIONARY)) {
        throw column.malformed("column within another has a form of its own");
      }
    }
    if (column.at != to) {
      throw column.malformed("column has trailing bytes");
    }
    return to;
  }

  /**
   * Reads the column that starts somewhere in a page.
   *
   * @param to where the part of the page ends in which it stands
   */
  void read(byte[] bytes, int from, int to, int rows) throws MalformedBytesException {
    page = bytes;
    at = from;
    end = to;
    width = 0;
    bits = 0;
    nestedAt = 0;
    kind = u8();
    switch (kind) {
      case CONSTANT -> {
        prefixLength = length();
        prefixAt = skip(prefixLength);
      }
      case NUMBER -> {
        width = u8();
        bits = bits();
        prefixLength = u16();
        prefixAt = skip(prefixLength);
        min = i64();
        step = i64();
        base = skip(PageBytes.packedBytes(rows, bits));
        if (width > MOST_DIGITS) {
          throw malformed("number has too many digits");
        }
        limit = power(width);
      }
      case DICTIONARY -> {
        bits = bits();
        count = u16();
        base = skip(PageBytes.packedBytes(rows, bits));
        nestedAt = at;
        nestedRows = count;
      }
      case TEXTS -> {
        prefixLength = u16();
        prefixAt = skip(prefixLength);
        endsAt = skip((long) Integer.BYTES * rows);
        count = length();
        base = skip(count);
      }
      case FIXED, HEX -> {
        width = u16();
        prefixLength = u16();
        prefixAt = skip(prefixLength);
        base = skip((long) rows * (kind == HEX ? (width + 1) / 2 : width));
      }
      case CONCATENATION -> {
        count = u8();
        base = at;
        for (int i = 0; i < count; i++) {
          int part = u8();
          skip(part < Concatenation.LITERAL ? 0 : part & Concatenation.MOST_LITERAL_BYTES);
        }
        nestedAt = u8() == 0 ? 0 : at;
        nestedRows = rows;
      }
      default -> throw malformed("column has an unknown form");
    }
    mask = PageBytes.mask(bits);
    stride = bits;
    shift = 0;
  }

  /** {@return what is packed of a row} */
  long packed(int index) {
    int bit = index * stride + shift;
    return PageBytes.i64(page, base + (bit >>> 3)) >>> (bit & 7) & mask;
  }

  static int hexDigit(byte b) {
    if (b >= '0' && b <= '9') {
      return b - '0';
    }
    return b >= 'a' && b <= 'f' ? b - 'a' + 10 : -1;
  }

  static byte hexDigit(int value) {
    return HEX_DIGITS[value & 0xf];
  }

  /** {@return the least number of one digit more, of at most {@link #MOST_DIGITS}} */
  static long power(int digits) {
    return POWERS[digits];
  }

  private void checkSources(int self) throws MalformedBytesException {
    int[] sources = Concatenation.sources(self);
    int place = base;
    for (int i = 0; i < count; i++) {
      int part = PageBytes.u8(page, place++);
      if (part >= Concatenation.LITERAL) {
        place += part & Concatenation.MOST_LITERAL_BYTES;
      } else if (Arrays.stream(sources).noneMatch(source -> source == part)) {
        throw malformed("column is put together from one that it must not name");
      }
    }
  }

  /** Passes over bytes; where they start. */
  private int skip(long bytes) throws MalformedBytesException {
    if (bytes < 0 || bytes > end - at) {
      throw malformed("column is cut off");
    }
    int from = at;
    at += (int) bytes;
    return from;
  }

  private int u8() throws MalformedBytesException {
    return PageBytes.u8(page, skip(1));
  }

  private int u16() throws MalformedBytesException {
    return PageBytes.u16(page, skip(2));
  }

  /** A length of what follows. */
  private int length() throws MalformedBytesException {
    return PageBytes.i32(page, skip(Integer.BYTES));
  }

  private long i64() throws MalformedBytesException {
    return PageBytes.i64(page, skip(Long.BYTES));
  }

  private int bits() throws MalformedBytesException {
    int packed = u8();
    if (packed > PageBytes.MOST_BITS) {
      throw malformed("packed value has too many bits");
    }
    return packed;
  }

  private MalformedBytesException malformed(String problem) {
    return new MalformedBytesException(problem, at);
  }
}
