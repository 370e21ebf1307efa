package dev.grantstore.keyvalue;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one write go on at a time. What runs under it does so without an interrupt, which is there
 * again afterwards: a database may wait for locks of its own, and an interrupt would fail it.
 */
final class WriterLock {
  /** Something that needs the lock. */
  interface Locked<T> {
    T run() throws Exception;
  }

  /** As {@link Locked}, of something that an interrupt ends. */
  interface Endable<T> {
    /**
     * {@return its outcome}
     *
     * @param interrupted whether the thread was interrupted before it had the lock; one that comes
     *     later is to be seen as always
     */
    T run(boolean interrupted) throws Exception;
  }

  private final KeyValueDatabase database;
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * Makes one.
   *
   * @param database says what its errors mean
   */
  WriterLock(KeyValueDatabase database) {
    this.database = database;
  }

  /** Runs something with no write going on; waits through interrupts. */
  <T> T run(String doing, Endable<T> action) {
    YieldPoint.lock(lock);
    boolean interrupted = Thread.interrupted();
    try {
      YieldPoint.reached("lock taken");
      return action.run(interrupted);
    } catch (Exception e) {
      throw Failures.of(database, doing, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      lock.unlock();
    }
  }
}
