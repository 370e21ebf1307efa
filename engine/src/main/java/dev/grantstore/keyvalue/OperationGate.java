package dev.grantstore.keyvalue;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Lets calls in until it is shut, and then waits until the last one is out. Thread-safe.
 *
 * <p>Inside there must be nothing of the caller's own, such as a list that it gave: it could close
 * what it is inside of, and wait for itself.
 *
 * <p>Callers are counted in stripes by thread, so that readers on several cores do not fight for
 * one cache line. A caller first counts itself in and then looks whether the gate is shut; the one
 * who shuts first sets the flag and then reads the counts. Both are sequentially consistent, so
 * either the caller sees the flag or the closer sees the caller.
 */
final class OperationGate {
  private static final int STRIPES = 16;
  private static final int LONGS_PER_CACHE_LINE = 16;
  private static final long WAIT_NANOS = 20_000;

  private final String what;
  private final AtomicLongArray inside = new AtomicLongArray(STRIPES * LONGS_PER_CACHE_LINE);
  private volatile boolean shut;

  /**
   * Opens a gate.
   *
   * @param what what is behind it, for the error
   */
  public OperationGate(String what) {
    this.what = what;
  }

  /**
   * Counts the caller in; every call is followed by {@link #exit} in a finally block.
   *
   * @throws IllegalStateException if the gate is shut
   */
  public void enter() {
    int slot = slot();
    YieldPoint.outside("gate asked");
    inside.getAndIncrement(slot);
    YieldPoint.outside("counted in");
    if (shut) {
      inside.getAndDecrement(slot);
      throw closed();
    }
    YieldPoint.reached("gate entered");
  }

  /**
   * Refuses to go on, within a long call, once somebody waits for it.
   *
   * @throws IllegalStateException if the gate is shut
   */
  public void requireOpen() {
    if (shut) {
      throw closed();
    }
  }

  /** Counts the caller out, on the thread that entered. */
  public void exit() {
    inside.getAndDecrement(slot());
  }

  /**
   * {@return what an action returns that is run inside}
   *
   * @param action what to run; for calls that may cost an object
   * @throws IllegalStateException if the gate is shut
   */
  public <T> T call(Supplier<T> action) {
    enter();
    try {
      return action.get();
    } finally {
      exit();
    }
  }

  /**
   * Refuses all further callers and waits for those inside.
   *
   * @return false if it was shut before
   */
  public boolean shut() {
    synchronized (this) {
      if (shut) {
        return false;
      }
      shut = true;
    }
    YieldPoint.outside("gate shut");
    for (int stripe = 0; stripe < STRIPES; stripe++) {
      while (inside.get(stripe * LONGS_PER_CACHE_LINE) != 0) {
        if (!YieldPoint.waiting()) {
          LockSupport.parkNanos(WAIT_NANOS);
        }
      }
    }
    return true;
  }

  private IllegalStateException closed() {
    return new IllegalStateException(what + " is closed");
  }

  private static int slot() {
    return (int) (Thread.currentThread().getId() % STRIPES) * LONGS_PER_CACHE_LINE;
  }
}
