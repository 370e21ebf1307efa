package dev.grantstore.packed;

import dev.grantstore.codec.MalformedBytesException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of one column of byte strings are within its page; see the package for the
 * forms. That all it names lies within the column is checked when it is made, and what a single row
 * names when that row is read. Immutable.
 */
final class Column {
  static final int CONSTANT = 0;
  static final int NUMBER = 1;
  static final int DICTIONARY = 2;
  static final int TEXTS = 3;
  static final int FIXED = 4;
  static final int CONCATENATION = 5;
  static final int HEX = 6;

  /** Which forms that hold another column a column may have. */
  private enum Nesting {
    ANY,
    DICTIONARY,
    PLAIN
  }

  /** So many digits are a long. */
  static final int MOST_DIGITS = 18;

  private static final long[] POWERS =
      LongStream.iterate(1, power -> 10 * power).limit(MOST_DIGITS + 1L).toArray();

  private static final byte[] HEX_DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  final byte[] page;
  final int kind;

  /** Where what all values start with is. */
  final int prefixAt;

  final int prefixLength;

  /** The digits or bytes behind the prefix, in those forms where all values have as many. */
  final int width;

  final int bits;
  final long mask;
  final long min;
  final long step;

  /** What a number is less than. */
  final long limit;

  /** Where the packed values, the texts or the parts start. */
  final int base;

  /** Where the ends of the texts are. */
  final int endsAt;

  /** The length of the texts, the number of values of a dictionary or of parts. */
  final int count;

  /** The values of a dictionary, or the tails. */
  final @Nullable Column nested;

  private Column(In in, int kind, int rows, int self) throws MalformedBytesException {
    page = in.bytes;
    this.kind = kind;
    long least = 0;
    long slope = 0;
    long above = 0;
    int places = 0;
    int packedBits = 0;
    int many = 0;
    int ends = 0;
    Column inner = null;
    switch (kind) {
      case CONSTANT -> {
        prefixLength = in.length();
        prefixAt = in.skip(prefixLength);
        base = prefixAt;
      }
      case NUMBER -> {
        places = in.u8();
        packedBits = in.bits();
        prefixLength = in.u16();
        prefixAt = in.skip(prefixLength);
        least = in.i64();
        slope = in.i64();
        base = in.skip(PageBytes.packedBytes(rows, packedBits));
        if (places > MOST_DIGITS) {
          throw in.malformed("number has too many digits");
        }
        above = power(places);
      }
      case DICTIONARY -> {
        packedBits = in.bits();
        many = in.u16();
        prefixLength = 0;
        prefixAt = 0;
        base = in.skip(PageBytes.packedBytes(rows, packedBits));
        inner = read(in, many, self, Nesting.PLAIN);
      }
      case TEXTS -> {
        prefixLength = in.u16();
        prefixAt = in.skip(prefixLength);
        ends = in.skip((long) Integer.BYTES * rows);
        many = in.length();
        base = in.skip(many);
      }
      case FIXED, HEX -> {
        places = in.u16();
        prefixLength = in.u16();
        prefixAt = in.skip(prefixLength);
        base = in.skip((long) rows * (kind == HEX ? (places + 1) / 2 : places));
      }
      case CONCATENATION -> {
        many = in.u8();
        prefixLength = 0;
        prefixAt = 0;
        base = in.parts(many, self);
        inner = in.u8() == 0 ? null : read(in, rows, self, Nesting.DICTIONARY);
      }
      default -> throw in.malformed("column has an unknown form");
    }
    width = places;
    bits = packedBits;
    mask = PageBytes.mask(packedBits);
    min = least;
    step = slope;
    limit = above;
    endsAt = ends;
    count = many;
    nested = inner;
  }

  /**
   * {@return the column that stands in a part of a page, and is all of it}
   *
   * @param self which one it is
   */
  static Column read(byte[] page, int from, int to, int rows, int self)
      throws MalformedBytesException {
    In in = new In(page, from, to);
    Column column = read(in, rows, self, Nesting.ANY);
    if (in.at != to) {
      throw in.malformed("column has trailing bytes");
    }
    return column;
  }

  private static Column read(In in, int rows, int self, Nesting nesting)
      throws MalformedBytesException {
    int kind = in.u8();
    if ((kind == CONCATENATION && nesting != Nesting.ANY)
        || (kind == DICTIONARY && nesting == Nesting.PLAIN)) {
      throw in.malformed("column within another has a form of its own");
    }
    return new Column(in, kind, rows, self);
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

  /** {@return what this and what is nested in it take of the heap, without the page} */
  static int memoryBytes() {
    return 96;
  }

  /** {@return the least number of one digit more, of at most {@link #MOST_DIGITS}} */
  static long power(int digits) {
    return POWERS[digits];
  }

  /** Reads what a column consists of, within its bounds. */
  private static final class In {
    final byte[] bytes;
    final int end;
    int at;

    In(byte[] bytes, int from, int to) {
      this.bytes = bytes;
      at = from;
      end = to;
    }

    /** Passes over bytes; where they start. */
    int skip(long count) throws MalformedBytesException {
      if (count < 0 || count > end - at) {
        throw malformed("column is cut off");
      }
      int from = at;
      at += (int) count;
      return from;
    }

    int u8() throws MalformedBytesException {
      return PageBytes.u8(bytes, skip(1));
    }

    int u16() throws MalformedBytesException {
      return PageBytes.u16(bytes, skip(2));
    }

    /** A length of what follows. */
    int length() throws MalformedBytesException {
      return PageBytes.i32(bytes, skip(Integer.BYTES));
    }

    long i64() throws MalformedBytesException {
      return PageBytes.i64(bytes, skip(Long.BYTES));
    }

    int bits() throws MalformedBytesException {
      int bits = u8();
      if (bits > PageBytes.MOST_BITS) {
        throw malformed("packed value has too many bits");
      }
      return bits;
    }

    /** Passes over the parts of a concatenation; where they start. */
    int parts(int count, int self) throws MalformedBytesException {
      int from = at;
      int[] sources = Concatenation.sources(self);
      for (int i = 0; i < count; i++) {
        int part = u8();
        if (part >= Concatenation.LITERAL) {
          skip(part & Concatenation.MOST_LITERAL_BYTES);
        } else if (Arrays.stream(sources).noneMatch(source -> source == part)) {
          throw malformed("column is put together from one that it must not name");
        }
      }
      return from;
    }

    MalformedBytesException malformed(String problem) {
      return new MalformedBytesException(problem, at);
    }
  }
}
