package dev.grantstore.sort;

import java.util.Locale;
import java.util.Objects;

/**
 * Rows in a fixed amount of memory: filled in any order, sorted in place, read in order.
 *
 * <p>The memory is one array, allocated at once, that holds the rows and their index; sorting takes
 * no more. A row takes its key and value, 12 bytes of index, and two lengths and the sequence
 * number of 1 to 5 and 1 to 10 bytes each. Goes through append, {@link #sort}, read, {@link
 * #clear}, and again. Belongs to one thread at a time.
 */
public final class RowBuffer {
  /** The smallest buffer. */
  public static final int MIN_CAPACITY_BYTES = 1 << 10;

  private enum State {
    FILLING,
    SORTED,
    LENT
  }

  private final int capacityBytes;
  private RowTable table;
  private State state = State.FILLING;
  private boolean inOrder = true;

  /**
   * An empty buffer.
   *
   * @param capacityBytes what it takes, index included; at least {@link #MIN_CAPACITY_BYTES}
   */
  public RowBuffer(int capacityBytes) {
    if (capacityBytes < MIN_CAPACITY_BYTES || capacityBytes > RowTable.MAX_BYTES) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "buffer capacity is out of range: bytes=%d least=%d most=%d",
              capacityBytes,
              MIN_CAPACITY_BYTES,
              RowTable.MAX_BYTES));
    }
    this.capacityBytes = capacityBytes;
    table = new RowTable(capacityBytes);
  }

  /**
   * Copies a row into the buffer, if it fits.
   *
   * <p>An empty buffer takes every row: for one that is larger than the capacity it grows to hold
   * just that row, and shrinks again when cleared. So sort and clear a buffer that refuses a row,
   * and append the row again.
   *
   * @param key holds the key
   * @param keyOffset where it starts
   * @param keyLength its length
   * @param value holds the value
   * @param valueOffset where it starts
   * @param valueLength its length
   * @param sequence orders rows of equal keys
   * @return false if the row does not fit; nothing is changed then
   * @throws IllegalArgumentException if the row is too large for a Java array
   * @throws IllegalStateException if the buffer is sorted and not cleared
   */
  public boolean append(
      byte[] key,
      int keyOffset,
      int keyLength,
      byte[] value,
      int valueOffset,
      int valueLength,
      long sequence) {
    require(State.FILLING);
    Objects.checkFromIndexSize(keyOffset, keyLength, key.length);
    Objects.checkFromIndexSize(valueOffset, valueLength, value.length);
    long rowBytes = RowTable.rowBytes(keyLength, valueLength, sequence);
    if (rowBytes > table.freeBytes() && !growForFirst(rowBytes)) {
      return false;
    }
    inOrder = inOrder && table.lastIsAtMost(key, keyOffset, keyLength, sequence);
    table.append(key, keyOffset, keyLength, value, valueOffset, valueLength, sequence);
    return true;
  }

  /**
   * Sorts the rows, or does nothing if they were appended in order.
   *
   * @throws IllegalStateException if the buffer is sorted and not cleared
   */
  public void sort() {
    require(State.FILLING);
    if (!inOrder) {
      RowSort.sort(table);
    }
    state = State.SORTED;
  }

  /**
   * {@return a cursor over all rows, in order; it fails once the buffer is cleared}
   *
   * @throws IllegalStateException if the buffer is not sorted
   */
  public RowCursor cursor() {
    require(State.SORTED);
    return new MemoryCursor(table, 0, table.rows());
  }

  /** {@return how many rows the buffer holds} */
  public int rows() {
    return table.rows();
  }

  /** {@return the heap it takes now: the capacity, or more while it holds an oversize row} */
  public long memoryBytes() {
    return table.bytes().length;
  }

  /**
   * {@return how much of the memory rows and index fill; a buffer that is not full may be worth
   * keeping in memory}
   */
  public long usedBytes() {
    return (long) table.bytes().length - table.freeBytes();
  }

  /**
   * Removes all rows and makes the buffer ready to be filled.
   *
   * @throws IllegalStateException if a {@link SortedRun} reads from it; closing the run clears it
   */
  public void clear() {
    if (state == State.LENT) {
      throw new IllegalStateException("buffer is lent to a run");
    }
    reset();
  }

  /** Hands the sorted rows to a run, until {@link #takeBack}. */
  RowTable lend() {
    require(State.SORTED);
    state = State.LENT;
    return table;
  }

  void takeBack() {
    require(State.LENT);
    reset();
  }

  private void reset() {
    table.clear();
    if (table.bytes().length != capacityBytes) {
      table = new RowTable(capacityBytes);
    }
    inOrder = true;
    state = State.FILLING;
  }

  private boolean growForFirst(long rowBytes) {
    if (rowBytes > RowTable.MAX_BYTES) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "row is too large: bytes=%d", rowBytes));
    }
    if (table.rows() > 0) {
      return false;
    }
    table = new RowTable((int) rowBytes);
    return true;
  }

  private void require(State wanted) {
    if (state != wanted) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "buffer is %s and not %s", state, wanted));
    }
  }
}
