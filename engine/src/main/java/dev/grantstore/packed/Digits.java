package dev.grantstore.packed;

/** Writes decimal digits of numbers, a whole word of them at once. Stateless. */
final class Digits {
  /** So many are written at once; as many bytes behind the place of fewer may be written over. */
  static final int AT_ONCE = 8;

  /** So many are made with half the work. */
  static final int FEW = 4;

  /** What the number of the lower digits is less than. */
  static final long LOWER = 100_000_000L;

  private Digits() {}

  /** Writes up to {@link #AT_ONCE} digits, with zeros before the first of the number. */
  static void writeFew(byte[] into, int at, int width, int number) {
    if (width > 0) {
      PageBytes.LONGS.set(into, at, eight(number) >>> (Byte.SIZE * (AT_ONCE - width)));
    }
  }

  /** Writes those above the lower ones of more than {@link #AT_ONCE}. */
  static void writeUpper(byte[] into, int at, int width, long upper) {
    long left = upper;
    for (int i = at + width - AT_ONCE - 1; i >= at; i--) {
      into[i] = (byte) ('0' + left % 10);
      left /= 10;
    }
  }

  /** Writes the lower ones of more than {@link #AT_ONCE}. */
  static void writeLower(byte[] into, int at, int width, long lower) {
    PageBytes.LONGS.set(into, at + width - AT_ONCE, eight((int) lower));
  }

  /** Four digits as bytes, the first in the lowest. */
  static int four(int number) {
    int hundreds = (number * 5_243) >>> 19;
    int twos = hundreds | ((number - 100 * hundreds) << 16);
    int tens = ((twos * 103) >>> 10) & 0x000f_000f;
    return (tens | ((twos - 10 * tens) << 8)) + 0x3030_3030;
  }

  /** Eight digits as bytes, the first in the lowest. */
  static long eight(int number) {
    int high = number / 10_000;
    int low = number - high * 10_000;
    long fours = high | ((long) low << 32);
    long hundreds = ((fours * 10_486L) >>> 20) & 0x7f_0000_007fL;
    long twos = hundreds | ((fours - 100 * hundreds) << 16);
    long tens = ((twos * 103L) >>> 10) & 0x000f_000f_000f_000fL;
    return (tens | ((twos - 10 * tens) << 8)) + 0x3030_3030_3030_3030L;
  }
}
