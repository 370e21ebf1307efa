package dev.grantstore.bench.benchmark;

import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.measure.Operation;
import dev.grantstore.bench.measure.Ticker;
import dev.grantstore.bench.result.CellResult.KeyCount;
import dev.grantstore.bench.result.CellSettings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What {@link MemoryCeiling} has done with less and less memory, once: a bulk load, then snapshots
 * with a cursor each in the middle of the sync, which are held while the same grants are loaded as
 * another sync and while each snapshot is scanned.
 */
final class Burst implements StagedBenchmark {
  static final String NAME = "G8burst";

  private static final int SNAPSHOTS = 4;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "burst";
  }

  @Override
  public String description() {
    return "two bulk loads and four scans of snapshots that are held, as in G8";
  }

  @Override
  public boolean opensStores() {
    return true;
  }

  @Override
  public boolean countsRows() {
    return true;
  }

  @Override
  public void run(Subject subject, CellSettings settings, StagedCell cell, Halt halt) {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      GrantStore store = subject.scratch().open();
      StagedCell.Use use = cell.use();
      Ticker ticker = cell.ticker();
      long start = ticker.nanos();
      load(subject, "", store, pool, halt);
      Deque<AutoCloseable> held = new ArrayDeque<>();
      try {
        for (int i = 0; i < SNAPSHOTS; i++) {
          hold(subject, store, held);
        }
        load(subject, "-again", store, pool, halt);
        for (AutoCloseable each : held) {
          if (each instanceof GrantSnapshot snapshot && !halt.isRequested()) {
            scan(subject, snapshot, halt);
          }
        }
      } finally {
        close(held);
      }
      long nanos = ticker.nanos() - start;
      use.end();
      if (!halt.isRequested()) {
        ListQuestions.verify(name(), store, SyncCheck.scan(subject), halt);
        cell.record("all", nanos, (2L + SNAPSHOTS) * subject.sync().all().rows());
      }
    } finally {
      pool.shutdown();
      subject.scratch().discard();
    }
  }

  private void load(
      Subject subject, String suffix, GrantStore store, ExecutorService pool, Halt halt) {
    BulkWriter writer =
        new BulkWriter(
            subject.grants(),
            BulkWriter.renamed(subject.sync(), subject.syncId() + suffix),
            1,
            pool,
            halt,
            subject.ticker());
    writer
        .write(store)
        .filter(load -> !load.digest().equals(subject.sync().all().digest()))
        .ifPresent(
            load -> {
              throw new WrongAnswerException(
                  name(),
                  "digest of the sealed sync",
                  subject.sync().all().digest().toString(),
                  load.digest().toString());
            });
  }

  /** A snapshot, and a cursor on it that stands in the middle. */
  private static void hold(Subject subject, GrantStore store, Deque<AutoCloseable> held) {
    GrantSnapshot snapshot = store.snapshot();
    held.push(snapshot);
    GrantCursor cursor = snapshot.cursor(new GrantQuery.Scan(subject.syncId()));
    held.push(cursor);
    for (long i = subject.sync().all().rows() / 2; i > 0 && cursor.next(); i--) {}
  }

  private void scan(Subject subject, GrantSnapshot snapshot, Halt halt) {
    ListQuestions scan =
        new ListQuestions(
            name(),
            LookedAt.GRANT_ID,
            snapshot,
            List.of(SyncCheck.scan(subject)),
            KeyCount.NONE,
            halt);
    Operation operation = scan.operation(snapshot);
    long answer = operation.ask(0);
    if (!halt.isRequested() && answer != scan.key().answer(0)) {
      throw new WrongAnswerException(
          name(),
          "scan of a snapshot",
          Long.toHexString(scan.key().answer(0)),
          Long.toHexString(answer));
    }
  }

  private static void close(Deque<AutoCloseable> held) {
    while (!held.isEmpty()) {
      AutoCloseable last = held.pop();
      if (last instanceof GrantCursor cursor) {
        cursor.close();
      } else if (last instanceof GrantSnapshot snapshot) {
        snapshot.close();
      }
    }
  }
}
