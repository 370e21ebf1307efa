package dev.grantstore.sort;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Rows and their index in one array: rows from the front, index entries from the back.
 *
 * <pre>
 * table := row* free entry*          the entry of row 0 is the last 12 bytes, row 1's before it
 * row   := keyLength:varint key valueLength:varint value sequence:varint
 * entry := chunk:8 bytes rowOffset:4 bytes
 * </pre>
 *
 * The chunk is room for {@link RowSort}, which moves entries and never rows. Key {@code ab}, value
 * {@code c}, sequence 300 is {@code 02 61 62 01 63 AC 02}. One thread fills it; once sorted, any
 * may read.
 */
final class RowTable {
  /** What the index takes for each row. */
  static final int ENTRY_BYTES = 12;

  /** Where in an entry the offset of the row stands. */
  static final int ENTRY_OFFSET_AT = 8;

  /** The largest table. */
  static final int MAX_BYTES = Integer.MAX_VALUE - 64;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

  private final byte[] bytes;
  private int usedBytes;
  private int lastOffset;
  private int rows;
  private int generation;

  RowTable(int sizeBytes) {
    bytes = new byte[sizeBytes];
  }

  /** {@return what a row and its entry take} */
  static long rowBytes(int keyLength, int valueLength, long sequence) {
    return (long) Varint.sizeBytes(keyLength)
        + keyLength
        + Varint.sizeBytes(valueLength)
        + valueLength
        + Varint.sizeBytes(sequence)
        + ENTRY_BYTES;
  }

  byte[] bytes() {
    return bytes;
  }

  int rows() {
    return rows;
  }

  int freeBytes() {
    return bytes.length - usedBytes - ENTRY_BYTES * rows;
  }

  /** Where in the array the entry of a row stands; the next row's stands before it. */
  int entryAt(int row) {
    return bytes.length - ENTRY_BYTES * (row + 1);
  }

  int rowOffset(int row) {
    return (int) INTS.get(bytes, entryAt(row) + ENTRY_OFFSET_AT);
  }

  /** {@return how often it was cleared: tells a cursor that its rows are gone} */
  int generation() {
    return generation;
  }

  void clear() {
    usedBytes = 0;
    rows = 0;
    generation++;
  }

  /** Adds a row that fits: {@link #rowBytes} is at most {@link #freeBytes}. */
  void append(
      byte[] key,
      int keyOffset,
      int keyLength,
      byte[] value,
      int valueOffset,
      int valueLength,
      long sequence) {
    int at = Varint.put(bytes, usedBytes, keyLength);
    System.arraycopy(key, keyOffset, bytes, at, keyLength);
    at = Varint.put(bytes, at + keyLength, valueLength);
    System.arraycopy(value, valueOffset, bytes, at, valueLength);
    at = Varint.put(bytes, at + valueLength, sequence);
    INTS.set(bytes, entryAt(rows) + ENTRY_OFFSET_AT, usedBytes);
    lastOffset = usedBytes;
    usedBytes = at;
    rows++;
  }

  /** {@return whether the row appended last comes before this one or is equal to it} */
  boolean lastIsAtMost(byte[] key, int keyOffset, int keyLength, long sequence) {
    if (rows == 0) {
      return true;
    }
    int order = compareKeyAt(lastOffset, key, keyOffset, keyLength);
    return order < 0 || (order == 0 && sequenceAt(lastOffset) <= sequence);
  }

  /** {@return the first row of a sorted table whose key is not less than {@code key}} */
  int lowerBound(byte[] key) {
    int low = 0;
    int high = rows;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compareKeyAt(rowOffset(middle), key, 0, key.length) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** {@return a copy of the key of a row} */
  byte[] copyKey(int row) {
    int offset = rowOffset(row);
    int keyLength = Varint.getInt(bytes, offset);
    int keyOffset = offset + Varint.sizeBytes(keyLength);
    return Arrays.copyOfRange(bytes, keyOffset, keyOffset + keyLength);
  }

  /** {@return the sequence number of the row at an offset} */
  long sequenceAt(int rowOffset) {
    return sequenceAt(bytes, rowOffset);
  }

  /** {@return the sequence number of the row at an offset} */
  static long sequenceAt(byte[] bytes, int rowOffset) {
    int keyLength = Varint.getInt(bytes, rowOffset);
    int at = rowOffset + Varint.sizeBytes(keyLength) + keyLength;
    int valueLength = Varint.getInt(bytes, at);
    return Varint.getLong(bytes, at + Varint.sizeBytes(valueLength) + valueLength);
  }

  private int compareKeyAt(int rowOffset, byte[] key, int keyOffset, int keyLength) {
    int length = Varint.getInt(bytes, rowOffset);
    int offset = rowOffset + Varint.sizeBytes(length);
    return Arrays.compareUnsigned(
        bytes, offset, offset + length, key, keyOffset, keyOffset + keyLength);
  }
}
