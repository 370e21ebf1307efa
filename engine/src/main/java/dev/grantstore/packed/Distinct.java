package dev.grantstore.packed;

import java.util.Arrays;

/** The distinct values of a column, in the order in which they come first. One thread. */
final class Distinct {
  private static final int MOST = 0xffff;

  private final Values values = new Values();
  private long[] codes = new long[256];
  private int[] table = new int[512];

  /**
   * Finds them.
   *
   * @param mostBytes what all of them together may have
   * @return false if there are too many, or they have more
   */
  boolean find(Values column, int mostBytes) {
    int count = column.count();
    values.clear();
    if (codes.length < count) {
      codes = new long[2 * count];
    }
    int size = Math.max(16, Integer.highestOneBit(count) << 2);
    if (table.length < size) {
      table = new int[size];
    }
    Arrays.fill(table, 0, size, 0);
    for (int i = 0; i < count; i++) {
      if (i > 0 && column.same(i, i - 1)) {
        codes[i] = codes[i - 1];
      } else {
        int code = code(column, i, size - 1);
        if (code > MOST - 1 || values.heapLength() > mostBytes) {
          return false;
        }
        codes[i] = code;
      }
    }
    return true;
  }

  /** {@return the values found, each once} */
  Values values() {
    return values;
  }

  /** {@return of each value of the column, which of {@link #values} it is} */
  long[] codes() {
    return codes;
  }

  int bits() {
    return Integer.SIZE - Integer.numberOfLeadingZeros(values.count() - 1);
  }

  private int code(Values column, int index, int mask) {
    int start = column.start(index);
    int end = column.end(index);
    for (int slot = column.hash(index) & mask; ; slot = (slot + 1) & mask) {
      int known = table[slot] - 1;
      if (known < 0) {
        values.add(column.heap(), start, end - start);
        table[slot] = values.count();
        return values.count() - 1;
      }
      if (Arrays.equals(
          column.heap(), start, end, values.heap(), values.start(known), values.end(known))) {
        return known;
      }
    }
  }
}
