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
  private static final long STOP_SECONDS = 60;

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
      throw new GrantStoreException(Reason.IO, "load failed: " + e, e);
    }
    RocksBulkLoad load = new RocksBulkLoad(row, options, gate, handles, writes, folder, siblings);
    siblings.add(load);
    return load;
  }

  @Override
  public synchronized BulkPart openPart() {
    requireFilling();
    partsOpen++;
    return new RocksBulkPart(this, collector, row.number(), partsOpened++);
  }

  @Override
  public SyncRun commit(Instant endedAt) {
    Objects.requireNonNull(endedAt, "endedAt");
    gate.enter();
    try {
      startCommitting();
      collector.awaitSorted();
      BulkMerge merge = new BulkMerge(handles, collector, folder, threads, workers);
      merge.write();
      SyncRun sealed = ingest(merge, endedAt);
      return sealed;
    } catch (IOException e) {
      throw new GrantStoreException(Reason.IO, "load failed: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GrantStoreException(Reason.TIMEOUT, "load was interrupted", e);
    } finally {
      gate.exit();
      close();
    }
  }

  /** Gives up what is left; after a commit, only temporary things are. */
  @Override
  public synchronized void close() {
    if (state == State.ENDED) {
      return;
    }
    state = State.ENDED;
    try {
      stop(workers);
      collector.close();
      StoreFolder.deleteTree(folder);
    } catch (IOException e) {
      throw new GrantStoreException(Reason.IO, "load's files could not be removed: " + e, e);
    } finally {
      writes.unreserve(row.run().id());
      siblings.remove(this);
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

  private SyncRun ingest(BulkMerge merge, Instant endedAt) {
    writes.beginIngest(row);
    try {
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

  private static void stop(ExecutorService workers) {
    workers.shutdownNow();
    try {
      if (!workers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a load's worker does not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
