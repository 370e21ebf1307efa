package dev.grantstore.sort;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Sorts the entries of a {@link RowTable} in place: multikey quicksort on cached parts of keys.
 *
 * <p>Each entry caches a number that stands for the part of the key that its group is being sorted
 * by ({@link KeyProjection}), so that most comparisons do not touch the rows. Rows with equal
 * numbers form a group that goes on deeper; rows with equal keys form a group that is sorted by
 * sequence number, which then takes the place of the part.
 *
 * <p>Partitions have no branch on what a row holds; pivots are medians of rows drawn by a generator
 * with a fixed seed, so that no usual order of input is a bad one, and the same input always takes
 * the same steps. The stack holds at most one frame per halving of the rows.
 */
final class RowSort {
  /** The depth of a group with equal keys: its entries cache sequence numbers. */
  static final int BY_SEQUENCE = -1;

  private static final int INSERTION_ROWS = 12;
  private static final int NINTHER_ROWS = 200;
  private static final long SEED = 0x9E3779B97F4A7C15L;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

  private final byte[] bytes;
  private final int firstEntry;
  private final KeyProjection projection;
  private long random = SEED;

  private RowSort(RowTable table) {
    bytes = table.bytes();
    firstEntry = table.entryAt(0);
    projection = new KeyProjection(table);
  }

  /** Sorts the rows of a table. */
  static void sort(RowTable table) {
    new RowSort(table).sortGroup(0, table.rows(), 0);
  }

  /** Sorts rows that agree in the first {@code depth} bytes; nothing is cached yet. */
  private void sortGroup(int low, int high, int depth) {
    if (high - low > 1) {
      int reached = load(low, high, depth);
      sortLoaded(low, high, reached, Long.MIN_VALUE);
    }
  }

  /**
   * Sorts rows by their cached numbers and then deeper. The larger part is done by the loop and not
   * by a call, which bounds the stack.
   *
   * @param reached the depth that the numbers reach to
   * @param atLeast no number is less; so a pivot equal to it is the least number
   */
  private void sortLoaded(int from, int to, int reached, long atLeast) {
    int low = from;
    int high = to;
    int depth = reached;
    long floor = atLeast;
    while (high - low > INSERTION_ROWS) {
      long pivot = pivot(low, high);
      boolean least = pivot == floor;
      int middle = least ? moveEqual(low, high, pivot) : moveLess(low, high, pivot);
      if (middle - low < high - middle) {
        if (!least) {
          sortLoaded(low, middle, depth, floor);
        } else if (depth != BY_SEQUENCE) {
          sortGroup(low, middle, deeper(low, depth));
        }
        low = middle;
        floor = pivot;
      } else {
        sortLoaded(middle, high, depth, pivot);
        high = middle;
        if (least) {
          if (depth == BY_SEQUENCE) {
            return;
          }
          depth = load(low, high, deeper(low, depth));
          floor = Long.MIN_VALUE;
        }
      }
    }
    sortFew(low, high, depth);
  }

  /**
   * {@return how a group of rows with equal numbers, which starts at {@code i}, is to be sorted}
   */
  private int deeper(int i, int reached) {
    return Varint.getInt(bytes, row(entryAt(i))) < reached ? BY_SEQUENCE : reached;
  }

  private int load(int low, int high, int depth) {
    int reached = depth == BY_SEQUENCE ? BY_SEQUENCE : projection.load(low, high, depth);
    if (reached == BY_SEQUENCE) {
      for (int i = low; i < high; i++) {
        int entry = entryAt(i);
        LONGS.set(bytes, entry, RowTable.sequenceAt(bytes, row(entry)));
      }
    }
    return reached;
  }

  private long pivot(int low, int high) {
    if (high - low < NINTHER_ROWS) {
      return medianOfThree(low, high);
    }
    return median(medianOfThree(low, high), medianOfThree(low, high), medianOfThree(low, high));
  }

  private long medianOfThree(int low, int high) {
    int count = high - low;
    return median(
        number(low + below(count)), number(low + below(count)), number(low + below(count)));
  }

  private static long median(long a, long b, long c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  private int below(int bound) {
    random ^= random << 13;
    random ^= random >>> 7;
    random ^= random << 17;
    return (int) (((random >>> 33) * bound) >>> 31);
  }

  /** {@return the first that is not} Moves numbers less than the pivot to the front. */
  private int moveLess(int low, int high, long pivot) {
    byte[] array = bytes;
    int last = entryAt(high - 1);
    int front = entryAt(low);
    for (int entry = front; entry >= last; entry -= RowTable.ENTRY_BYTES) {
      long number = (long) LONGS.get(array, entry);
      swap(array, entry, number, front);
      front -= number < pivot ? RowTable.ENTRY_BYTES : 0;
    }
    return (firstEntry - front) / RowTable.ENTRY_BYTES;
  }

  /** {@return the first that is not} Moves numbers equal to the pivot to the front. */
  private int moveEqual(int low, int high, long pivot) {
    byte[] array = bytes;
    int last = entryAt(high - 1);
    int front = entryAt(low);
    for (int entry = front; entry >= last; entry -= RowTable.ENTRY_BYTES) {
      long number = (long) LONGS.get(array, entry);
      swap(array, entry, number, front);
      front -= number == pivot ? RowTable.ENTRY_BYTES : 0;
    }
    return (firstEntry - front) / RowTable.ENTRY_BYTES;
  }

  private static void swap(byte[] array, int entry, long number, int other) {
    int row = (int) INTS.get(array, entry + RowTable.ENTRY_OFFSET_AT);
    LONGS.set(array, entry, (long) LONGS.get(array, other));
    INTS.set(
        array,
        entry + RowTable.ENTRY_OFFSET_AT,
        (int) INTS.get(array, other + RowTable.ENTRY_OFFSET_AT));
    LONGS.set(array, other, number);
    INTS.set(array, other + RowTable.ENTRY_OFFSET_AT, row);
  }

  /** Insertion sort; equal numbers are settled by the rows. */
  private void sortFew(int low, int high, int reached) {
    byte[] array = bytes;
    int first = entryAt(low);
    int last = entryAt(high - 1);
    for (int entry = first - RowTable.ENTRY_BYTES; entry >= last; entry -= RowTable.ENTRY_BYTES) {
      long number = (long) LONGS.get(array, entry);
      int row = row(entry);
      int hole = entry;
      while (hole < first && isLess(number, row, hole + RowTable.ENTRY_BYTES, reached)) {
        int before = hole + RowTable.ENTRY_BYTES;
        LONGS.set(array, hole, (long) LONGS.get(array, before));
        INTS.set(array, hole + RowTable.ENTRY_OFFSET_AT, row(before));
        hole = before;
      }
      LONGS.set(array, hole, number);
      INTS.set(array, hole + RowTable.ENTRY_OFFSET_AT, row);
    }
  }

  private boolean isLess(long number, int row, int entry, int reached) {
    long other = (long) LONGS.get(bytes, entry);
    return number < other
        || (number == other && reached != BY_SEQUENCE && isLessFrom(reached, row, row(entry)));
  }

  /** Compares rows that agree up to a depth, or end before it and agree. */
  private boolean isLessFrom(int depth, int rowA, int rowB) {
    int lengthA = Varint.getInt(bytes, rowA);
    int keyA = rowA + Varint.sizeBytes(lengthA);
    int lengthB = Varint.getInt(bytes, rowB);
    int keyB = rowB + Varint.sizeBytes(lengthB);
    int from = Math.min(depth, Math.min(lengthA, lengthB));
    int order =
        Arrays.compareUnsigned(
            bytes, keyA + from, keyA + lengthA, bytes, keyB + from, keyB + lengthB);
    return order < 0
        || (order == 0 && RowTable.sequenceAt(bytes, rowA) < RowTable.sequenceAt(bytes, rowB));
  }

  private int entryAt(int i) {
    return firstEntry - RowTable.ENTRY_BYTES * i;
  }

  private long number(int i) {
    return (long) LONGS.get(bytes, entryAt(i));
  }

  private int row(int entry) {
    return (int) INTS.get(bytes, entry + RowTable.ENTRY_OFFSET_AT);
  }
}
