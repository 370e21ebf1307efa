package dev.grantstore.rocksdb;

import static dev.grantstore.rocksdb.Misuse.check;
import static dev.grantstore.rocksdb.Misuse.filledStore;
import static dev.grantstore.rocksdb.Misuse.scan;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkPart;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.keyvalue.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Calls that race a close: each ends with an answer or as refused. */
final class Races {
  private static final int THREADS = 3;
  private static final int ROUNDS = Boolean.getBoolean("tests.deep") ? 8 : 3;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final AtomicInteger LOADS = new AtomicInteger();

  /** What a thread does again and again until it is refused. */
  interface Work {
    void once(GrantStore store, int thread, int time) throws Exception;
  }

  private Races() {}

  static void readers(Path folder) throws Exception {
    againstClose(folder, (store, thread, time) -> Misuse.readAll(store));
  }

  static void cursors(Path folder) throws Exception {
    againstClose(
        folder,
        (store, thread, time) -> {
          GrantCursor cursor = scan(store);
          while (cursor.next()) {
            check(!cursor.grant().id().isEmpty(), "no id");
          }
          if (time % 2 == 0) {
            cursor.close();
          }
        });
  }

  static void snapshots(Path folder) throws Exception {
    againstClose(
        folder,
        (store, thread, time) -> {
          GrantSnapshot snapshot = store.snapshot();
          Misuse.readAll(snapshot);
          GrantCursor cursor = scan(snapshot);
          check(cursor.next(), "no row");
          snapshot.close();
          Misuse.refuseRows(cursor);
        });
  }

  static void snapshotAgainstItsOwnClose(Path folder) throws Exception {
    try (GrantStore store = filledStore(folder)) {
      for (int round = 0; round < ROUNDS; round++) {
        GrantSnapshot snapshot = store.snapshot();
        Team team = new Team(store, (s, thread, time) -> Misuse.readAll(snapshot));
        team.awaitTurns(1 + round % 4);
        snapshot.close();
        team.join();
      }
      Misuse.readAll(store);
    }
  }

  static void writers(Path folder) throws Exception {
    againstClose(
        folder,
        (store, thread, time) -> {
          store.putAll(Misuse.OPEN, SampleGrants.grants(10 * thread, 10 * thread + 10));
          store.delete(Misuse.OPEN, String.format(Locale.ROOT, "grant-%07d", 10 * thread + 3));
          store.flush();
        });
  }

  static void figuresAndSettling(Path folder) throws Exception {
    againstClose(
        folder,
        (store, thread, time) -> {
          check(store.stats().memoryBytes() > 0, "no memory");
          store.settle(PATIENCE);
        });
  }

  static void closers(Path folder) throws Exception {
    againstClose(
        folder,
        (store, thread, time) -> {
          Misuse.readAll(store);
          store.close();
          Misuse.refuseReads(store);
        });
  }

  static void parts(Path folder) throws Exception {
    againstClose(
        folder,
        (store, thread, time) -> {
          try (BulkLoad load =
              store.bulkLoad("load-" + thread, "full", SampleGrants.STARTED, Misuse.LOAD)) {
            for (int i = 0; i < 5; i++) {
              try (BulkPart part = load.openPart()) {
                SampleGrants.grants(0, 500).forEach(part::add);
              }
            }
          }
        });
  }

  static void commits(Path folder) throws Exception {
    againstClose(
        folder,
        (store, thread, time) -> {
          // As many as threads at once, each time other ones.
          String id = "committed-" + LOADS.incrementAndGet();
          try (BulkLoad load = store.bulkLoad(id, "full", SampleGrants.STARTED, Misuse.LOAD)) {
            try (BulkPart part = load.openPart()) {
              SampleGrants.grants(0, 3_000).forEach(part::add);
            }
            load.commit(SampleGrants.ENDED);
          }
          store.drop(id);
        });
  }

  /** Giving up a load while another thread commits it: one of the two happens, whole. */
  static void commitAgainstItsOwnClose(Path folder) throws Exception {
    try (GrantStore store = filledStore(folder)) {
      SplittableRandom random = new SplittableRandom(5);
      for (int round = 0; round < ROUNDS; round++) {
        String id = "round-" + round;
        BulkLoad load = store.bulkLoad(id, "full", SampleGrants.STARTED, Misuse.LOAD);
        try (BulkPart part = load.openPart()) {
          SampleGrants.grants(0, 3_000).forEach(part::add);
        }
        Team team = new Team(store, 1, (s, thread, time) -> load.commit(SampleGrants.ENDED));
        long deadline = System.nanoTime() + random.nextLong(20_000_000);
        while (System.nanoTime() - deadline < 0) {
          Thread.onSpinWait();
        }
        load.close();
        team.join();
        if (store.sync(id).isPresent()) {
          check(rows(store, id) == 3_000, "half a load");
          store.drop(id);
        } else {
          store.startSync(id, "full", SampleGrants.STARTED);
        }
      }
    }
    StoredRows.assertConsistent(folder);
  }

  /** The load's workers must be gone before the store's native objects are. */
  static void interruptedCommitThenClose(Path folder) throws Exception {
    filledStore(folder).close();
    SplittableRandom random = new SplittableRandom(6);
    for (int round = 0; round < ROUNDS; round++) {
      GrantStore store = Misuse.open(folder, OpenMode.OPEN);
      BulkLoad load = store.bulkLoad("round-" + round, "", SampleGrants.STARTED, Misuse.LOAD);
      try (BulkPart part = load.openPart()) {
        SampleGrants.grants(0, 6_000).forEach(part::add);
      }
      Team team =
          new Team(
              store,
              1,
              (s, thread, time) -> {
                try {
                  load.commit(SampleGrants.ENDED);
                } catch (GrantStoreException e) {
                  check(Thread.currentThread().isInterrupted(), "interrupt was lost");
                }
                s.close();
                Misuse.refuseReads(s);
              });
      long deadline = System.nanoTime() + random.nextLong(30_000_000);
      while (System.nanoTime() - deadline < 0) {
        Thread.onSpinWait();
      }
      team.interrupt();
      team.join();
      store.close();
    }
    StoredRows.assertConsistent(folder);
  }

  private static int rows(GrantStore store, String sync) {
    int rows = 0;
    try (GrantCursor cursor = store.cursor(new dev.grantstore.GrantQuery.Scan(sync))) {
      while (cursor.next()) {
        rows++;
      }
    }
    return rows;
  }

  private static void againstClose(Path folder, Work work) throws Exception {
    filledStore(folder).close();
    for (int round = 0; round < ROUNDS; round++) {
      GrantStore store = Misuse.open(folder, OpenMode.OPEN);
      Team team = new Team(store, work);
      team.awaitTurns(round % 4);
      store.close();
      team.join();
      Misuse.refuseReads(store);
    }
    StoredRows.assertConsistent(folder);
  }

  /** Threads that work until they are refused. */
  private static final class Team {
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Team(GrantStore store, Work work) {
      this(store, THREADS, work);
    }

    Team(GrantStore store, int size, Work work) {
      for (int i = 0; i < size; i++) {
        int number = i;
        Thread thread = new Thread(() -> work(store, number, work), "team-" + i);
        threads.add(thread);
        thread.start();
      }
    }

    void awaitTurns(int wanted) throws Exception {
      Await.until("turns", PATIENCE, () -> turns.get() >= wanted || failure.get() != null);
    }

    void interrupt() {
      threads.forEach(Thread::interrupt);
    }

    void join() throws InterruptedException {
      for (Thread thread : threads) {
        thread.join(PATIENCE.toMillis());
        if (thread.isAlive()) {
          throw new AssertionError("thread hangs: " + List.of(thread.getStackTrace()).toString());
        }
      }
      Throwable failed = failure.get();
      if (failed != null) {
        throw new AssertionError("a thread failed", failed);
      }
    }

    private void work(GrantStore store, int number, Work work) {
      try {
        for (int time = 0; ; time++) {
          work.once(store, number, time);
          turns.incrementAndGet();
        }
      } catch (IllegalStateException e) {
        if (!Misuse.isClosed(e)) {
          failure.compareAndSet(null, e);
        }
      } catch (Throwable e) {
        failure.compareAndSet(null, e);
      } finally {
        turns.addAndGet(ROUNDS);
      }
    }
  }
}
