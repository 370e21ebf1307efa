package dev.grantstore.bench.benchmark;

import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Puts grants into a sync of its own, in batches at fixed times, until it is closed. When the store
 * is slower than that, the next batch follows at once.
 */
final class PacedWriter implements AutoCloseable {
  static final int BATCH_ROWS = 100;
  static final int GRANTS_PER_SECOND = 10_000;

  private static final String SYNC = "written meanwhile";
  private static final long INTERVAL_NANOS = 1_000_000_000L * BATCH_ROWS / GRANTS_PER_SECOND;

  /** It starts over with these, so that it never runs out of grants. */
  private static final int HELD_ROWS = 100_000;

  private final GrantStore store;
  private final List<Grant> grants;
  private final Thread thread;
  private volatile boolean closing;
  private volatile @Nullable Throwable failure;
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong mostLateNanos = new AtomicLong();
  private final long startedAt = System.nanoTime();

  private PacedWriter(GrantStore store, List<Grant> grants) {
    this.store = store;
    this.grants = grants;
    this.thread = new Thread(this::write, "writer");
  }

  /**
   * What was written.
   *
   * @param grantsPerSecond how many, on average
   * @param mostLateMillis how late the latest batch began
   */
  record Written(double grantsPerSecond, double mostLateMillis) {}

  /** {@return a writer that writes already} */
  static PacedWriter start(GrantStore store, GrantFeed feed) {
    List<Grant> grants = new ArrayList<>();
    feed.part(
        0,
        1,
        grant -> {
          grants.add(grant);
          return grants.size() < HELD_ROWS;
        });
    store.startSync(SYNC, "full", Instant.EPOCH);
    PacedWriter writer = new PacedWriter(store, grants);
    writer.thread.start();
    return writer;
  }

  /** {@return what was written so far} */
  Written written() {
    Throwable thrown = failure;
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
    double seconds = (System.nanoTime() - startedAt) / 1e9;
    return new Written(rows.get() / seconds, mostLateNanos.get() / 1e6);
  }

  private void write() {
    try {
      int from = 0;
      for (long due = System.nanoTime(); !closing; due += INTERVAL_NANOS) {
        waitUntil(due);
        mostLateNanos.accumulateAndGet(System.nanoTime() - due, Math::max);
        int to = Math.min(grants.size(), from + BATCH_ROWS);
        store.putAll(SYNC, grants.subList(from, to));
        rows.addAndGet(to - from);
        from = to == grants.size() ? 0 : to;
      }
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  private void waitUntil(long time) {
    long left = time - System.nanoTime();
    while (left > 0 && !closing) {
      LockSupport.parkNanos(left);
      left = time - System.nanoTime();
    }
  }

  /** Ends the writer and waits for it. */
  @Override
  public void close() {
    closing = true;
    boolean interrupted = false;
    try {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
