package dev.grantstore.keyvalue;

import java.util.Arrays;

/**
 * Where a key or value is read into: an array that is used again and again, or one of the
 * database's that is only pointed at. One thread.
 */
public final class RowBytes {
  private static final int FIRST_BYTES = 512;
  private static final int KEPT_BYTES = 256 << 10;
  private static final byte[] NOTHING = {};

  private byte[] array = NOTHING;
  private int length;

  /** Whether the array is not its own; at first there is none. */
  private boolean lent = true;

  /** Starts empty. */
  public RowBytes() {}

  /** {@return holds the bytes from its start; not to be changed} */
  public byte[] array() {
    return array;
  }

  /** {@return how many bytes there are} */
  public int length() {
    return length;
  }

  /**
   * {@return an array to be filled, from its start} The bytes before are gone, and {@link #filled}
   * follows.
   *
   * @param bytes for how many it has room, at least
   */
  public byte[] room(int bytes) {
    if (lent || array.length < bytes) {
      array = new byte[Math.max(FIRST_BYTES, bytes)];
      lent = false;
    }
    return array;
  }

  /**
   * Says how much of {@link #room} was filled.
   *
   * @param bytes how many
   */
  public void filled(int bytes) {
    length = bytes;
  }

  /**
   * Points at the bytes of another array.
   *
   * @param bytes all of it; nobody changes it
   */
  public void point(byte[] bytes) {
    array = bytes;
    length = bytes.length;
    lent = true;
  }

  /** Takes over a copy of other bytes. */
  void copy(RowBytes other) {
    System.arraycopy(other.array, 0, room(other.length), 0, other.length);
    filled(other.length);
  }

  /** Gives up what is not its own, and an array that has become larger than most rows need. */
  void trim() {
    if (lent || array.length > KEPT_BYTES) {
      array = NOTHING;
      length = 0;
      lent = true;
    }
  }

  /**
   * {@return whether the bytes start with others}
   *
   * @param prefix the others
   */
  public boolean startsWith(byte[] prefix) {
    return length >= prefix.length
        && Arrays.equals(array, 0, prefix.length, prefix, 0, prefix.length);
  }

  byte[] toByteArray() {
    return Arrays.copyOf(array, length);
  }
}
