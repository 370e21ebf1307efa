package dev.grantstore.keyvalue;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for something to become true, up to a deadline. */
public final class Await {
  private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  /** A condition that may fail to be looked at. */
  public interface Condition {
    /** {@return whether it has come about} */
    boolean isMet() throws Exception;
  }

  private Await() {}

  /**
   * Returns when the condition is met.
   *
   * @param what the condition, for the error
   * @param timeout how long to wait
   * @param condition looked at again and again
   */
  public static void until(String what, Duration timeout, Condition condition) throws Exception {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!condition.isMet()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(
            String.format(Locale.ROOT, "did not come about within %s: %s", timeout, what));
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
