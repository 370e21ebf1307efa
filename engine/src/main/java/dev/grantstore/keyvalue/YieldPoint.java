package dev.grantstore.keyvalue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * The moments between reading something that other threads may change and using it. A test decides
 * at each which thread goes on, so that every interleaving can be had, and had again; an engine of
 * anybody's may have such points. Costs one read of a field, and does nothing, unless somebody
 * listens. Thread-safe.
 */
public final class YieldPoint {
  /** Decides who goes on; told of all threads, it lets those be that are not its own. */
  public interface Listener {
    /**
     * Called at a point within a call that must keep the store from closing until it is done.
     *
     * @param point what was just done, in words
     */
    void reached(String point);

    /**
     * Called at a point of a call that does not keep the store from closing.
     *
     * @param point what was just done, in words
     */
    void outside(String point);

    /**
     * Called by a thread that cannot go on until another one has.
     *
     * @return false if the thread is none of the listener's, and must wait in its own way
     */
    boolean waiting();
  }

  private static volatile @Nullable Listener listener;

  private YieldPoint() {}

  /**
   * Says who decides from now on.
   *
   * @param next who, or null for nobody
   */
  public static void listen(@Nullable Listener next) {
    listener = next;
  }

  /**
   * Says that something was read or done that another thread may see or change before the next
   * step, within a call that keeps the store from closing.
   *
   * @param point what was just done, in words
   */
  public static void reached(String point) {
    Listener now = listener;
    if (now != null) {
      now.reached(point);
    }
  }

  /**
   * As {@link #reached}, of a call that does not keep the store from closing.
   *
   * @param point what was just done, in words
   */
  public static void outside(String point) {
    Listener now = listener;
    if (now != null) {
      now.outside(point);
    }
  }

  /**
   * {@return whether others were let go on; if not, the caller waits in its own way}
   *
   * <p>For loops that wait for another thread, and hold no monitor that it needs.
   */
  public static boolean waiting() {
    Listener now = listener;
    return now != null && now.waiting();
  }

  /**
   * Takes a lock.
   *
   * @param lock held by the caller afterwards
   */
  public static void lock(Lock lock) {
    if (listener == null) {
      lock.lock();
      return;
    }
    while (!lock.tryLock()) {
      if (!waiting()) {
        lock.lock();
        return;
      }
    }
  }

  /**
   * Waits for a latch, through interrupts, which stay for the caller to see.
   *
   * @param latch at zero afterwards
   */
  public static void await(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      if (!waiting()) {
        Uninterrupted.await(latch::await);
      }
    }
  }
}
