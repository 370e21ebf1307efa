package dev.grantstore;

import java.util.Arrays;

/**
 * Rows of a list, copied, as columns: ids, times and flag of each, without an object for any. For
 * those who digest, filter or copy: {@link GrantCursor#next(GrantBatch)} fills it. To be used again
 * and again by one thread; what it gives is valid until the next read into it, also after the
 * cursor or the store is closed. At first it has no rows. Rows of long ids are fewer, so that they
 * take a few MiB at most; that room it keeps.
 */
public final class GrantBatch {
  /** The most rows that one may hold. */
  public static final int MOST_ROWS = 1024;

  /** Beyond so many bytes of ids no row is added to those that there are. */
  private static final int FULL_BYTES = 1 << 20;

  private static final IdField[] IDS = IdField.values();

  private final IdColumn[] ids = new IdColumn[IdField.COUNT];
  private final long[] seconds;
  private final int[] nanos;
  private final boolean[] needsExpansion;
  private final boolean[] hasExpiry;
  private final long[] expiresSeconds;
  private final int[] expiresNanos;
  private int rows;

  /** Creates one of {@link #MOST_ROWS}. */
  public GrantBatch() {
    this(MOST_ROWS);
  }

  /**
   * Creates one of fewer rows.
   *
   * @param capacity how many it holds at most
   * @throws IllegalArgumentException if that is none, or more than {@link #MOST_ROWS}
   */
  public GrantBatch(int capacity) {
    if (capacity < 1 || capacity > MOST_ROWS) {
      throw new IllegalArgumentException(
          "rows of a batch must be from 1 to " + MOST_ROWS + ": " + capacity);
    }
    Arrays.setAll(ids, i -> new IdColumn(capacity));
    seconds = new long[capacity];
    nanos = new int[capacity];
    needsExpansion = new boolean[capacity];
    hasExpiry = new boolean[capacity];
    expiresSeconds = new long[capacity];
    expiresNanos = new int[capacity];
  }

  /** {@return how many rows it holds at most} */
  public int capacity() {
    return seconds.length;
  }

  /** {@return how many rows it has, in the order of the list} */
  public int rows() {
    return rows;
  }

  /**
   * {@return one id of all rows; the same object each time}
   *
   * @param field which id
   */
  public IdColumn ids(IdField field) {
    return ids[field.position()];
  }

  /**
   * {@return one id of a row; the same object for the same field}
   *
   * @param field which id
   * @param row from 0
   */
  public Utf8View id(IdField field, int row) {
    IdColumn column = ids[field.position()];
    return column.value(column.code(row));
  }

  /**
   * {@return the whole seconds of {@link Grant#discoveredAt()} of a row}
   *
   * @param row from 0
   */
  public long discoveredSeconds(int row) {
    return seconds[row];
  }

  /**
   * {@return the nanoseconds within the second of {@link Grant#discoveredAt()} of a row}
   *
   * @param row from 0
   */
  public int discoveredNanos(int row) {
    return nanos[row];
  }

  /**
   * {@return {@link Grant#needsExpansion()} of a row}
   *
   * @param row from 0
   */
  public boolean needsExpansion(int row) {
    return needsExpansion[row];
  }

  /**
   * {@return whether {@link Grant#expiresAt()} of a row is there}
   *
   * @param row from 0
   */
  public boolean hasExpiry(int row) {
    return hasExpiry[row];
  }

  /**
   * {@return the whole seconds of {@link Grant#expiresAt()} of a row; 0 if it has none}
   *
   * @param row from 0
   */
  public long expiresSeconds(int row) {
    return expiresSeconds[row];
  }

  /**
   * {@return the nanoseconds within the second of {@link Grant#expiresAt()} of a row; 0 if it has
   * none}
   *
   * @param row from 0
   */
  public int expiresNanos(int row) {
    return expiresNanos[row];
  }

  /** Forgets all rows. For engines, as what follows. */
  public void clear() {
    rows = 0;
    for (IdColumn column : ids) {
      column.clear();
    }
  }

  /** {@return whether no row is to be added} */
  public boolean isFull() {
    int bytes = 0;
    for (IdColumn column : ids) {
      bytes += column.end();
    }
    return rows == capacity() || bytes > FULL_BYTES;
  }

  /**
   * {@return how many rows it should take at most}
   *
   * @param bytesOfRow what the ids of one take
   */
  public int capacity(int bytesOfRow) {
    return Math.max(1, Math.min(capacity(), FULL_BYTES / Math.max(1, bytesOfRow)));
  }

  /**
   * Adds a row.
   *
   * @param row the one that the cursor stands on
   */
  public void add(GrantCursor row) {
    int index = rows;
    setRest(index, row.discoveredSeconds(), row.discoveredNanos(), row.needsExpansion());
    if (row.hasExpiry()) {
      setExpiry(index, row.expiresSeconds(), row.expiresNanos());
    }
    for (IdField field : IDS) {
      ids[field.position()].append(index, row.id(field));
    }
    rows = index + 1;
  }

  /**
   * Says what a row has besides its ids, which does not expire, or does from {@link #setExpiry} on.
   *
   * @param row from 0
   * @param discoveredSeconds the whole seconds
   * @param discoveredNanos the nanoseconds within the second
   * @param isToBeExpanded whether expansion is still to be done
   */
  public void setRest(
      int row, long discoveredSeconds, int discoveredNanos, boolean isToBeExpanded) {
    seconds[row] = discoveredSeconds;
    nanos[row] = discoveredNanos;
    needsExpansion[row] = isToBeExpanded;
    hasExpiry[row] = false;
    expiresSeconds[row] = 0;
    expiresNanos[row] = 0;
  }

  /**
   * Says when a row ends, after {@link #setRest}.
   *
   * @param row from 0
   * @param wholeSeconds the whole seconds
   * @param nanosWithin the nanoseconds within the second
   */
  public void setExpiry(int row, long wholeSeconds, int nanosWithin) {
    hasExpiry[row] = true;
    expiresSeconds[row] = wholeSeconds;
    expiresNanos[row] = nanosWithin;
  }

  /**
   * Says how many rows there are, once all of their columns are filled.
   *
   * @param count how many
   */
  public void setRows(int count) {
    rows = count;
  }
}
