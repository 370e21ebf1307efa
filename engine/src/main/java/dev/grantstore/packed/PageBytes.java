package dev.grantstore.packed;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Little-endian numbers in arrays, and the layout of a page's start. Stateless. */
final class PageBytes {
  static final byte VERSION = 1;

  /** How many columns a page has of which no row expires. */
  static final int COLUMNS = 9;

  static final int TIME = 6;
  static final int FLAG = 7;
  static final int DETAILS = 8;

  /** Behind the others, where a row expires. */
  static final int EXPIRY = 9;

  static final int VERSION_AT = 4;
  static final int COLUMNS_AT = 5;
  static final int ROWS_AT = 6;
  static final int ENDS_AT = 8;

  /** Behind the last column, so that eight bytes can be read anywhere before. */
  static final int SLACK_BYTES = 8;

  /** A value of so many bits, at any bit of a byte, lies within eight bytes. */
  static final int MOST_BITS = 56;

  static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private PageBytes() {}

  /** {@return where the first column of a page starts} */
  static int headBytes(int columns) {
    return ENDS_AT + columns * Integer.BYTES;
  }

  static int u8(byte[] bytes, int at) {
    return bytes[at] & 0xff;
  }

  static int u16(byte[] bytes, int at) {
    return (short) SHORTS.get(bytes, at) & 0xffff;
  }

  static int i32(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at);
  }

  static long i64(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  /** {@return how many bytes so many packed values take} */
  static long packedBytes(int count, int bits) {
    return ((long) count * bits + 7) >>> 3;
  }

  /** {@return one of packed values} */
  static long packed(byte[] bytes, int base, int index, int bits, long mask) {
    long bit = (long) index * bits;
    return ((long) LONGS.get(bytes, base + (int) (bit >>> 3)) >>> (bit & 7)) & mask;
  }

  static long mask(int bits) {
    return bits == 0 ? 0 : -1L >>> (64 - bits);
  }

  /** {@return the checksum that a page or directory of that key has at its start} */
  static int checksum(byte[] key, byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(key, 0, key.length);
    crc.update(bytes, Integer.BYTES, length - Integer.BYTES);
    return (int) crc.getValue();
  }
}
