package dev.grantstore.codec;

import dev.grantstore.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;

/**
 * Writes order-preserving tuple keys into a buffer that is used again and again. One thread.
 *
 * <pre>
 * key     := (fixed | element)*
 * element := escaped 00           00 ends every element; it is not a separator between them
 * escaped := bytes with 00 written 01 01, and 01 written 01 02
 * fixed   := u32, u64: big-endian
 *          | i32, i64: big-endian with the sign bit flipped
 *          | bool: 26 false, 27 true
 * </pre>
 *
 * <p>Unsigned byte order of keys of one shape is the tuples' order, element by element, and the
 * bytes of tuple A are a prefix of those of B exactly when A is an element-wise prefix of B. So the
 * prefix {@code "ent" 00} never matches {@code "ent-1" 00}.
 *
 * <p>Example: ("a", "b\0") is {@code 61 00 62 01 01 00}.
 */
public final class TupleWriter {
  static final byte TERMINATOR = 0x00;
  static final byte ESCAPE = 0x01;
  static final byte ESCAPED_ZERO = 0x01;
  static final byte ESCAPED_ONE = 0x02;
  static final byte FALSE = 0x26;
  static final byte TRUE = 0x27;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] buffer = new byte[256];
  private int length;

  /** Creates an empty buffer. */
  public TupleWriter() {}

  /** Empties the buffer. */
  public void reset() {
    length = 0;
  }

  /**
   * Cuts the key back to a length it had before.
   *
   * @param toLength at most {@link #length()}
   */
  public void truncate(int toLength) {
    if (toLength > length) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "cannot cut %d to %d", length, toLength));
    }
    length = toLength;
  }

  /** {@return the buffer; its first {@link #length()} bytes are the key until the next write} */
  public byte[] array() {
    return buffer;
  }

  /** {@return the length of the key in bytes} */
  public int length() {
    return length;
  }

  /** {@return the key as an array of its own} */
  public byte[] toByteArray() {
    return Arrays.copyOf(buffer, length);
  }

  /**
   * Appends an element.
   *
   * @param bytes holds the element
   * @param offset where it starts
   * @param count its length
   */
  public void putElement(byte[] bytes, int offset, int count) {
    reserve(2 * count + 1);
    byte[] out = buffer;
    int at = length;
    System.arraycopy(bytes, offset, out, at, count);
    int end = at + count;
    while (at < end && (out[at] & ~ESCAPE) != 0) {
      at++;
    }
    if (at < end) {
      at = escape(bytes, offset + at - length, offset + count, at);
    }
    out[at] = TERMINATOR;
    length = at + 1;
  }

  /** Writes bytes from the first one on that needs an escape; where they end. */
  private int escape(byte[] bytes, int from, int to, int start) {
    byte[] out = buffer;
    int at = start;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == TERMINATOR || b == ESCAPE) {
        out[at++] = ESCAPE;
        out[at++] = b == TERMINATOR ? ESCAPED_ZERO : ESCAPED_ONE;
      } else {
        out[at++] = b;
      }
    }
    return at;
  }

  /**
   * Appends a text as an element of its UTF-8 bytes.
   *
   * @param text well-formed text
   */
  public void putElement(String text) {
    byte[] utf8 = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    putElement(utf8, 0, utf8.length);
  }

  /**
   * Appends bytes as an element.
   *
   * @param bytes the element
   */
  public void putElement(Bytes bytes) {
    byte[] copy = bytes.toByteArray();
    putElement(copy, 0, copy.length);
  }

  /**
   * Appends bytes that are encoded already.
   *
   * @param encoded holds them
   * @param offset where they start
   * @param count how many
   */
  public void putEncoded(byte[] encoded, int offset, int count) {
    reserve(count);
    System.arraycopy(encoded, offset, buffer, length, count);
    length += count;
  }

  /**
   * Appends an unsigned 32-bit number.
   *
   * @param value its bits
   */
  public void putUnsignedInt(int value) {
    reserve(Integer.BYTES);
    INTS.set(buffer, length, value);
    length += Integer.BYTES;
  }

  /**
   * Appends a signed 32-bit number.
   *
   * @param value the number
   */
  public void putInt(int value) {
    putUnsignedInt(value ^ Integer.MIN_VALUE);
  }

  /**
   * Appends an unsigned 64-bit number.
   *
   * @param value its bits
   */
  public void putUnsignedLong(long value) {
    reserve(Long.BYTES);
    LONGS.set(buffer, length, value);
    length += Long.BYTES;
  }

  /**
   * Appends a signed 64-bit number.
   *
   * @param value the number
   */
  public void putLong(long value) {
    putUnsignedLong(value ^ Long.MIN_VALUE);
  }

  /**
   * Appends a truth value.
   *
   * @param value the value
   */
  public void putBoolean(boolean value) {
    reserve(1);
    buffer[length++] = value ? TRUE : FALSE;
  }

  private void reserve(int bytes) {
    if (buffer.length - length < bytes) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + bytes));
    }
  }
}
