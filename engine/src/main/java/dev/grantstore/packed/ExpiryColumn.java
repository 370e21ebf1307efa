package dev.grantstore.packed;

import dev.grantstore.codec.MalformedBytesException;

/** When rows of a page expire, at least one of which does. Immutable. */
final class ExpiryColumn {
  static final int ALL = 1;
  static final int SOME = 2;

  /** What it takes of the heap. */
  static final int OWN_BYTES = 40 + TimeColumn.OWN_BYTES;

  private static final int WORD_BITS = Long.SIZE;

  private final byte[] page;
  private final boolean isOfAll;
  private final int bitsAt;
  private final TimeColumn times;

  private ExpiryColumn(byte[] page, int from, int end, int rows) throws MalformedBytesException {
    this.page = page;
    int which = end > from ? PageBytes.u8(page, from) : 0;
    isOfAll = which == ALL;
    bitsAt = from + 1;
    int timesAt = isOfAll ? bitsAt : bitsAt + (int) PageBytes.packedBytes(rows, 1);
    if ((!isOfAll && which != SOME) || timesAt > end) {
      throw new MalformedBytesException("expiry is cut off or of an unknown form", from);
    }
    int expiring = isOfAll ? rows : ones(rows);
    if (expiring == 0) {
      throw new MalformedBytesException("expiry is of no row", from);
    }
    times = TimeColumn.read(page, timesAt, end, expiring);
  }

  /**
   * {@return the column that stands between two places of a page}
   *
   * @throws MalformedBytesException if something else does
   */
  static ExpiryColumn read(byte[] page, int from, int end, int rows)
      throws MalformedBytesException {
    return new ExpiryColumn(page, from, end, rows);
  }

  boolean isOf(int row) {
    return isOfAll || PageBytes.packed(page, bitsAt, row, 1, 1) != 0;
  }

  /** {@return where the time of a row stands, which must have one} */
  int index(int row) {
    return isOfAll ? row : ones(row);
  }

  TimeColumn times() {
    return times;
  }

  /** {@return how many rows before one expire} */
  private int ones(int before) {
    int ones = 0;
    int row = 0;
    for (; row + WORD_BITS <= before; row += WORD_BITS) {
      ones += Long.bitCount(PageBytes.i64(page, bitsAt + (row >>> 3)));
    }
    long rest = PageBytes.i64(page, bitsAt + (row >>> 3)) & PageBytes.mask(before - row);
    return ones + Long.bitCount(rest);
  }
}
