package dev.grantstore.sort;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Caches in the entries of a group of rows a number each, which compares as their keys do as far as
 * it reaches, and leaves out what all keys of the group have in common.
 *
 * <p>Up to the length of the shortest key, of each byte only the bits from the highest down that
 * differs anywhere in the group are taken: none of a constant byte, four of a decimal digit. From
 * there on, whole bytes are taken in nine bits, zero if the key has ended. As many bytes are taken
 * as fit in 63 bits, so one number often tells all rows of a buffer apart, though their keys agree
 * in most bytes. Numbers are not negative. If two are equal, the keys are equal up to the depth
 * that {@link #load} returns, or both end before it and are equal.
 */
final class KeyProjection {
  /** Of smaller groups, bytes are taken whole, from the first that differs. */
  static final int MIN_ROWS = 64;

  private static final int WINDOW_LONGS = 16;
  private static final int WINDOW_BYTES = 8 * WINDOW_LONGS;
  private static final int FIRST_LOOK_ROWS = 64;
  private static final int NUMBER_BITS = 63;
  private static final int TAIL_BITS = 9;
  private static final VarHandle BIG_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final RowTable table;
  private final byte[] bytes;

  /** The bits that differ in a window of all keys, counted from the depth. */
  private final long[] differing = new long[WINDOW_LONGS];

  private final int[] positions = new int[NUMBER_BITS];
  private final int[] widths = new int[NUMBER_BITS];
  private int fixed;
  private int tailStart;
  private int tailEnd;
  private int shortest;
  private int longest;

  /** For the rows of one table. */
  KeyProjection(RowTable table) {
    this.table = table;
    bytes = table.bytes();
  }

  /**
   * Caches the numbers of rows {@code low} to {@code high} (exclusive).
   *
   * @param depth how many bytes all their keys are known to have in common
   * @return the depth that the numbers reach to, or {@link RowSort#BY_SEQUENCE} if all keys are
   *     equal; no numbers are cached then
   */
  int load(int low, int high, int depth) {
    if (high - low < MIN_ROWS) {
      int common = commonDepth(low, high, depth);
      choose(common, 0, common);
    } else {
      int start = depth;
      while (!look(low, high, start)) {
        start += WINDOW_BYTES;
      }
      if (fixed == 0 && shortest == longest) {
        return RowSort.BY_SEQUENCE;
      }
    }
    cache(low, high);
    return tailEnd > tailStart ? tailEnd : positions[fixed - 1] + 1;
  }

  /** {@return false if all keys agree in it} Chooses from a window that starts at {@code depth}. */
  private boolean look(int low, int high, int depth) {
    Arrays.fill(differing, 0);
    shortest = Integer.MAX_VALUE;
    longest = 0;
    int few = Math.min(high, low + FIRST_LOOK_ROWS);
    int firstLength = Varint.getInt(bytes, table.rowOffset(low));
    int longs = Math.min(WINDOW_LONGS, (firstLength - depth + 7) / 8);
    look(low, low, few, depth, longs);
    if (choose(depth, longs, shortest)) {
      longs = (positions[fixed - 1] - depth) / 8 + 1;
    }
    look(low, few, high, depth, longs);
    choose(depth, longs, shortest);
    return fixed > 0 || tailEnd > tailStart;
  }

  /** {@return how many bytes the keys have in common} */
  private int commonDepth(int low, int high, int depth) {
    byte[] array = bytes;
    int row = table.rowOffset(low);
    int common = Varint.getInt(array, row);
    int first = row + Varint.sizeBytes(common);
    for (int i = low + 1; i < high; i++) {
      row = table.rowOffset(i);
      int keyLength = Varint.getInt(array, row);
      int key = row + Varint.sizeBytes(keyLength);
      int end = Math.min(common, keyLength);
      int same = Arrays.mismatch(array, first + depth, first + end, array, key + depth, key + end);
      common = same < 0 ? end : depth + same;
    }
    return common;
  }

  /**
   * Windows may reach beyond their keys: what stands there is never chosen, and after the last row
   * the array has the entries of a group of {@link #MIN_ROWS}.
   */
  private void look(int first, int low, int high, int depth, int longs) {
    byte[] array = bytes;
    int firstRow = table.rowOffset(first);
    int firstAt = firstRow + Varint.sizeBytes(Varint.getInt(array, firstRow)) + depth;
    for (int i = low; i < high; i++) {
      int row = table.rowOffset(i);
      int keyLength = Varint.getInt(array, row);
      int at = row + Varint.sizeBytes(keyLength) + depth;
      for (int k = 0; k < longs; k++) {
        long a = (long) BIG_ENDIAN.get(array, firstAt + 8 * k);
        differing[k] |= a ^ (long) BIG_ENDIAN.get(array, at + 8 * k);
      }
      shortest = Math.min(shortest, keyLength);
      longest = Math.max(longest, keyLength);
    }
  }

  /**
   * Chooses bits of the window below {@code tail} where keys differ, then bytes from it on.
   *
   * @return whether there are more bits than fit
   */
  private boolean choose(int depth, int longs, int tail) {
    int bits = 0;
    int windowEnd = Math.min(depth + 8 * longs, tail);
    fixed = 0;
    tailStart = tail;
    tailEnd = tail;
    for (int k = 0; k < longs; k++) {
      long rest = differing[k];
      while (rest != 0) {
        int zeros = Long.numberOfLeadingZeros(rest);
        int at = depth + 8 * k + zeros / 8;
        int width = 8 - zeros % 8;
        if (at >= windowEnd) {
          break;
        }
        if (bits + width > NUMBER_BITS) {
          return true;
        }
        positions[fixed] = at;
        widths[fixed] = width;
        fixed++;
        bits += width;
        rest &= (-1L >>> (zeros / 8 * 8)) >>> 8;
      }
    }
    if (windowEnd == tail) {
      tailEnd = tail + (NUMBER_BITS - bits) / TAIL_BITS;
    }
    return false;
  }

  private void cache(int low, int high) {
    byte[] array = bytes;
    int entry = table.entryAt(low);
    for (int i = low; i < high; i++) {
      int row = table.rowOffset(i);
      int keyLength = Varint.getInt(array, row);
      int key = row + Varint.sizeBytes(keyLength);
      long number = 0;
      for (int k = 0; k < fixed; k++) {
        int width = widths[k];
        number = (number << width) | (array[key + positions[k]] & ((1 << width) - 1));
      }
      for (int at = tailStart; at < tailEnd; at++) {
        int part = at < keyLength ? 1 + (array[key + at] & 0xff) : 0;
        number = (number << TAIL_BITS) | part;
      }
      LONGS.set(array, entry, number);
      entry -= RowTable.ENTRY_BYTES;
    }
  }
}
