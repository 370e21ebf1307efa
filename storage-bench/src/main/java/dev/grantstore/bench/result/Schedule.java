package dev.grantstore.bench.result;

/**
 * How well the start times of an open loop were kept.
 *
 * @param ratePerSecond operations per second that were scheduled, all threads together
 * @param scheduled operations whose time came
 * @param late those that began after their time, because the ones before took too long
 * @param mostLateNanos how long the one that began latest had waited
 * @param notBegun operations whose time came and that were not begun when the time was up
 */
public record Schedule(
    double ratePerSecond, long scheduled, long late, long mostLateNanos, long notBegun) {
  /** Over this share of operations not begun the store cannot keep up with the rate. */
  private static final double LIMIT = 0.01;

  /** Checks the bounds. */
  public Schedule {
    Bounds.positive("ratePerSecond", ratePerSecond);
    Bounds.notNegative("scheduled", scheduled);
    Bounds.notNegative("late", late);
    Bounds.notNegative("mostLateNanos", mostLateNanos);
    Bounds.notNegative("notBegun", notBegun);
  }

  /** {@return how long it went on, until the last operation ended} */
  public double seconds() {
    return scheduled / ratePerSecond;
  }

  /**
   * {@return both together}
   *
   * @param other of another thread
   */
  public Schedule and(Schedule other) {
    return new Schedule(
        ratePerSecond + other.ratePerSecond,
        scheduled + other.scheduled,
        late + other.late,
        Math.max(mostLateNanos, other.mostLateNanos),
        notBegun + other.notBegun);
  }

  /** {@return whether the store could not keep up with the rate} */
  public boolean isMissed() {
    return notBegun > LIMIT * scheduled;
  }
}
