package dev.grantstore.lmdb;

import dev.grantstore.ContentDigest;
import dev.grantstore.Durability;
import dev.grantstore.Grant;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.keyvalue.CrashPoint;
import dev.grantstore.keyvalue.DurableMark;
import dev.grantstore.keyvalue.FileErrors;
import dev.grantstore.keyvalue.LoadTarget;
import dev.grantstore.keyvalue.MergedRows;
import dev.grantstore.keyvalue.SortedSync;
import dev.grantstore.keyvalue.SyncCatalog;
import dev.grantstore.keyvalue.SyncLedger;
import dev.grantstore.keyvalue.YieldPoint;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.lmdbjava.LmdbException;

/**
 * Every write, one after the other under one lock. A write is one transaction that leads from one
 * catalog to the next, which readers are shown once it is committed. Callers have entered the gate
 * and checked their arguments.
 *
 * <p>A commit that fails for want of room is undone by LMDB, and the next one is tried. When one
 * fails in another way, or what was committed cannot be forced to the disk, nobody knows what is
 * there: the store then takes no further writes. So it does when the file of a commit cannot be
 * made whole.
 */
final class LmdbWrites implements LoadTarget, AutoCloseable {
  /** Something that needs the writer's lock. */
  interface Locked<T> {
    T run() throws IOException;
  }

  /** What a write consists of. */
  private interface Step {
    /** Puts its rows into the batch; the catalog after the write. */
    SyncCatalog run(RowBatch batch) throws IOException;
  }

  /** The grants' rows of a write. */
  private interface Rows {
    /** Puts them into the batch. */
    void put(RowBatch batch);
  }

  private final Database database;
  private final DurableMark mark;
  private final UUID store;
  private final ReentrantLock lock = new ReentrantLock();
  private final SyncLedger syncs;

  /** At first too: whoever wrote before may have died without a sync. */
  private boolean dirty = true;

  /** Whether the write that was made last was committed. */
  private boolean committed;

  private boolean failed;

  LmdbWrites(Database database, DurableMark mark, UUID store, SyncCatalog catalog) {
    this.database = database;
    this.mark = mark;
    this.store = store;
    this.syncs = new SyncLedger(catalog);
  }

  SyncCatalog catalog() {
    return syncs.catalog();
  }

  SyncRun startSync(SyncRun run) {
    return locked(
        "start failed",
        () -> {
          SyncRow row = syncs.newRow(run);
          checkSyncId(run);
          write(
              batch -> {
                batch.putSync(row);
                return catalog().with(row);
              });
          return run;
        });
  }

  /** Puts grants with different ids. */
  void putAll(String syncId, Collection<Grant> grants) {
    locked(
        "write failed",
        () -> {
          SyncRow row = syncs.requireOpen(syncId);
          writeContent(
              row,
              batch -> {
                for (Grant grant : grants) {
                  batch.put(row.number(), grant);
                }
              });
          return row;
        });
  }

  void deleteAll(String syncId, Collection<String> grantIds) {
    locked(
        "delete failed",
        () -> {
          SyncRow row = syncs.requireOpen(syncId);
          writeContent(
              row,
              batch -> {
                for (String id : grantIds) {
                  batch.deleteIfStored(row.number(), id);
                }
              });
          return row;
        });
  }

  SyncRun seal(String syncId, Instant endedAt) {
    return locked(
        "seal failed",
        () -> {
          SyncRow row = syncs.requireOpen(syncId);
          SyncRun sealed = row.run().sealed(endedAt, row.content());
          SyncRow next = new SyncRow(row.number(), sealed, row.content(), false);
          writeDurably(
              batch -> {
                batch.putSync(next);
                return catalog().with(next);
              });
          syncs.ended(next);
          return sealed;
        });
  }

  void drop(String syncId) {
    locked(
        "drop failed",
        () -> {
          SyncCatalog before = catalog();
          SyncRow row = before.require(syncId);
          SyncCatalog after = before.without(syncId);
          requireWhole("drop refused");
          // Readers must not find the sync once its rows may be gone.
          syncs.show(after);
          try {
            write(
                batch -> {
                  batch.deleteSync(row.number(), after.rows().isEmpty());
                  batch.deleteSyncRow(syncId);
                  return after;
                });
          } finally {
            // Once it is committed the sync is gone, whatever failed then.
            if (!committed) {
              syncs.show(before);
            }
          }
          syncs.ended(row);
          makeDurable();
          markDurable();
          return row;
        });
  }

  @Override
  public int longestKeyBytes() {
    return Database.LONGEST_KEY_BYTES;
  }

  @Override
  public SyncRow reserve(SyncRun run) {
    return locked(
        "load failed",
        () -> {
          requireWhole("load failed");
          SyncRow row = syncs.reserve(run);
          try {
            checkSyncId(run);
            return row;
          } catch (GrantStoreException e) {
            syncs.unreserve(run.id());
            throw e;
          }
        });
  }

  @Override
  public void unreserve(String syncId) {
    locked(
        "load failed",
        () -> {
          syncs.unreserve(syncId);
          return syncId;
        });
  }

  /**
   * Writes all rows in one transaction, in the order of their keys. Other writes wait meanwhile,
   * reads do not; LMDB has one writer, so the load's threads have nothing to do here. Up to 512 MiB
   * of pages wait outside the Java heap before LMDB begins to write them.
   */
  @Override
  public SyncRun takeIn(SortedSync sync, Instant endedAt) {
    SyncRow row = sync.row();
    return locked(
        "load failed",
        () -> {
          writeDurably(
              batch -> {
                ContentDigest content = new MergedRows(sync).writeTo(batch);
                SyncRun sealed = row.run().sealed(endedAt, content);
                SyncRow next = new SyncRow(row.number(), sealed, content, false);
                batch.putSync(next);
                return catalog().with(next);
              });
          syncs.unreserve(row.run().id());
          return catalog().require(row.run().id()).run();
        });
  }

  /** Makes the first write of a store that is new, or of a format without a mark. */
  void makeFirst() {
    locked(
        "store was not made",
        () -> {
          write(batch -> catalog().next());
          makeDurable();
          writeMark();
          // The other way round, whoever died between would have lost the mark.
          Schema.setVersion(database);
          finishCommit();
          return database;
        });
  }

  /** Makes everything that was written survive power loss. */
  void flush() {
    locked(
        "flush failed",
        () -> {
          requireWhole("flush failed");
          makeDurable();
          writeMark();
          return database;
        });
  }

  /** Runs something with no write going on. */
  <T> T locked(String doing, Locked<T> action) {
    YieldPoint.lock(lock);
    try {
      YieldPoint.reached("lock taken");
      return action.run();
    } catch (LmdbException | IllegalArgumentException e) {
      throw LmdbErrors.wrap(doing, e, database.file());
    } catch (IOException e) {
      throw FileErrors.wrap(doing, e, database.file());
    } finally {
      lock.unlock();
    }
  }

  /** Makes what was written durable, unless that failed before. */
  @Override
  public void close() {
    locked(
        "store did not close",
        () -> {
          if (!failed) {
            makeDurable();
            writeMark();
            mark.end();
          }
          return database;
        });
  }

  private void checkSyncId(SyncRun run) {
    int bytes = MetaKeys.sync(run.id()).length;
    if (bytes > Database.LONGEST_KEY_BYTES) {
      throw LmdbErrors.tooLong(Keyspace.META.label(), bytes, Database.LONGEST_KEY_BYTES);
    }
  }

  /** Writes rows of an open sync, and what it holds then. */
  private void writeContent(SyncRow row, Rows rows) throws IOException {
    ContentDigest before = row.content();
    ContentDigest added =
        write(
            batch -> {
              rows.put(batch);
              batch.putSync(row.withContent(before.plus(batch.added())));
              return catalog().next();
            });
    syncs.stored(row.withContent(before.plus(added)));
  }

  /** Makes one transaction; what the grants that it put and deleted add up to. */
  private ContentDigest write(Step step) throws IOException {
    committed = false;
    requireWhole("write refused");
    try (RowBatch batch = new RowBatch(database)) {
      SyncCatalog next = step.run(batch);
      batch.putMeta(MetaKeys.commit(), next.commitValue());
      batch.putMeta(MetaKeys.nextSync(), next.nextNumberValue());
      YieldPoint.reached("batch made");
      commit(batch);
      YieldPoint.reached("batch committed");
      CrashPoint.reached();
      dirty |= database.options().durability() != Durability.SYNC;
      syncs.show(next);
      finishCommit();
      return batch.added();
    }
  }

  private void commit(RowBatch batch) {
    try {
      batch.commit();
      committed = true;
    } catch (LmdbException | IllegalArgumentException e) {
      // A disk that is full, and works, has taken nothing of it; else nobody knows what is there.
      failed |= !LmdbErrors.isFull(e, database.file()) || !database.canSync();
      throw e;
    }
  }

  /** What a commit leaves to be done; if that fails the caller does not know what is stored. */
  private void finishCommit() throws IOException {
    boolean done = false;
    try {
      database.noteSize();
      database.lengthen();
      done = true;
    } finally {
      failed |= !done;
    }
  }

  private void writeDurably(Step step) throws IOException {
    write(step);
    makeDurable();
    markDurable();
  }

  private void writeMark() throws IOException {
    YieldPoint.reached("commit durable");
    mark.write(store, catalog().commit(), null);
  }

  private void markDurable() {
    try {
      writeMark();
    } catch (IOException e) {
      // What was committed stands, and the older mark with it; flush and close tell.
      dirty = true;
    }
  }

  private void makeDurable() {
    CrashPoint.reached();
    if (dirty) {
      boolean done = false;
      try {
        database.sync();
        done = true;
        dirty = false;
      } finally {
        failed |= !done;
      }
    }
  }

  private void requireWhole(String doing) {
    if (failed) {
      throw new GrantStoreException(
          Reason.IO, doing + ": a write failed earlier; reopen the store to write again");
    }
  }
}
