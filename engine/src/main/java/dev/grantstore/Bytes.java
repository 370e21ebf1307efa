package dev.grantstore;

import java.util.Arrays;

/** An immutable sequence of bytes with value equality, ordered unsigned. */
public final class Bytes implements Comparable<Bytes> {
  /** No bytes. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] bytes;

  private Bytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * {@return a copy of the given bytes}
   *
   * @param bytes copied
   */
  public static Bytes copyOf(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
  }

  /**
   * {@return a copy of a part of an array}
   *
   * @param bytes copied from
   * @param offset where the part starts
   * @param length its length
   */
  public static Bytes copyOf(byte[] bytes, int offset, int length) {
    return length == 0 ? EMPTY : new Bytes(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  /** {@return a new array with these bytes} */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** {@return how many bytes} */
  public int length() {
    return bytes.length;
  }

  /**
   * {@return the byte at {@code index}}
   *
   * @param index from 0
   */
  public byte at(int index) {
    return bytes[index];
  }

  /**
   * Copies all bytes into {@code target}.
   *
   * @param target written to
   * @param offset where the first byte goes
   */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, bytes.length);
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return Excerpt.of(bytes, 0, bytes.length);
  }
}
