package dev.grantstore.keyvalue;

import dev.grantstore.Bytes;
import dev.grantstore.ContentDigest;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.codec.ValueForm;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Every write, one after the other under one lock. A write computes the catalog that follows it,
 * commits rows and catalog in one batch, and then shows the new catalog to readers. Callers have
 * entered the gate and checked their arguments.
 *
 * <p>What was committed stands, whatever fails after: it must not be reported as undone. Once
 * nobody knows what is stored, no write is taken any more.
 */
final class KeyValueWrites implements LoadTarget {
  /** What a write consists of. */
  interface Step {
    /** Puts its rows into the batch; the catalog after the write. */
    SyncCatalog run() throws Exception;
  }

  /** What a write does to the grants of a sync. */
  interface Change {
    void into(RowWrites rows, int sync) throws Exception;
  }

  private static final int NONE = -1;

  private final KeyValueDatabase database;
  private final RowWrites rows;
  private final SyncLedger syncs;
  private final PackedWrites packing;
  private final WriterLock lock;

  /** At first too: whoever wrote before may have died without a sync. */
  private boolean dirty = true;

  /** Whether the write that was made last was committed. */
  private boolean committed;

  /** Whether a sync failed. */
  private boolean failed;

  private int writtenNumber = NONE;

  KeyValueWrites(KeyValueDatabase database, SyncCatalog catalog) {
    this.database = database;
    lock = new WriterLock(database);
    rows = new RowWrites(database);
    syncs = new SyncLedger(catalog);
    packing = new PackedWrites(database, this, rows, syncs);
  }

  SyncCatalog catalog() {
    return syncs.catalog();
  }

  /** {@return the syncs, none without a resume token whose grants could be seen before} */
  SyncCatalog catalogOfSyncs() {
    return syncs.catalogOfSyncs();
  }

  SyncRun startSync(SyncRun run) {
    return writing(
        "start failed",
        () -> {
          SyncRow row = syncs.newRow(run);
          checkSyncId(run);
          write(
              () -> {
                rows.batch().makeSync(row.number());
                return putSync(row);
              });
          return run;
        });
  }

  /** {@return the row of a sync that may be written} */
  SyncRow requireOpen(String doing, String syncId) {
    return writing(doing, () -> syncs.requireOpen(syncId));
  }

  /** Changes the grants of an open sync, in one write. */
  void change(String doing, String syncId, Change change) {
    change(doing, syncId, Optional.empty(), change);
  }

  /** Changes the grants of an open sync, and its resume token if one is given, in one write. */
  void change(String doing, String syncId, Optional<Bytes> token, Change change) {
    writing(doing, () -> writeContent(syncs.requireOpen(syncId), token, change));
  }

  SyncRun seal(String syncId, Instant endedAt) {
    return writing(
        "seal failed",
        () -> {
          SyncRow row = syncs.requireOpen(syncId);
          SyncRow next =
              row.sealed(endedAt, row.content(), row.needingExpansion(), Optional.empty());
          writeDurably(() -> putSync(next));
          syncs.ended(next);
          return next.run();
        });
  }

  /** {@return the row of a sync, with what it holds now} Within {@link #writing}. */
  SyncRow row(String syncId) {
    return syncs.require(syncId);
  }

  /** Writes rows that change nothing of what a sync holds, durably, within {@link #writing}. */
  void mend(SyncRow row, Change change) throws Exception {
    writeDurably(
        () -> {
          change.into(rows, row.number());
          return catalog().next();
        });
  }

  /** {@return what packs its sealed syncs} */
  PackedWrites packing() {
    return packing;
  }

  SyncRow drop(String syncId) {
    return writing(
        "drop failed",
        () -> {
          SyncRow row = catalog().require(syncId);
          delete(row);
          return row;
        });
  }

  @Override
  public int longestKeyBytes() {
    return database.longestKeyBytes();
  }

  @Override
  public ValueForm valueForm() {
    return database.valueForm();
  }

  @Override
  public SyncRow reserve(SyncRun run) {
    return writing(
        "load failed",
        () -> {
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

  @Override
  public SyncRun takeIn(SortedSync load, Instant endedAt) throws InterruptedException {
    Optional<KeyValueDatabase.Ingest> ingest;
    try {
      ingest = database.prepare(load);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw Failures.of(database, "load failed", e);
    }
    YieldPoint.reached("load prepared");
    return ingest.isPresent() ? takeIn(load.row(), ingest.get(), endedAt) : putAll(load, endedAt);
  }

  /** Puts all rows in one write. Other writes wait meanwhile, reads do not. */
  private SyncRun putAll(SortedSync load, Instant endedAt) {
    SyncRow row = load.row();
    try {
      return writing(
          "load failed",
          () -> {
            writeDurably(
                () -> {
                  rows.batch().makeLoadedSync(row.number());
                  MergedRows merged = new MergedRows(load);
                  ContentDigest content = merged.writeTo(rows.batch()::load);
                  long expanding = merged.expanding();
                  return putSync(row.sealed(endedAt, content, expanding, Optional.empty()));
                });
            syncs.unreserve(row.run().id());
            return catalog().require(row.run().id()).run();
          });
    } catch (RuntimeException | Error e) {
      undo(row, e);
      throw e;
    }
  }

  /**
   * Takes the rows in in several steps. What makes it one is the sync's row: it says LOADING before
   * the first, and SEALED after the last; a reader passes over the former, and opening a store
   * removes what stands under it.
   */
  SyncRun takeIn(SyncRow row, KeyValueDatabase.Ingest ingest, Instant endedAt) {
    try {
      writing(
          "load failed",
          () -> {
            writeDurably(() -> putSync(row));
            return row;
          });
      YieldPoint.reached("load marked");
      try {
        ingest.run();
      } catch (Exception e) {
        throw Failures.of(database, "load failed", e);
      }
      YieldPoint.reached("rows ingested");
      return writing(
          "load failed",
          () -> {
            SyncRow next =
                row.sealed(endedAt, ingest.content(), ingest.needingExpansion(), ingest.packed());
            writeDurably(() -> putSync(next));
            syncs.unreserve(row.run().id());
            return next.run();
          });
    } catch (RuntimeException | Error e) {
      undo(row, e);
      throw e;
    }
  }

  /** Takes back what is there of a load; if that fails too, nobody sees it at least. */
  private void undo(SyncRow row, Throwable because) {
    try {
      if (catalog().rows().containsKey(row.run().id())) {
        undoLoad(row);
      }
    } catch (RuntimeException | Error suppressed) {
      because.addSuppressed(suppressed);
      locked(
          "load failed",
          () -> {
            syncs.show(catalog().hiding(row.run().id()));
            return row;
          });
    }
  }

  /** Removes what loads left that were in progress when the process died. */
  void undoLoads() {
    List<SyncRow> abandoned = catalog().rows().values().stream().filter(SyncRow::loading).toList();
    abandoned.forEach(this::undoLoad);
  }

  private void undoLoad(SyncRow row) {
    writing(
        "load could not be undone",
        () -> {
          delete(row);
          return row;
        });
  }

  /**
   * Makes the first write of a store that is new, or of a format that does not name it: from then
   * on it can be told if it is lost or another's.
   */
  void makeFirst(UUID identity) {
    writing(
        "store was not made",
        () -> {
          // Not a write later: another process may have died here many times.
          SyncCatalog first = catalog().commit() == 0 ? catalog().next() : catalog();
          writeDurably(
              () -> {
                rows.putMeta(MetaKeys.identity(), StoreIdentity.encode(identity));
                return first;
              });
          database.mark(catalog().commit());
          return first;
        });
  }

  /** Makes everything that was written survive power loss. */
  void flush() {
    writing(
        "flush failed",
        () -> {
          makeDurable();
          return lock;
        });
  }

  /** As {@link #flush}, and gives back room as far as the time allows. */
  void compact(Duration timeout) {
    writing(
        "compaction failed",
        () -> {
          makeDurable();
          database.compact(timeout);
          return lock;
        });
  }

  /** As {@link #flush}, as the last thing done to a store, if it can still be written. */
  void end() {
    locked(
        "store did not close",
        () -> {
          if (isWhole()) {
            makeDurable();
            database.end();
          }
          return lock;
        });
  }

  /** Runs something with no write going on, of a store that may still be written. */
  <T> T writing(String doing, WriterLock.Locked<T> action) {
    return writingUnlessEnded(doing, interrupted -> action.run());
  }

  /** As {@link #writing}, of something that an interrupt ends. */
  <T> T writingUnlessEnded(String doing, WriterLock.Endable<T> action) {
    return lock.run(
        doing,
        interrupted -> {
          if (!isWhole()) {
            throw new GrantStoreException(
                Reason.IO, doing + ": a write failed earlier; reopen the store to write again");
          }
          return action.run(interrupted);
        });
  }

  /** Runs something with no write going on. */
  <T> T locked(String doing, WriterLock.Locked<T> action) {
    return lock.run(doing, interrupted -> action.run());
  }

  private void checkSyncId(SyncRun run) {
    rows.checkKey(Keyspace.META, MetaKeys.sync(run.id()).length);
  }

  /** The catalog after a write that puts a sync's row. */
  SyncCatalog putSync(SyncRow row) throws Exception {
    rows.putSync(row);
    return catalog().with(row);
  }

  /** Writes rows of an open sync, and what it holds then. */
  private SyncRow writeContent(SyncRow before, Optional<Bytes> token, Change change)
      throws Exception {
    SyncRow row = token.map(before::resumingAt).orElse(before);
    committed = false;
    try {
      write(
          () -> {
            change.into(rows, row.number());
            SyncRow next = row.plus(rows.added(), rows.expanding());
            rows.putSync(next);
            if (token.isEmpty()) {
              return catalog().next();
            }
            syncs.tokenComes();
            return catalog().with(next);
          });
    } finally {
      syncs.noTokenComes();
      // Once it is committed it counts, whatever failed then.
      if (committed) {
        syncs.stored(row.plus(rows.added(), rows.expanding()));
      }
    }
    return row;
  }

  private void delete(SyncRow row) throws Exception {
    String syncId = row.run().id();
    SyncCatalog before = catalog();
    SyncCatalog after = before.without(syncId);
    // Readers must not find the sync once its rows may be gone.
    syncs.show(after);
    try {
      writeDurably(
          () -> {
            if (row.packed().isPresent() && !row.packed().get().rowsRemain()) {
              rows.batch().deletePages(row.number());
            } else {
              rows.batch().deleteSync(row.number());
            }
            rows.deleteSyncRow(syncId);
            return after;
          });
    } finally {
      // Once it is committed the sync is gone, whatever failed then.
      if (!committed) {
        syncs.show(before);
      }
    }
    syncs.ended(row);
  }

  private void writeDurably(Step step) throws Exception {
    write(step, true);
    CrashPoint.reached();
    sync();
    YieldPoint.reached("commit durable");
    try {
      database.mark(catalog().commit());
    } catch (IOException e) {
      // The older mark is still a lower bound; flush and close write it again, and tell.
    }
  }

  /** Writes, within {@link #writing}. */
  void write(Step step) throws Exception {
    write(step, false);
  }

  private void write(Step step, boolean durably) throws Exception {
    committed = false;
    SyncCatalog next;
    try (Batch batch = database.begin(durably)) {
      rows.into(batch);
      next = step.run();
      rows.putMeta(MetaKeys.commit(), next.commitValue());
      if (next.nextNumber() != writtenNumber) {
        rows.putMeta(MetaKeys.nextSync(), next.nextNumberValue());
      }
      YieldPoint.reached("batch made");
      dirty = !batch.commit();
      committed = true;
      YieldPoint.reached("batch committed");
      CrashPoint.reached();
      writtenNumber = next.nextNumber();
      syncs.show(next);
    }
    database.afterCommit(next.commit());
  }

  /**
   * A second try would succeed and mean nothing: the system forgets pages that it could not write.
   */
  private void sync() throws Exception {
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

  /** Whether it is known what is stored, so that more may be built on it. */
  private boolean isWhole() {
    return !failed && database.isWhole();
  }

  private void makeDurable() throws Exception {
    sync();
    YieldPoint.reached("commit durable");
    // Again, and with its error, if it failed; and the engine's note may be another by now.
    database.mark(catalog().commit());
  }
}
