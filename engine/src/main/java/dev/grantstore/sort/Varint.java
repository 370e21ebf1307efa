package dev.grantstore.sort;

/** Whole numbers in seven bits a byte, lowest first, a set high bit meaning that more follow. */
final class Varint {
  private Varint() {}

  /** {@return how many bytes {@code value} takes, read as unsigned} */
  static int sizeBytes(int value) {
    return value >>> 7 == 0 ? 1 : (38 - Integer.numberOfLeadingZeros(value)) / 7;
  }

  /** {@return how many bytes {@code value} takes, read as unsigned} */
  static int sizeBytes(long value) {
    return value >>> 7 == 0 ? 1 : (70 - Long.numberOfLeadingZeros(value)) / 7;
  }

  /** {@return the position after it} Writes {@code value} at {@code at}. */
  static int put(byte[] target, int at, int value) {
    return put(target, at, value & 0xffffffffL);
  }

  /** {@return the position after it} Writes {@code value} at {@code at}. */
  static int put(byte[] target, int at, long value) {
    int end = at;
    long rest = value;
    while (rest >>> 7 != 0) {
      target[end++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    target[end++] = (byte) rest;
    return end;
  }

  /** {@return the number at {@code at}; it was written as an int} */
  static int getInt(byte[] source, int at) {
    int first = source[at];
    return first >= 0 ? first : (int) getLong(source, at);
  }

  /** {@return the number at {@code at}} */
  static long getLong(byte[] source, int at) {
    long value = 0;
    int shift = 0;
    int next = at;
    byte b;
    do {
      b = source[next++];
      value |= (b & 0x7fL) << shift;
      shift += 7;
    } while (b < 0);
    return value;
  }
}
