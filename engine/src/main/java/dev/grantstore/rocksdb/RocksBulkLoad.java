package dev.grantstore.rocksdb;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.ContentDigest;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.SyncRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Loads one sync: parts fill buffers, workers sort them into runs, and commit merges the runs into
 * files, ingests them and shows the sync.
 *
 * <p>RocksDB ingests one keyspace at a time. What makes it one step is the sync's row: it says
 * LOADING before the first file goes in, and SEALED after the last; a reader passes over the
 * former, and opening a store removes what stands under it.
 */
final class RocksBulkLoad implements BulkLoad {
  private enum State {
    FILLING,
    COMMITTING,
    ENDED
  }

  private final SyncRow row;
  private final OperationGate gate;
  private final RocksHandles handles;
  private final RocksWrites writes;
  private final Children siblings;
  private final Path folder;
  private final int threads;
  private final ThreadPoolExecutor workers;
  private final RunCollector collector;
  private ContentDigest content = ContentDigest.EMPTY;
  private int partsOpened;
  private int partsOpen;
  private boolean partFailed;
  private volatile State state = State.FILLING;

  private RocksBulkLoad(
      SyncRow row,
      BulkLoadOptions options,
      OperationGate gate,
      RocksHandles handles,
      RocksWrites writes,
      Path folder,
      Children siblings) {
    this.row = row;
    this.gate = gate;
    this.handles = handles;
    this.writes = writes;
    this.folder = folder;
    this.siblings = siblings;
    threads = options.threads();
    workers =
        new ThreadPoolExecutor(
            threads,
            threads,
            1,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(threads),
            new ThreadPoolExecutor.CallerRunsPolicy());
    workers.allowCoreThreadTimeOut(true);
    collector = new RunCollector(folder, options, workers);
  }

  /** Reserves the sync's id and number and makes the load's folder. */
  static RocksBulkLoad begin(
      SyncRun run,
      BulkLoadOptions options,
      OperationGate gate,
      RocksHandles handles,
      RocksWrites writes,
      StoreFolder store,
      Children siblings) {
    SyncRow row = writes.reserve(run);
    Path folder = store.bulk(row.number());
    try {
      Files.createDirectory(folder);
    } catch (IOException e) {
      writes.unreserve(run.id());
      throw RocksErrors.wrap("load failed", e);
    }
    RocksBulkLoad load = new RocksBulkLoad(row, options, gate, handles, writes, folder, siblings);
    siblings.add(load);
    return load;
  }

  @Override
  public synchronized BulkPart openPart() {
    requireFilling();
    if (partsOpened > RocksBulkPart.MAX_ORDINAL) {
      throw new IllegalStateException("too many parts: " + partsOpened);
    }
    partsOpen++;
    return new RocksBulkPart(this, collector, row.number(), partsOpened++);
  }

  @Override
  public SyncRun commit(Instant endedAt) {
    Objects.requireNonNull(endedAt, "endedAt");
    gate.enter();
    try {
      startCommitting();
      SyncRun sealed;
      try {
        sealed = mergeAndIngest(endedAt);
      } catch (RuntimeException | Error e) {
        endAfter(e);
        throw e;
      }
      // The sync is there: what cannot be cleared away now is, on the next opening.
      endAfter(new IllegalStateException("committed"));
      return sealed;
    } finally {
      gate.exit();
    }
  }

  /** Gives up what was not committed; waits for a commit that is under way. */
  @Override
  public synchronized void close() {
    Uninterrupted.await(
        () -> {
          while (state == State.COMMITTING) {
            wait();
          }
        });
    if (state == State.FILLING) {
      state = State.ENDED;
      end();
    }
  }

  void requireFilling() {
    if (state != State.FILLING) {
      throw new IllegalStateException("load is closed or committed");
    }
  }

  boolean isFilling() {
    return state == State.FILLING;
  }

  synchronized void partClosed(ContentDigest added, boolean whole) {
    partsOpen--;
    content = content.plus(added);
    partFailed |= !whole;
  }

  private synchronized void startCommitting() {
    requireFilling();
    if (partsOpen > 0) {
      throw new IllegalStateException("parts are still open: " + partsOpen);
    }
    if (partFailed) {
      throw new IllegalStateException("a part failed; the load cannot be committed");
    }
    state = State.COMMITTING;
  }

  private SyncRun mergeAndIngest(Instant endedAt) {
    try {
      collector.awaitSorted();
      BulkMerge merge = new BulkMerge(handles, collector, folder, threads, workers);
      merge.write();
      return ingest(merge, endedAt);
    } catch (IOException e) {
      throw RocksErrors.wrap("load failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GrantStoreException(Reason.TIMEOUT, "load was interrupted", e);
    }
  }

  private void endAfter(Throwable outcome) {
    try {
      end();
    } catch (RuntimeException e) {
      outcome.addSuppressed(e);
    }
  }

  private synchronized void end() {
    try {
      collector.giveUp();
      stop(workers);
      collector.close();
      CrashPoint.reached();
      StoreFolder.deleteTree(folder);
    } catch (IOException e) {
      throw RocksErrors.wrap("load's files could not be removed", e);
    } finally {
      writes.unreserve(row.run().id());
      siblings.remove(this);
      state = State.ENDED;
      notifyAll();
    }
  }

  private SyncRun ingest(BulkMerge merge, Instant endedAt) {
    try {
      writes.beginIngest(row);
      merge.ingest();
      return writes.finishIngest(row, endedAt, content.minus(merge.supersededContent()));
    } catch (RuntimeException e) {
      try {
        writes.undoIngest(row);
      } catch (RuntimeException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  /** Returns when no worker runs: what they use is about to go, the store's handles too. */
  private static void stop(ExecutorService workers) {
    workers.shutdownNow();
    Uninterrupted.await(
        () -> {
          boolean stopped;
          do {
            stopped = workers.awaitTermination(1, TimeUnit.DAYS);
          } while (!stopped);
        });
  }
}
