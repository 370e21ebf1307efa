package dev.grantstore.codec;

import dev.grantstore.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Protobuf wire format, written into a buffer that is used again and again. */
final class WireWriter {
  private static final int VARINT = 0;
  private static final int LENGTH_DELIMITED = 2;
  private static final int MAX_VARINT_BYTES = 10;

  byte[] buffer = new byte[256];
  int length;

  void reset() {
    length = 0;
  }

  void putRaw(byte value) {
    reserve(1);
    buffer[length++] = value;
  }

  void putFixed32(int value) {
    reserve(Integer.BYTES);
    RowChecksum.write(value, buffer, length);
    length += Integer.BYTES;
  }

  void putBytes(int field, byte[] bytes, int offset, int count) {
    reserve(2 * MAX_VARINT_BYTES + count);
    rawVarint(((long) field << 3) | LENGTH_DELIMITED);
    rawVarint(count);
    System.arraycopy(bytes, offset, buffer, length, count);
    length += count;
  }

  void putText(int field, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    putBytes(field, utf8, 0, utf8.length);
  }

  void putTextUnlessEmpty(int field, String text) {
    if (!text.isEmpty()) {
      putText(field, text);
    }
  }

  void putBytesUnlessEmpty(int field, Bytes value) {
    if (value.length() > 0) {
      reserve(2 * MAX_VARINT_BYTES + value.length());
      rawVarint(((long) field << 3) | LENGTH_DELIMITED);
      rawVarint(value.length());
      value.copyTo(buffer, length);
      length += value.length();
    }
  }

  void putMessage(int field, WireWriter message) {
    putBytes(field, message.buffer, 0, message.length);
  }

  void putVarint(int field, long value) {
    reserve(2 * MAX_VARINT_BYTES);
    rawVarint(((long) field << 3) | VARINT);
    rawVarint(value);
  }

  void putTrue(int field, boolean value) {
    if (value) {
      putVarint(field, 1);
    }
  }

  private void rawVarint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      buffer[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[length++] = (byte) rest;
  }

  private void reserve(int bytes) {
    if (buffer.length - length < bytes) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + bytes));
    }
  }
}
