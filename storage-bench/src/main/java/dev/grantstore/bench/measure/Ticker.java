package dev.grantstore.bench.measure;

import java.util.concurrent.locks.LockSupport;

/** Tells lanes the time, and lets them wait: the system's, or that of a test. Thread-safe. */
interface Ticker {
  /** Waits longer than this are slept through, all but this much; the rest is spent looking. */
  long SPIN_NANOS = 60_000;

  /** The system's. */
  Ticker SYSTEM =
      new Ticker() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void pause(long leftNanos) {
          if (leftNanos > 2 * SPIN_NANOS) {
            LockSupport.parkNanos(leftNanos - SPIN_NANOS);
          } else {
            Thread.onSpinWait();
          }
        }
      };

  /** {@return nanoseconds since some moment} */
  long nanos();

  /**
   * Lets some time pass, for a wait that looks at the time again and again.
   *
   * @param leftNanos the most, over 0
   */
  void pause(long leftNanos);
}
