package dev.grantstore.sort;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Up to seven bytes of a key, from some depth on, as one number that compares as they do.
 *
 * <p>The bytes stand highest first, absent ones as zero, and the three lowest bits say how many are
 * present. So a key that ends comes before one that goes on with zero bytes, two chunks from the
 * same depth are equal only if the bytes are, and equal chunks with fewer than seven bytes mean
 * equal keys. A chunk is never negative.
 */
final class KeyChunk {
  /** Key bytes in a full chunk. */
  static final int BYTES = 7;

  /** How many bytes the array must have after a key: {@link #load} reads beyond its end. */
  static final int SLACK_BYTES = 8;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private KeyChunk() {}

  /**
   * {@return the chunk of a key from {@code depth} on}
   *
   * @param array has {@link #SLACK_BYTES} bytes more after the key
   * @param keyOffset where the key starts
   * @param keyLength its length
   * @param depth at most the length
   */
  static long load(byte[] array, int keyOffset, int keyLength, int depth) {
    int present = Math.min(keyLength - depth, BYTES);
    long bytes = (long) LONGS.get(array, keyOffset + depth) >>> 8;
    return ((bytes & (-1L << (8 * (BYTES - present)))) << 3) | present;
  }

  /** {@return whether the key ends within this chunk} */
  static boolean endsKey(long chunk) {
    return (chunk & 7) < BYTES;
  }
}
