package dev.grantstore.packed;

import org.jspecify.annotations.Nullable;

/** What a page counts its times in: the coarsest unit that they are whole in. */
enum TimeUnits {
  /** Whole seconds. */
  SECONDS(1_000_000_000),
  /** Milliseconds. */
  MILLIS(1_000_000),
  /** Microseconds. */
  MICROS(1_000),
  /** Nanoseconds. */
  NANOS(1),
  /** Seconds and nanoseconds, each for itself: too far from 1970 for a count. */
  APART(0);

  private static final TimeUnits[] ALL = values();
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** So many seconds before or after 1970 can be counted in nanoseconds. */
  private static final long MOST_SECONDS = 4_000_000_000L;

  private final int nanos;

  TimeUnits(int nanos) {
    this.nanos = nanos;
  }

  /** {@return the unit of that number, or null} */
  static @Nullable TimeUnits numbered(int number) {
    return number < ALL.length ? ALL[number] : null;
  }

  static TimeUnits of(long[] seconds, int[] nanos, int count) {
    int unit = 0;
    for (int i = 0; i < count; i++) {
      if (seconds[i] > MOST_SECONDS || seconds[i] < -MOST_SECONDS) {
        return APART;
      }
      while (nanos[i] % ALL[unit].nanos != 0) {
        unit++;
      }
    }
    return ALL[unit];
  }

  long count(long seconds, int nano) {
    return seconds * perSecond() + nano / nanos;
  }

  long seconds(long count) {
    return Math.floorDiv(count, perSecond());
  }

  int nanos(long count) {
    return (int) Math.floorMod(count, perSecond()) * nanos;
  }

  private long perSecond() {
    return NANOS_PER_SECOND / nanos;
  }
}
