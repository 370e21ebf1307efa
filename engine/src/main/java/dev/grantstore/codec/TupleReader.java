package dev.grantstore.codec;

import dev.grantstore.Bytes;
import dev.grantstore.Utf8View;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads keys that {@link TupleWriter} wrote; all but {@link #text} and {@link #bytes} without
 * allocating. One thread.
 *
 * <p>Refuses truncated and unknown escapes, missing terminators, truncated numbers, unknown truth
 * values and trailing bytes, so that what it accepts encodes to the same bytes again.
 */
public final class TupleReader {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private byte[] key = new byte[0];
  private int start;
  private int at;
  private int end;
  private byte[] unescaped = new byte[0];
  private int unescapedLength;

  /** Creates a reader at the end of an empty key. */
  public TupleReader() {}

  /**
   * Goes to the start of a key. The reader, and the views it fills, keep pointing into the array.
   *
   * @param bytes holds the key
   * @param offset where it starts
   * @param length its length
   */
  public void reset(byte[] bytes, int offset, int length) {
    key = bytes;
    start = offset;
    at = offset;
    end = offset + length;
    unescapedLength = 0;
  }

  /**
   * Reads an element. The view points into the key, or into this reader where the element held
   * escapes; both until the next {@link #reset}.
   *
   * @param into pointed at the element's bytes
   * @throws MalformedBytesException if no well-formed element starts here
   */
  public void element(Utf8View into) throws MalformedBytesException {
    int stop = findSpecial(at);
    if (stop == end) {
      throw malformed("element has no terminator", end);
    }
    if (key[stop] == TupleWriter.TERMINATOR) {
      into.wrap(key, at, stop - at);
      at = stop + 1;
      return;
    }
    escapedElement(into, stop);
  }

  /**
   * {@return the element that stands here, as text}
   *
   * @throws MalformedBytesException if no well-formed element starts here, or one that is not UTF-8
   */
  public String text() throws MalformedBytesException {
    int from = at;
    Utf8View view = new Utf8View();
    element(view);
    String text = view.toString();
    // What is not UTF-8 became the replacement character.
    if (text.indexOf('\ufffd') >= 0 && !view.contentEquals(text.getBytes(StandardCharsets.UTF_8))) {
      throw malformed("element is not UTF-8", from);
    }
    return text;
  }

  /**
   * {@return a copy of the element that stands here}
   *
   * @throws MalformedBytesException if no well-formed element starts here
   */
  public Bytes bytes() throws MalformedBytesException {
    Utf8View view = new Utf8View();
    element(view);
    byte[] copy = new byte[view.length()];
    view.copyTo(copy, 0);
    return Bytes.copyOf(copy);
  }

  /**
   * {@return the unsigned 32-bit number that stands here}
   *
   * @throws MalformedBytesException if the key ends before
   */
  public int unsignedInt() throws MalformedBytesException {
    need(Integer.BYTES);
    int value = (int) INTS.get(key, at);
    at += Integer.BYTES;
    return value;
  }

  /**
   * {@return the signed 32-bit number that stands here}
   *
   * @throws MalformedBytesException if the key ends before
   */
  public int signedInt() throws MalformedBytesException {
    return unsignedInt() ^ Integer.MIN_VALUE;
  }

  /**
   * {@return the unsigned 64-bit number that stands here}
   *
   * @throws MalformedBytesException if the key ends before
   */
  public long unsignedLong() throws MalformedBytesException {
    need(Long.BYTES);
    long value = (long) LONGS.get(key, at);
    at += Long.BYTES;
    return value;
  }

  /**
   * {@return the signed 64-bit number that stands here}
   *
   * @throws MalformedBytesException if the key ends before
   */
  public long signedLong() throws MalformedBytesException {
    return unsignedLong() ^ Long.MIN_VALUE;
  }

  /**
   * {@return the truth value that stands here}
   *
   * @throws MalformedBytesException if none does
   */
  public boolean truth() throws MalformedBytesException {
    need(1);
    byte b = key[at];
    if (b != TupleWriter.FALSE && b != TupleWriter.TRUE) {
      throw malformed("unknown truth value", at);
    }
    at++;
    return b == TupleWriter.TRUE;
  }

  /** {@return whether the key ends here} */
  public boolean atEnd() {
    return at == end;
  }

  /**
   * Checks that the key ends here.
   *
   * @throws MalformedBytesException if it does not
   */
  public void end() throws MalformedBytesException {
    if (at != end) {
      throw malformed("key has trailing bytes", at);
    }
  }

  /** The first byte that is 00 or 01, eight at a time; {@code end} if there is none. */
  private int findSpecial(int from) {
    int i = from;
    for (; i + 8 <= end; i += 8) {
      long word = (long) WORDS.get(key, i) & ~LOW_BITS;
      long zeros = (word - LOW_BITS) & ~word & HIGH_BITS;
      if (zeros != 0) {
        return i + (Long.numberOfTrailingZeros(zeros) >>> 3);
      }
    }
    while (i < end && (key[i] & 0xfe) != 0) {
      i++;
    }
    return i;
  }

  private void escapedElement(Utf8View into, int firstEscape) throws MalformedBytesException {
    if (unescaped.length < end - start) {
      unescaped = new byte[2 * (end - start)];
    }
    int from = unescapedLength;
    int copied = firstEscape - at;
    System.arraycopy(key, at, unescaped, unescapedLength, copied);
    unescapedLength += copied;
    int i = firstEscape;
    for (; i < end && key[i] != TupleWriter.TERMINATOR; i++) {
      byte b = key[i];
      if (b == TupleWriter.ESCAPE) {
        b = escapedByte(++i);
      }
      unescaped[unescapedLength++] = b;
    }
    if (i == end) {
      throw malformed("element has no terminator", end);
    }
    into.wrap(unescaped, from, unescapedLength - from);
    at = i + 1;
  }

  private byte escapedByte(int i) throws MalformedBytesException {
    if (i == end) {
      throw malformed("escape is cut off", i);
    }
    if (key[i] == TupleWriter.ESCAPED_ZERO) {
      return 0;
    }
    if (key[i] == TupleWriter.ESCAPED_ONE) {
      return 1;
    }
    throw malformed("unknown escape", i);
  }

  private void need(int bytes) throws MalformedBytesException {
    if (end - at < bytes) {
      throw malformed("key is cut off", end);
    }
  }

  private MalformedBytesException malformed(String problem, int offset) {
    return new MalformedBytesException(problem, offset - start);
  }
}
