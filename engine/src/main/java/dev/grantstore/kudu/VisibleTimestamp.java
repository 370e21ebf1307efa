package dev.grantstore.kudu;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.keyvalue.YieldPoint;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The timestamp that readers read at, as its writer keeps it: in the control row, which says
 * besides that the writer is alive. A thread writes the row now and then, and moves the timestamp
 * on where nothing is being written, so that it stays within the table's history.
 *
 * <p>Thread-safe. No call to the cluster is waited for with the monitor held: a write may begin,
 * and send its rows, while a sign of life is on its way. It waits for that only to be shown.
 */
final class VisibleTimestamp {
  /** How long the end of a writer waits for a sign of life, and for the row that says so. */
  private static final long ENDING_MILLIS = 3_000;

  private final StoreTable table;
  private final int epoch;
  private final long leaseMillis;
  private final Duration history;
  private final Thread keeper;

  /** Held while a control row is on its way: of two the earlier one could arrive last. */
  private final ReentrantLock row = new ReentrantLock();

  private volatile Moment visible;
  private volatile boolean whole = true;

  /** Whether the cluster has not answered what the keeper asked it last, and when that was. */
  private volatile boolean asks;

  private volatile long askedNanos;

  /** Whether nobody knows if the last control row is there; guarded by the lock. */
  private boolean doubtful;

  /** No timestamp that is shown, or on its way, is newer; guarded by this. */
  private long newest;

  /** Whether rows may be there that are not to be seen; guarded by this. */
  private boolean writing;

  /** Guarded by this. */
  private boolean closed;

  /**
   * Gives no sign of life yet.
   *
   * @param timestamp visible; no rows are above it
   */
  VisibleTimestamp(StoreTable table, int epoch, long timestamp, long leaseMillis) {
    this.table = table;
    this.epoch = epoch;
    this.leaseMillis = leaseMillis;
    history = Duration.ofSeconds(table.historySeconds());
    visible = Moment.at(timestamp, history);
    newest = timestamp;
    keeper = new Thread(this::keep, "grantstore-kudu-" + table.name());
  }

  /** Starts to give signs of life. */
  void start() {
    keeper.setDaemon(true);
    keeper.start();
  }

  Moment moment() {
    return visible;
  }

  /** {@return whether it is known what is stored} Never true again. */
  boolean isWhole() {
    return whole;
  }

  /** Says that nobody knows what is there of some rows; before their write ends. */
  void doubt() {
    whole = false;
  }

  /** {@return what no timestamp is newer than that is shown until the write ends that begins} */
  synchronized long begin() {
    writing = true;
    return newest;
  }

  /** Says that a write has ended, and nothing of it is to be hidden. */
  synchronized void ended() {
    writing = false;
  }

  /**
   * Moves the timestamp behind all rows that were sent.
   *
   * @throws GrantStoreException if a sign of life got no answer: it may still be written, after
   *     this one
   */
  void show() throws Exception {
    row.lock();
    try {
      if (!whole) {
        throw new GrantStoreException(
            Reason.IO, "a sign of life got no answer, so the write is not shown: " + table.name());
      }
      move(next());
    } finally {
      row.unlock();
    }
  }

  /**
   * Gives no sign of life any more, and says so, unless that takes long: then whoever opens the
   * store next waits for the end of the lease.
   *
   * @param state what becomes of the writer
   */
  void end(ControlRow.State state) {
    giveNoSign();
    if (!takeRow()) {
      return;
    }
    try {
      if (!doubtful) {
        long usual = table.cluster().timeoutMillis();
        long timeout = isSilent() ? Math.min(usual, ENDING_MILLIS) : usual;
        Control.write(table, epoch, row(state, visible.timestamp()), timeout);
      }
    } catch (Exception e) {
      // All is durable. Whoever opens the store next waits for the end of the lease, or has it.
    } finally {
      row.unlock();
    }
  }

  /** Ends the thread that says that the writer is alive. */
  synchronized void giveNoSign() {
    closed = true;
    notifyAll();
  }

  /** Whether the cluster did not answer, as far as is known, so that it may not answer now. */
  private boolean isSilent() {
    long nanos = System.nanoTime() - askedNanos;
    return !whole || (asks && nanos > TimeUnit.MILLISECONDS.toNanos(ENDING_MILLIS));
  }

  private boolean takeRow() {
    if (row.tryLock()) {
      return true;
    }
    try {
      return row.tryLock(ENDING_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private synchronized long next() {
    newest = table.cluster().afterAllSeen();
    return newest;
  }

  /** With the lock held. */
  private void move(long timestamp) throws Exception {
    boolean done = false;
    try {
      Control.write(table, epoch, row(ControlRow.State.WRITING, timestamp));
      visible = Moment.at(timestamp, history);
      done = true;
    } finally {
      if (!done) {
        // It may still be written, after later ones: so nothing is written after it until
        // somebody has fenced this writer out.
        doubtful = true;
        whole = false;
      }
    }
  }

  private ControlRow row(ControlRow.State state, long timestamp) {
    return new ControlRow(
        state, timestamp, table.cluster().client().getLastPropagatedTimestamp(), leaseMillis);
  }

  /** Says from time to time that the writer is alive. */
  private void keep() {
    try {
      while (isNext()) {
        renew();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until it is time for a sign of life, or for none any more. */
  private synchronized boolean isNext() throws InterruptedException {
    long start = System.nanoTime();
    long left = leaseMillis / 3;
    while (isAlive() && left > 0) {
      wait(left);
      left = leaseMillis / 3 - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
    return isAlive();
  }

  private void renew() {
    askedNanos = System.nanoTime();
    asks = true;
    try {
      // What this process has seen of the servers' clocks, which the row tells, may be of long ago.
      Control.read(table);
    } catch (Exception e) {
      // The next time, or the next write, tells.
      return;
    }
    asks = false;
    YieldPoint.outside("clocks seen");
    row.lock();
    try {
      YieldPoint.outside("sign of life due");
      OptionalLong timestamp = renewed();
      if (timestamp.isPresent()) {
        move(timestamp.getAsLong());
      }
    } catch (Exception e) {
      // The next write tells.
    } finally {
      row.unlock();
    }
  }

  private synchronized boolean isAlive() {
    return !closed && whole;
  }

  /**
   * What the next sign of life shows, if one is to be given: rows that are sent from now on come
   * after it, and rows that were sent are not to be seen. Whether all is known is asked together
   * with whether somebody writes: a write that fails says first that it is not, and then ends.
   */
  private synchronized OptionalLong renewed() {
    if (!isAlive()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(writing ? visible.timestamp() : next());
  }
}
