package dev.grantstore.rocksdb;

import dev.grantstore.ContentDigest;
import dev.grantstore.Durability;
import dev.grantstore.Grant;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.keyvalue.CrashPoint;
import dev.grantstore.keyvalue.FileErrors;
import dev.grantstore.keyvalue.SyncCatalog;
import dev.grantstore.keyvalue.SyncLedger;
import dev.grantstore.keyvalue.YieldPoint;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/**
 * Every write, one after the other under one lock. A write computes the catalog that follows it,
 * writes rows and catalog in one batch, and then shows the new catalog to readers. Callers have
 * entered the gate.
 */
final class RocksWrites implements AutoCloseable {
  /** Something that needs the writer's lock. */
  interface Locked<T> {
    T run() throws RocksDBException, IOException;
  }

  private final RocksHandles handles;
  private final Watermark watermark;
  private final SyncLedger syncs;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Integer> dropped = new HashSet<>();
  private final GrantBatch batch;
  private boolean dirty;
  private volatile boolean failed;

  RocksWrites(RocksHandles handles, Watermark watermark, SyncCatalog catalog) {
    this.handles = handles;
    this.watermark = watermark;
    this.syncs = new SyncLedger(catalog);
    this.batch = new GrantBatch(handles, watermark.store());
  }

  SyncCatalog catalog() {
    return syncs.catalog();
  }

  SyncRun startSync(SyncRun run) {
    return write(
        "start failed",
        () -> {
          SyncRow row = syncs.newRow(run);
          batch.putSync(row);
          commit(catalog().with(row), handles.writeOptions());
          return run;
        });
  }

  /** Puts grants with different ids. */
  void putAll(String syncId, Collection<Grant> grants, RocksReads reads) {
    write(
        "write failed",
        () -> {
          SyncRow row = syncs.requireOpen(syncId);
          for (Grant grant : grants) {
            Optional<Grant> old = reads.stored(row.number(), grant.id());
            YieldPoint.reached("old row read");
            if (old.isPresent()) {
              batch.delete(row.number(), old.get());
            }
            batch.put(row.number(), grant);
          }
          return commitContent(row);
        });
  }

  void deleteAll(String syncId, Collection<String> grantIds, RocksReads reads) {
    write(
        "delete failed",
        () -> {
          SyncRow row = syncs.requireOpen(syncId);
          for (String grantId : grantIds) {
            Optional<Grant> stored = reads.stored(row.number(), grantId);
            YieldPoint.reached("old row read");
            if (stored.isPresent()) {
              batch.delete(row.number(), stored.get());
            }
          }
          return commitContent(row);
        });
  }

  SyncRun seal(String syncId, Instant endedAt) {
    Objects.requireNonNull(endedAt, "endedAt");
    return write(
        "seal failed",
        () -> {
          SyncRow row = syncs.requireOpen(syncId);
          SyncRun sealed = row.run().sealed(endedAt, row.content());
          SyncRow next = new SyncRow(row.number(), sealed, row.content(), false);
          batch.putSync(next);
          commitDurably(catalog().with(next));
          syncs.ended(next);
          return sealed;
        });
  }

  void drop(String syncId) {
    write(
        "drop failed",
        () -> {
          SyncCatalog before = catalog();
          SyncRow row = before.require(syncId);
          batch.deleteSync(row.number());
          batch.deleteSyncRow(syncId);
          // Readers must not find the sync once its rows may be gone.
          syncs.show(before.without(syncId));
          boolean done = false;
          try {
            commit(catalog(), durably());
            done = true;
          } finally {
            if (!done) {
              syncs.show(before);
            }
          }
          syncs.ended(row);
          dropped.add(row.number());
          afterDurableCommit();
          return row;
        });
  }

  /** Gives a load its number, and keeps its id from being started or loaded by others. */
  SyncRow reserve(SyncRun run) {
    return write("load failed", () -> syncs.reserve(run));
  }

  void unreserve(String syncId) {
    locked(
        "load failed",
        () -> {
          syncs.unreserve(syncId);
          return syncId;
        });
  }

  /** Writes that a load is about to ingest, durably. */
  void beginIngest(SyncRow row) {
    write(
        "load failed",
        () -> {
          batch.putSync(row);
          commitDurably(catalog().with(row));
          return row;
        });
  }

  /** Shows an ingested sync, sealed. */
  SyncRun finishIngest(SyncRow row, Instant endedAt, ContentDigest content) {
    return write(
        "load failed",
        () -> {
          SyncRun sealed = row.run().sealed(endedAt, content);
          SyncRow next = new SyncRow(row.number(), sealed, content, false);
          batch.putSync(next);
          commitDurably(catalog().with(next));
          syncs.unreserve(row.run().id());
          return sealed;
        });
  }

  /** Removes the rows and the mark of a load that did not finish. */
  void undoIngest(SyncRow row) {
    write(
        "load could not be undone",
        () -> {
          batch.deleteSync(row.number());
          batch.deleteSyncRow(row.run().id());
          syncs.show(catalog().without(row.run().id()));
          commitDurably(catalog());
          dropped.add(row.number());
          return row;
        });
  }

  /** Keeps readers from a sync that may be gone when the store is opened again. */
  void hide(SyncRow row) {
    locked(
        "load failed",
        () -> {
          syncs.show(catalog().hiding(row.run().id()));
          return row;
        });
  }

  void flush() {
    write(
        "flush failed",
        () -> {
          makeDurable();
          return dirty;
        });
  }

  /**
   * Makes the first write of a store that is new, or of a format that does not name it: from then
   * on its database can be told from another's.
   */
  void makeFirst() {
    write(
        "store was not made",
        () -> {
          // Not a write later: another process may have died here many times.
          commitDurably(catalog());
          watermark.write(catalog().commit());
          return dirty;
        });
  }

  /** Makes everything durable for good, as the last thing done to a store. */
  void end() {
    write(
        "store did not close",
        () -> {
          makeDurable();
          watermark.end();
          return dirty;
        });
  }

  /** The numbers of the syncs dropped since the last time it was asked. */
  List<Integer> takeDropped() {
    return locked(
        "reclaim failed",
        () -> {
          List<Integer> numbers = List.copyOf(dropped);
          dropped.clear();
          return numbers;
        });
  }

  /** Whether a write failed, so that none is taken any more. */
  boolean hasFailed() {
    return failed;
  }

  private <T> T write(String doing, Locked<T> action) {
    return locked(
        doing,
        () -> {
          if (failed) {
            throw new GrantStoreException(
                Reason.IO, doing + ": a write failed earlier; reopen the store to write again");
          }
          return action.run();
        });
  }

  /** Runs something with no write going on. */
  <T> T locked(String doing, Locked<T> action) {
    YieldPoint.lock(lock);
    try {
      YieldPoint.reached("lock taken");
      return action.run();
    } catch (RocksDBException e) {
      throw RocksErrors.wrap(doing, e);
    } catch (IOException e) {
      throw FileErrors.wrap(doing, e);
    } finally {
      batch.clear();
      lock.unlock();
    }
  }

  @Override
  public void close() {
    batch.close();
  }

  private SyncRow commitContent(SyncRow row) throws RocksDBException {
    SyncRow next = row.withContent(row.content().plus(batch.added()));
    batch.putSync(next);
    commit(catalog().next(), handles.writeOptions());
    syncs.stored(next);
    return next;
  }

  /**
   * Writes the batch. A write that fails may still be in the log and come back on reopening, so
   * nothing may be built on top of it: the store takes no further writes.
   */
  private void commit(SyncCatalog next, WriteOptions options) throws RocksDBException {
    try {
      YieldPoint.reached("batch made");
      batch.commit(next, options);
      YieldPoint.reached("batch committed");
    } catch (RocksDBException e) {
      failed = true;
      throw e;
    }
    dirty = true;
    syncs.show(next);
  }

  private void commitDurably(SyncCatalog next) throws RocksDBException {
    commit(next, durably());
    afterDurableCommit();
  }

  private WriteOptions durably() {
    return isLogged() ? handles.durableWrite() : handles.writeOptions();
  }

  private boolean isLogged() {
    return handles.options().durability() != Durability.BULK;
  }

  /** What was committed stands, whatever fails here: it must not be reported as undone. */
  private void afterDurableCommit() throws RocksDBException {
    CrashPoint.reached();
    try {
      YieldPoint.reached("commit durable");
      if (isLogged()) {
        dirty = false;
        watermark.write(catalog().commit());
      } else {
        makeDurable();
      }
    } catch (RocksDBException e) {
      failed = true;
      throw e;
    } catch (IOException e) {
      // The older watermark is still a lower bound; flush and close write it again, and tell.
      dirty = true;
    }
  }

  private void makeDurable() throws RocksDBException, IOException {
    if (!dirty) {
      // Background work may have changed the manifest.
      watermark.write(catalog().commit());
      return;
    }
    if (!isLogged()) {
      try (FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
        handles.db().flush(wait, handles.all());
      }
    } else {
      handles.db().syncWal();
    }
    dirty = false;
    YieldPoint.reached("log synced");
    watermark.write(catalog().commit());
  }
}
