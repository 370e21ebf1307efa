package dev.grantstore.packed;

import org.jspecify.annotations.Nullable;

/** What a page counts its times in: the coarsest unit that they are whole in. */
enum TimeUnits {
  /** Whole seconds. */
  SECONDS(0, 1_000_000_000),
  /** Milliseconds. */
  MILLIS(1, 1_000_000),
  /** Microseconds. */
  MICROS(2, 1_000),
  /** Nanoseconds. */
  NANOS(3, 1),
  /** Seconds and nanoseconds, each for itself: too far from 1970 for a count. */
  APART(4, 0);

  private static final TimeUnits[] ALL = values();

  /** So many seconds before or after 1970 can be counted in nanoseconds. */
  private static final long MOST_SECONDS = 4_000_000_000L;

  private final int number;
  private final int nanos;
  private final long perSecond;

  TimeUnits(int number, int nanos) {
    this.number = number;
    this.nanos = nanos;
    perSecond = nanos == 0 ? 0 : 1_000_000_000L / nanos;
  }

  /** {@return the unit of that number, or null} */
  static @Nullable TimeUnits numbered(int number) {
    return number < ALL.length ? ALL[number] : null;
  }

  /** {@return the unit of that number, which there is} */
  static TimeUnits of(int number) {
    return ALL[number];
  }

  /** {@return the number that stands for it in a page} */
  int number() {
    return number;
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
    return seconds * perSecond + nano / nanos;
  }

  /** {@return the whole seconds of a count} Divides by what the compiler knows, which is faster. */
  long seconds(long count) {
    return switch (this) {
      case SECONDS -> count;
      case MILLIS -> Math.floorDiv(count, 1_000);
      case MICROS -> Math.floorDiv(count, 1_000_000);
      case NANOS -> Math.floorDiv(count, 1_000_000_000);
      case APART -> throw new AssertionError("times are not counted");
    };
  }

  /** {@return the nanoseconds of a count behind its whole seconds} */
  int nanos(long count, long seconds) {
    return (int) (count - seconds * perSecond) * nanos;
  }
}
