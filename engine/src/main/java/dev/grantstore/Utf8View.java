package dev.grantstore;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A window on UTF-8 bytes that somebody else owns: one id of the row a cursor stands on.
 *
 * <p>Valid until the cursor moves or closes; copy what you keep ({@link #toString}, {@link
 * #copyTo}). Reading it later gives other bytes, never an error. Belongs to one thread. Engines
 * point it with {@link #wrap} and {@link #moveTo}; readers do not.
 */
public final class Utf8View {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MIX_A = 0x9E3779B97F4A7C15L;
  private static final long MIX_B = 0xD6E8FEB86659FD93L;

  private byte[] array = new byte[0];
  private int offset;
  private int length;

  /** Points at nothing: an empty view. */
  public Utf8View() {}

  /**
   * Points the view at a part of an array, without copying. For engines.
   *
   * @param array holds the bytes
   * @param offset where they start
   * @param length how many
   */
  public void wrap(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /**
   * Points the view at as many bytes of the same array. For engines.
   *
   * @param offset where they start
   */
  public void moveTo(int offset) {
    this.offset = offset;
  }

  /** {@return the length in bytes} */
  public int length() {
    return length;
  }

  /**
   * {@return the byte at {@code index}}
   *
   * @param index from 0 to {@link #length()} - 1
   */
  public byte at(int index) {
    return array[offset + index];
  }

  /**
   * Copies the bytes.
   *
   * @param target written to
   * @param targetOffset where the first byte goes
   */
  public void copyTo(byte[] target, int targetOffset) {
    System.arraycopy(array, offset, target, targetOffset, length);
  }

  /**
   * {@return whether these are the given bytes}
   *
   * @param utf8 compared with
   */
  public boolean contentEquals(byte[] utf8) {
    return Arrays.equals(array, offset, offset + length, utf8, 0, utf8.length);
  }

  /**
   * {@return whether these are the given bytes}
   *
   * @param other holds those
   * @param otherOffset where they start
   * @param otherLength how many
   */
  public boolean contentEquals(byte[] other, int otherOffset, int otherLength) {
    return Arrays.equals(
        array, offset, offset + length, other, otherOffset, otherOffset + otherLength);
  }

  /**
   * {@return how the bytes compare with others, of which all that start with those are equal}
   *
   * @param other holds those
   * @param otherOffset where they start
   * @param otherLength how many
   */
  public int compareStart(byte[] other, int otherOffset, int otherLength) {
    int both = Math.min(length, otherLength);
    return Arrays.compareUnsigned(
        array, offset, offset + both, other, otherOffset, otherOffset + otherLength);
  }

  /**
   * {@return how the bytes compare with another view's, as {@link Ids#ORDER} does}
   *
   * @param other compared with
   */
  public int compareBytes(Utf8View other) {
    return Arrays.compareUnsigned(
        array, offset, offset + length, other.array, other.offset, other.offset + other.length);
  }

  /**
   * {@return a 64-bit hash of the bytes, equal for equal bytes in every view and every process}
   * Meant for checksums of answers, not for hash tables under attack.
   */
  public long hash64() {
    long hash = length * MIX_A;
    int at = offset;
    int end = offset + length;
    for (; at + 8 <= end; at += 8) {
      hash = mix(hash ^ (long) LONGS.get(array, at));
    }
    return mix(hash ^ tail(at, end));
  }

  /** The last bytes, less than eight, as a big-endian number. */
  private long tail(int from, int end) {
    if (from == end) {
      return 0;
    }
    if (from + 8 <= array.length) {
      return Long.reverseBytes((long) LONGS.get(array, from)) >>> (64 - 8 * (end - from));
    }
    long tail = 0;
    for (int at = from; at < end; at++) {
      tail = (tail << 8) | (array[at] & 0xff);
    }
    return tail;
  }

  private static long mix(long x) {
    long y = x * MIX_B;
    return (y ^ (y >>> 32)) * MIX_A;
  }

  /** {@return the text, as a new string} */
  @Override
  public String toString() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }
}
