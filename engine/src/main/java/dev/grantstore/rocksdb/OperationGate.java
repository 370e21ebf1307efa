package dev.grantstore.rocksdb;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets calls in until it is shut, and then waits until the last one is out. Thread-safe.
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

  OperationGate(String what) {
    this.what = what;
  }

  /** Counts the caller in; every call is followed by {@link #exit} in a finally block. */
  void enter() {
    int slot = slot();
    inside.getAndIncrement(slot);
    if (shut) {
      inside.getAndDecrement(slot);
      throw closed();
    }
  }

  void exit() {
    inside.getAndDecrement(slot());
  }

  /** Refuses all further callers and waits for those inside; false if it was shut before. */
  boolean shut() {
    synchronized (this) {
      if (shut) {
        return false;
      }
      shut = true;
    }
    for (int stripe = 0; stripe < STRIPES; stripe++) {
      while (inside.get(stripe * LONGS_PER_CACHE_LINE) != 0) {
        LockSupport.parkNanos(WAIT_NANOS);
      }
    }
    return true;
  }

  IllegalStateException closed() {
    return new IllegalStateException(what + " is closed");
  }

  private static int slot() {
    return (int) (Thread.currentThread().getId() % STRIPES) * LONGS_PER_CACHE_LINE;
  }
}
