package dev.grantstore.packed;

import dev.grantstore.codec.MalformedBytesException;

/** A page's column of times. Immutable. */
final class TimeColumn {
  /** What it takes of the heap. */
  static final int OWN_BYTES = 64;

  private static final int APART_BYTES = Long.BYTES + Integer.BYTES;

  private final byte[] page;
  private final TimeUnits units;
  private final int bits;
  private final long mask;
  private final long min;
  private final long step;
  private final int at;

  private TimeColumn(byte[] page, int from, int end, int count) throws MalformedBytesException {
    this.page = page;
    TimeUnits unit = TimeUnits.numbered(end > from ? PageBytes.u8(page, from) : 0xff);
    int head = unit == TimeUnits.APART ? 1 : 2 + 2 * Long.BYTES;
    if (unit == null || end - from < head) {
      throw new MalformedBytesException("times are cut off or of an unknown unit", from);
    }
    units = unit;
    boolean areApart = unit == TimeUnits.APART;
    bits = areApart ? 0 : PageBytes.u8(page, from + 1);
    mask = PageBytes.mask(Math.min(bits, PageBytes.MOST_BITS));
    min = areApart ? 0 : PageBytes.i64(page, from + 2);
    step = areApart ? 0 : PageBytes.i64(page, from + 2 + Long.BYTES);
    at = from + head;
    long bytes = areApart ? (long) count * APART_BYTES : PageBytes.packedBytes(count, bits);
    if (bits > PageBytes.MOST_BITS || end - at != bytes) {
      throw new MalformedBytesException("times have another length", at);
    }
  }

  /**
   * {@return the column of so many times that stands between two places of a page}
   *
   * @throws MalformedBytesException if none does
   */
  static TimeColumn read(byte[] page, int from, int end, int count) throws MalformedBytesException {
    return new TimeColumn(page, from, end, count);
  }

  /** Writes a column. What is in {@code counts} is lost. */
  static void write(PageOutput out, long[] seconds, int[] nanos, long[] counts, int count) {
    TimeUnits unit = TimeUnits.of(seconds, nanos, count);
    Fit fit = null;
    if (unit != TimeUnits.APART) {
      for (int i = 0; i < count; i++) {
        counts[i] = unit.count(seconds[i], nanos[i]);
      }
      fit = Fit.of(counts, count);
    }
    if (fit == null || fit.bits() > PageBytes.MOST_BITS) {
      out.u8(TimeUnits.APART.number());
      for (int i = 0; i < count; i++) {
        out.i64(seconds[i]);
        out.i32(nanos[i]);
      }
      return;
    }
    out.u8(unit.number());
    out.u8(fit.bits());
    out.i64(fit.min());
    out.i64(fit.step());
    fit.subtractFrom(counts, count);
    out.packed(counts, count, fit.bits());
  }

  TimeUnits units() {
    return units;
  }

  int bits() {
    return bits;
  }

  long min() {
    return min;
  }

  long step() {
    return step;
  }

  /** {@return what is packed of a row's count} */
  long rest(int index) {
    return PageBytes.packed(page, at, index, bits, mask);
  }

  long seconds(int index) {
    return units == TimeUnits.APART
        ? PageBytes.i64(page, at + APART_BYTES * index)
        : units.seconds(count(index));
  }

  /** {@return the nanoseconds within the second; of a damaged page perhaps out of range} */
  int nanos(int index) {
    return units == TimeUnits.APART
        ? PageBytes.i32(page, at + APART_BYTES * index + Long.BYTES)
        : units.nanos(count(index), seconds(index));
  }

  /** {@return a row's time in the column's unit, which is one that counts} */
  long count(int index) {
    return min + index * step + rest(index);
  }
}
