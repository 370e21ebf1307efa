package dev.grantstore.kudu;

import java.util.concurrent.TimeUnit;

/**
 * Kudu's timestamps: microseconds since 1970 of the servers' clocks, and a counter in the lowest 12
 * bits. Stateless.
 */
final class Hybrid {
  /** By how much servers' clocks may differ. */
  static final long CLOCKS_MILLIS = 20_000;

  private static final int COUNTER_BITS = 12;

  private Hybrid() {}

  /**
   * {@return the time between two timestamps}
   *
   * @param from the earlier one
   * @param to the later one
   */
  static long millisBetween(long from, long to) {
    return TimeUnit.MICROSECONDS.toMillis((to >>> COUNTER_BITS) - (from >>> COUNTER_BITS));
  }
}
