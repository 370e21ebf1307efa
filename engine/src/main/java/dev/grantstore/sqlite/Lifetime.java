package dev.grantstore.sqlite;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** Lets calls in until it has ended, and then waits until the last one is out. Thread-safe. */
final class Lifetime {
  private final String what;
  private final ReentrantReadWriteLock calls = new ReentrantReadWriteLock();
  private boolean ended;

  Lifetime(String what) {
    this.what = what;
  }

  /** Makes a call inside the lifetime, or refuses it. */
  <T> T call(Supplier<T> action) {
    calls.readLock().lock();
    try {
      if (ended) {
        throw new IllegalStateException(what + " is closed");
      }
      return action.get();
    } finally {
      calls.readLock().unlock();
    }
  }

  /** Refuses all further calls and waits for those inside; false if it had ended before. */
  boolean end() {
    if (calls.getReadHoldCount() > 0) {
      throw new IllegalStateException(what + " cannot be closed from within one of its calls");
    }
    calls.writeLock().lock();
    try {
      boolean first = !ended;
      ended = true;
      return first;
    } finally {
      calls.writeLock().unlock();
    }
  }
}
