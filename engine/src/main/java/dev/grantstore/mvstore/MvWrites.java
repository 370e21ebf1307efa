package dev.grantstore.mvstore;

import dev.grantstore.ContentDigest;
import dev.grantstore.Durability;
import dev.grantstore.Grant;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.keyvalue.DurableMark;
import dev.grantstore.keyvalue.FileErrors;
import dev.grantstore.keyvalue.LoadTarget;
import dev.grantstore.keyvalue.MergedRows;
import dev.grantstore.keyvalue.SortedSync;
import dev.grantstore.keyvalue.StoreIdentity;
import dev.grantstore.keyvalue.SyncCatalog;
import dev.grantstore.keyvalue.SyncLedger;
import dev.grantstore.keyvalue.YieldPoint;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.mvstore.MVStoreException;
import org.pcollections.PMap;

/**
 * Every write, one after the other under one lock. A write changes the trees, commits them, and
 * then shows readers the view that follows; one that fails before the commit takes its changes
 * back. Callers have entered the gate and checked their arguments.
 *
 * <p>What a commit gives to the system survives a kill; a sync of the file makes it survive power
 * loss. {@link Views} keeps what the last sync left, and {@link Compaction} syncs from time to time
 * where nothing else does, so that it is not kept for ever.
 *
 * <p>After an error in a commit no write is taken any more; reads go on.
 */
final class MvWrites implements LoadTarget, ViewSource, AutoCloseable {
  /** Something that needs the writer's lock. */
  private interface Locked<T> {
    T run() throws IOException;
  }

  /** Something that is done in part if it fails. */
  private interface Work {
    void run() throws IOException;
  }

  /** What a write consists of. */
  private interface Step {
    /** Changes the trees; the catalog after the write. */
    SyncCatalog run();
  }

  /** How much may wait in memory where nothing is promised: as MVStore counts it. */
  private static final int UNSAVED_BYTES = 16 << 20;

  private static final int NO_SYNC = -1;

  private static final String SYNCED = "version ";

  private final MvDatabase database;
  private final DurableMark mark;
  private final UUID store;
  private final TreeChanges changes;
  private final ReentrantLock lock = new ReentrantLock();
  private final SyncLedger syncs;
  private final Views views;
  private final Compaction compaction;

  /** At first too: whoever wrote before may have died without a sync. */
  private boolean dirty = true;

  private volatile boolean failed;

  /** Takes ownership of the database. */
  MvWrites(MvDatabase database, DurableMark mark, UUID store, SyncCatalog catalog) {
    this.database = database;
    this.mark = mark;
    this.store = store;
    changes = new TreeChanges(database);
    syncs = new SyncLedger(catalog);
    views = new Views(database.view(catalog));
    compaction = new Compaction(database, views);
  }

  /**
   * {@return the version as of which everything was synced, as far as the mark says}
   *
   * @param mark read
   */
  static long syncedVersion(DurableMark mark) {
    String note = mark.note().orElse("");
    return note.matches(SYNCED + "\\d{1,18}") ? Long.parseLong(note.substring(SYNCED.length())) : 0;
  }

  @Override
  public View hold() {
    return views.hold();
  }

  SyncRun startSync(SyncRun run) {
    return locked(
        "start failed",
        () -> {
          SyncRow row = syncs.newRow(run);
          write(
              false,
              row.number(),
              () -> {
                changes.makeTrees(row.number());
                changes.putSync(row);
                return syncs.catalog().with(row);
              });
          return run;
        });
  }

  void putAll(String syncId, Collection<Grant> grants) {
    locked(
        "write failed",
        () -> {
          SyncRow row = syncs.requireOpen(syncId);
          return writeContent(
              row,
              () -> {
                for (Grant grant : grants) {
                  deleteIfStored(row.number(), grant.id());
                  changes.put(row.number(), grant);
                }
              });
        });
  }

  void deleteAll(String syncId, Collection<String> grantIds) {
    locked(
        "delete failed",
        () -> {
          SyncRow row = syncs.requireOpen(syncId);
          return writeContent(
              row,
              () -> {
                for (String id : grantIds) {
                  deleteIfStored(row.number(), id);
                }
              });
        });
  }

  SyncRun seal(String syncId, Instant endedAt) {
    return locked(
        "seal failed",
        () -> {
          SyncRow row = syncs.requireOpen(syncId);
          SyncRun sealed = row.run().sealed(endedAt, row.content());
          SyncRow next = new SyncRow(row.number(), sealed, row.content(), false);
          write(
              true,
              row.number(),
              () -> {
                changes.putSync(next);
                return syncs.catalog().with(next);
              });
          syncs.ended(next);
          return sealed;
        });
  }

  void drop(String syncId) {
    locked(
        "drop failed",
        () -> {
          SyncRow row = syncs.catalog().require(syncId);
          write(
              true,
              row.number(),
              () -> {
                changes.deleteSyncRow(syncId);
                return syncs.catalog().without(syncId);
              });
          syncs.ended(row);
          return row;
        });
  }

  @Override
  public SyncRow reserve(SyncRun run) {
    return locked(
        "load failed",
        () -> {
          requireWhole();
          return syncs.reserve(run);
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
   * Appends all rows to new trees, which nobody sees until the sync's row is there; found without
   * it on opening, they are removed. Other writes wait meanwhile, reads do not.
   */
  @Override
  public SyncRun takeIn(SortedSync sync, Instant endedAt) {
    SyncRow row = sync.row();
    return locked(
        "load failed",
        () -> {
          requireWhole();
          boolean written = false;
          try {
            LoadedTrees trees = new LoadedTrees(database, row.number());
            ContentDigest content = new MergedRows(sync).writeTo(trees);
            SyncRun sealed = row.run().sealed(endedAt, content);
            SyncRow next = new SyncRow(row.number(), sealed, content, false);
            write(
                true,
                row.number(),
                () -> {
                  changes.putSync(next);
                  return syncs.catalog().with(next);
                });
            written = true;
            syncs.unreserve(row.run().id());
            return sealed;
          } finally {
            if (!written && !failed) {
              removeLoaded(row.number());
            }
          }
        });
  }

  /**
   * Makes the first write of a store that is new, or of a format that does not name it: from then
   * on it can be told if it is lost or another's.
   */
  void makeFirst() {
    locked(
        "store was not made",
        () -> {
          write(
              true,
              NO_SYNC,
              () -> {
                changes.putMeta(MetaKeys.identity(), StoreIdentity.encode(store));
                return syncs.catalog().next();
              });
          writeMark();
          return mark;
        });
  }

  /** Makes everything that was written survive power loss. */
  void flush() {
    locked(
        "flush failed",
        () -> {
          makeDurable();
          return mark;
        });
  }

  /** Makes everything survive power loss, and the file smaller, as far as the time allows. */
  void compact(Duration timeout) {
    locked(
        "compaction failed",
        () -> {
          makeDurable();
          whole(() -> compaction.run(timeout));
          return mark;
        });
  }

  /** Makes what was written durable, as far as it can be, and ends the database. */
  @Override
  public void close() {
    boolean whole = false;
    try {
      if (!failed) {
        end();
      }
      whole = !failed;
    } finally {
      views.release();
      if (whole) {
        database.close();
      } else {
        database.abandon();
      }
    }
  }

  private void end() {
    locked(
        "store did not close",
        () -> {
          makeDurable();
          mark.end();
          return mark;
        });
  }

  private <T> T locked(String doing, Locked<T> action) {
    YieldPoint.lock(lock);
    // MVStore waits for locks of its own, and an interrupt would fail it.
    boolean interrupted = Thread.interrupted();
    try {
      YieldPoint.reached("lock taken");
      return action.run();
    } catch (MVStoreException e) {
      throw MvErrors.wrap(doing, e);
    } catch (IOException e) {
      throw FileErrors.wrap(doing, e);
    } finally {
      changes.clear();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      lock.unlock();
    }
  }

  private void deleteIfStored(int sync, String grantId) {
    Optional<Grant> stored =
        MvReads.grant(Tree.now(database.map(Keyspace.GRANTS, sync)), sync, grantId);
    if (stored.isPresent()) {
      changes.delete(sync, stored.get());
    }
  }

  /** Writes rows of an open sync, and what it holds then. */
  private SyncRow writeContent(SyncRow row, Runnable rows) throws IOException {
    ContentDigest before = row.content();
    SyncRow[] next = new SyncRow[1];
    write(
        false,
        row.number(),
        () -> {
          rows.run();
          next[0] = row.withContent(before.plus(changes.added()));
          changes.putSync(next[0]);
          return syncs.catalog().next();
        });
    syncs.stored(next[0]);
    return next[0];
  }

  /** Makes one write, to the trees of one sync at most. */
  private void write(boolean durably, int sync, Step step) throws IOException {
    requireWhole();
    SyncCatalog next = change(step);
    YieldPoint.reached("batch made");
    boolean gone = next.rows().size() < syncs.catalog().rows().size();
    Durability durability = database.options().durability();
    whole(
        () -> {
          if (gone) {
            database.removeTrees(sync);
          }
          if (durably
              || durability != Durability.BULK
              || database.store().getUnsavedMemory() > UNSAVED_BYTES) {
            database.commit();
          }
          YieldPoint.reached("batch committed");
          if (durably || durability == Durability.SYNC) {
            database.force();
          }
          dirty = !durably;
          syncs.show(next);
          views.show(viewAfter(next, sync, gone));
        });
    if (durably) {
      afterDurableCommit();
    } else if (durability == Durability.SYNC) {
      views.shownIsDurable();
    }
    if (compaction.isDue()) {
      upkeep();
    }
  }

  private SyncCatalog change(Step step) throws IOException {
    boolean done = false;
    try {
      SyncCatalog next = step.run();
      changes.putMeta(MetaKeys.commit(), next.commitValue());
      changes.putMeta(MetaKeys.nextSync(), next.nextNumberValue());
      done = true;
      return next;
    } finally {
      if (!done) {
        // What cannot be taken back must not be committed either.
        whole(changes::undo);
      }
    }
  }

  private View viewAfter(SyncCatalog next, int sync, boolean gone) {
    PMap<Integer, Map<Keyspace, Tree>> trees = views.shown().trees();
    if (gone) {
      trees = trees.minus(sync);
    } else if (sync != NO_SYNC) {
      trees = trees.plus(sync, database.trees(sync));
    }
    return new View(database.store(), next, trees);
  }

  /** What was committed stands, whatever fails here: it must not be reported as undone. */
  private void afterDurableCommit() {
    views.shownIsDurable();
    try {
      writeMark();
    } catch (IOException e) {
      // The older mark is still a lower bound; flush and close write it again, and tell.
      dirty = true;
    }
  }

  private void makeDurable() throws IOException {
    requireWhole();
    if (dirty) {
      whole(
          () -> {
            database.commit();
            database.force();
          });
      views.show(views.shown().again());
      views.shownIsDurable();
    }
    writeMark();
    dirty = false;
  }

  private void writeMark() throws IOException {
    YieldPoint.reached("commit durable");
    mark.write(store, syncs.catalog().commit(), SYNCED + database.version());
  }

  /** A failure here is no failure of the write before, which stands: the next write tells. */
  private void upkeep() {
    try {
      whole(compaction::runOnce);
    } catch (IOException | MVStoreException e) {
      // The next write tells that this store takes no more.
    }
  }

  private void removeLoaded(int sync) throws IOException {
    whole(
        () -> {
          database.removeTrees(sync);
          database.commit();
          dirty = true;
        });
  }

  /** Does what cannot be done in part: after an error in it no write is taken any more. */
  private void whole(Work work) throws IOException {
    boolean done = false;
    try {
      work.run();
      done = true;
    } finally {
      failed |= !done;
    }
  }

  private void requireWhole() {
    if (failed) {
      throw new GrantStoreException(
          Reason.IO, "a write failed earlier; reopen the store to write again");
    }
  }
}
