package dev.grantstore.sort;

import java.util.Arrays;

/** Reads a range of the rows of a sorted {@link RowTable}. */
final class MemoryCursor extends RunCursor {
  /**
   * Rows lie in the order they were appended in, so each is a cache miss; touching some ahead, with
   * nothing in between that waits for them, lets the misses overlap.
   */
  private static final int TOUCH_ROWS = 16;

  private static final int TOUCH_STEP_BYTES = 64;

  private final RowTable table;
  private final byte[] bytes;
  private final int generation;
  private final int end;
  private int row;
  private int touchedTo;

  @SuppressWarnings("UnusedVariable") // kept so that the loads that touch rows are not left out
  private int touchSum;

  private int previousOffset;
  private int previousLength = -1;

  /**
   * A cursor over rows {@code from} (inclusive) to {@code to} (exclusive).
   *
   * @param table sorted; the cursor fails when it is cleared
   */
  MemoryCursor(RowTable table, int from, int to) {
    this.table = table;
    bytes = table.bytes();
    generation = table.generation();
    row = from;
    end = to;
    touchedTo = from;
    keyArray = bytes;
    valueArray = bytes;
  }

  @Override
  public boolean next() {
    if (table.generation() != generation) {
      onRow = false;
      throw new IllegalStateException("the rows of the cursor are gone: closed or cleared");
    }
    if (onRow) {
      previousOffset = keyOffset;
      previousLength = keyLength;
    }
    onRow = row < end;
    if (onRow) {
      if (row == touchedTo) {
        touchAhead();
      }
      show(table.rowOffset(row++));
    }
    return onRow;
  }

  @Override
  public boolean repeatsKey() {
    requireRow();
    return previousLength == keyLength && sharedKeyBytes() == keyLength;
  }

  @Override
  int sharedKeyBytes() {
    if (previousLength < 0) {
      return 0;
    }
    int shorter = Math.min(previousLength, keyLength);
    int same =
        Arrays.mismatch(
            bytes, previousOffset, previousOffset + shorter, bytes, keyOffset, keyOffset + shorter);
    return same < 0 ? shorter : same;
  }

  private void show(int offset) {
    keyLength = Varint.getInt(bytes, offset);
    keyOffset = offset + Varint.sizeBytes(keyLength);
    int at = keyOffset + keyLength;
    valueLength = Varint.getInt(bytes, at);
    valueOffset = at + Varint.sizeBytes(valueLength);
    sequence = Varint.getLong(bytes, valueOffset + valueLength);
  }

  private void touchAhead() {
    touchedTo = Math.min(row + TOUCH_ROWS, end);
    int last = bytes.length - 1;
    int sum = 0;
    for (int i = row; i < touchedTo; i++) {
      int offset = table.rowOffset(i);
      sum += bytes[offset] + bytes[Math.min(offset + TOUCH_STEP_BYTES, last)];
    }
    touchSum += sum;
  }
}
