package dev.grantstore.codec;

import java.util.zip.CRC32C;

/**
 * The checksum at the end of a value that has one. One thread.
 *
 * <pre>
 * checksum := crc32c:u32          of the key's bytes and the value's before it, little-endian
 * </pre>
 */
final class RowChecksum {
  static final int BYTES = Integer.BYTES;

  private final CRC32C sum = new CRC32C();

  /** The checksum of a key and the first bytes of a value. */
  int of(byte[] key, int keyLength, byte[] value, int valueLength) {
    sum.reset();
    sum.update(key, 0, keyLength);
    sum.update(value, 0, valueLength);
    return (int) sum.getValue();
  }

  /** Whether the last bytes of a value are the checksum of a key and all bytes before them. */
  boolean fits(byte[] key, int keyLength, byte[] value, int valueLength) {
    int at = valueLength - BYTES;
    return at > 0 && of(key, keyLength, value, at) == read(value, at);
  }

  static void write(int checksum, byte[] value, int at) {
    for (int i = 0; i < BYTES; i++) {
      value[at + i] = (byte) (checksum >>> (i * Byte.SIZE));
    }
  }

  private static int read(byte[] value, int at) {
    int checksum = 0;
    for (int i = 0; i < BYTES; i++) {
      checksum |= Byte.toUnsignedInt(value[at + i]) << (i * Byte.SIZE);
    }
    return checksum;
  }
}
