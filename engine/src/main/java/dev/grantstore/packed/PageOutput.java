package dev.grantstore.packed;

import java.util.Arrays;

/** Where a page is written: a buffer that is used again and again. One thread. */
final class PageOutput {
  private byte[] bytes = new byte[32 << 10];
  private int length;

  void reset() {
    length = 0;
  }

  int length() {
    return length;
  }

  /** Takes back what was written behind a length. */
  void truncate(int toLength) {
    length = toLength;
  }

  /** Leaves out a part, so that what follows it takes its place. */
  void remove(int from, int to) {
    System.arraycopy(bytes, to, bytes, from, length - to);
    length -= to - from;
  }

  void u8(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
  }

  void u16(int value) {
    u8(value);
    u8(value >>> 8);
  }

  void i32(int value) {
    reserve(Integer.BYTES);
    PageBytes.INTS.set(bytes, length, value);
    length += Integer.BYTES;
  }

  void i64(long value) {
    reserve(Long.BYTES);
    PageBytes.LONGS.set(bytes, length, value);
    length += Long.BYTES;
  }

  /** Writes over a number that stands before. */
  void i32At(int at, int value) {
    PageBytes.INTS.set(bytes, at, value);
  }

  void bytes(byte[] from, int at, int count) {
    reserve(count);
    System.arraycopy(from, at, bytes, length, count);
    length += count;
  }

  void text(byte[] from, int at, int count) {
    u16(count);
    bytes(from, at, count);
  }

  /** Packs the lower bits of some values. */
  void packed(long[] values, int count, int bits) {
    int size = Math.toIntExact(PageBytes.packedBytes(count, bits));
    reserve(size + PageBytes.SLACK_BYTES);
    Arrays.fill(bytes, length, length + size + PageBytes.SLACK_BYTES, (byte) 0);
    for (int i = 0; bits > 0 && i < count; i++) {
      long bit = (long) i * bits;
      int at = length + (int) (bit >>> 3);
      long word = PageBytes.i64(bytes, at) | (values[i] << (bit & 7));
      PageBytes.LONGS.set(bytes, at, word);
    }
    length += size;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(length, more)));
    }
  }
}
