package dev.grantstore.sqlite;

import dev.grantstore.ContentDigest;
import dev.grantstore.Durability;
import dev.grantstore.Grant;
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
import dev.grantstore.layout.FormatVersion;
import dev.grantstore.layout.MetaKeys;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Every write, one after the other under one lock, on one connection. A write is one transaction
 * that leads from one catalog to the next, which readers are shown once it is committed. Callers
 * have entered the gate and checked their arguments.
 */
final class SqliteWrites implements LoadTarget, AutoCloseable {
  /** Something that needs the writer's lock. */
  interface Locked<T> {
    T run() throws SQLException, IOException;
  }

  /** What a write consists of. */
  private interface Step {
    /** Puts its rows into the batch; the catalog after the write. */
    SyncCatalog run() throws SQLException, IOException;
  }

  /** The grants' rows of a write. */
  private interface Rows {
    /** Puts them into the batch. */
    void put() throws SQLException;
  }

  /** How often the log's length is looked at before it is as long as it may be, at least. */
  private static final int LOOKS = 8;

  private final Database database;
  private final Connection connection;
  private final Session session;
  private final RowBatch batch;
  private final ReentrantLock lock = new ReentrantLock();
  private final SyncLedger syncs;
  private final DurableMark mark;
  private final LogCopy log;
  private long lookAt;
  private boolean dirty;

  /**
   * Takes ownership of the connection that writes.
   *
   * @param stamp the database file's
   */
  SqliteWrites(
      Database database, Connection connection, Session session, DurableMark mark, int stamp)
      throws SQLException {
    this.database = database;
    this.connection = connection;
    this.session = session;
    this.mark = mark;
    batch = new RowBatch(connection, session);
    syncs = new SyncLedger(SqliteCatalog.read(session));
    log = new LogCopy(connection, mark, Schema.identity(session), database.logPages(), stamp);
  }

  /**
   * Makes the first write of a store that is new, or of a format that has no mark, so that it has
   * one; and ends what another process was at when it died.
   */
  void begin() {
    locked(
        "store was not made",
        () -> {
          if (log.isCopying()) {
            copyNeeded();
          }
          // Whoever wrote it may have died without a sync.
          dirty |= log.isNeeded();
          if (Schema.version(session) < FormatVersion.MARKED) {
            writeDurably(() -> catalog().next());
            log.mark(catalog().commit());
            log.end();
            // The other way round, whoever died between would have lost the mark.
            Schema.setVersion(connection, FormatVersion.CURRENT);
          }
          return session;
        });
  }

  SyncCatalog catalog() {
    return syncs.catalog();
  }

  SyncRun startSync(SyncRun run) {
    return locked(
        "start failed",
        () -> {
          SyncRow row = syncs.newRow(run);
          write(
              () -> {
                batch.putSync(row);
                return catalog().with(row);
              });
          return run;
        });
  }

  void putAll(String syncId, Collection<Grant> grants) {
    locked(
        "write failed",
        () -> {
          SyncRow row = syncs.requireOpen(syncId);
          writeContent(
              row,
              () -> {
                for (Grant grant : grants) {
                  deleteIfStored(row.number(), grant.id());
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
              () -> {
                for (String id : grantIds) {
                  deleteIfStored(row.number(), id);
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
              () -> {
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
          // Readers must not find the sync once its rows may be gone.
          syncs.show(before.without(syncId));
          boolean done = false;
          try {
            writeDurably(
                () -> {
                  batch.deleteSync(row.number());
                  batch.deleteSyncRow(syncId);
                  return catalog();
                });
            done = true;
          } finally {
            if (!done) {
              syncs.show(before);
            }
          }
          syncs.ended(row);
          return row;
        });
  }

  @Override
  public SyncRow reserve(SyncRun run) {
    return locked("load failed", () -> syncs.reserve(run));
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
   * reads do not; SQLite has one writer, so the load's threads have nothing to do here.
   */
  @Override
  public SyncRun takeIn(SortedSync sync, Instant endedAt) {
    SyncRow row = sync.row();
    return locked(
        "load failed",
        () -> {
          writeDurably(
              () -> {
                ContentDigest content = new MergedRows(sync).writeTo(batch);
                SyncRun sealed = row.run().sealed(endedAt, content);
                SyncRow next = new SyncRow(row.number(), sealed, content, false);
                batch.putSync(next);
                return catalog().with(next);
              });
          copyLog(true);
          syncs.unreserve(row.run().id());
          return catalog().require(row.run().id()).run();
        });
  }

  /** Makes everything that was written survive power loss. */
  void flush() {
    locked(
        "flush failed",
        () -> {
          makeDurable();
          return session;
        });
  }

  /** Copies the log into the file, as far as open cursors and snapshots let it, and empties it. */
  void checkpoint() {
    locked(
        "checkpoint failed",
        () -> {
          makeDurable();
          if (!copyNeeded()) {
            // SQLite would copy on, once a reader has gone, and the mark would not know.
            return session;
          }
          long patience = Database.number(connection, "PRAGMA busy_timeout");
          Database.execute(connection, "PRAGMA busy_timeout = 0");
          try {
            Database.execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
          } finally {
            Database.execute(connection, "PRAGMA busy_timeout = " + patience);
          }
          return session;
        });
  }

  /** Runs something with no write going on. */
  <T> T locked(String doing, Locked<T> action) {
    YieldPoint.lock(lock);
    try {
      YieldPoint.reached("lock taken");
      return action.run();
    } catch (SQLException e) {
      throw SqliteErrors.wrap(doing, e);
    } catch (IOException e) {
      throw FileErrors.wrap(doing, e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes what was written durable and closes the connection. A log that was not copied stays, as
   * after a kill.
   */
  @Override
  public void close() throws SQLException {
    boolean copied = false;
    try {
      copied =
          locked(
              "store did not close",
              () -> {
                makeDurable();
                boolean isWhole = copyLog(true);
                mark.end();
                return isWhole;
              });
    } finally {
      if (copied) {
        connection.close();
      } else {
        database.closeKeepingLog(connection);
      }
    }
  }

  private void deleteIfStored(int sync, String grantId) throws SQLException {
    Optional<Grant> stored = session.grant(SqliteReads.grantKey(sync, grantId));
    YieldPoint.reached("old row read");
    if (stored.isPresent()) {
      batch.delete(sync, stored.get());
    }
  }

  /** Writes rows of an open sync, and what it holds then. */
  private void writeContent(SyncRow row, Rows rows) throws SQLException, IOException {
    ContentDigest before = row.content();
    ContentDigest added =
        write(
            () -> {
              rows.put();
              batch.putSync(row.withContent(before.plus(batch.added())));
              return catalog().next();
            });
    syncs.stored(row.withContent(before.plus(added)));
  }

  /** Makes one write; what the grants that it put and deleted add up to. */
  private ContentDigest write(Step step) throws SQLException, IOException {
    ContentDigest added = transact(step);
    lookAtLog();
    return added;
  }

  private void writeDurably(Step step) throws SQLException, IOException {
    transactDurably(step);
    lookAtLog();
  }

  private ContentDigest transact(Step step) throws SQLException, IOException {
    boolean committed = false;
    log.end();
    session.execute("BEGIN IMMEDIATE");
    try {
      SyncCatalog next = step.run();
      batch.flush();
      batch.putMeta(MetaKeys.commit(), next.commitValue());
      batch.putMeta(MetaKeys.nextSync(), next.nextNumberValue());
      YieldPoint.reached("batch made");
      session.execute("COMMIT");
      YieldPoint.reached("batch committed");
      committed = true;
      dirty = database.options().durability() != Durability.SYNC;
      syncs.show(next);
      return batch.added();
    } finally {
      if (!committed) {
        rollBack();
      }
      batch.clear();
    }
  }

  private void transactDurably(Step step) throws SQLException, IOException {
    Database.execute(connection, "PRAGMA synchronous = FULL");
    try {
      transact(step);
      dirty = false;
    } finally {
      Database.execute(connection, "PRAGMA synchronous = " + database.synchronous());
    }
    CrashPoint.reached();
    YieldPoint.reached("commit durable");
    try {
      log.mark(catalog().commit());
    } catch (IOException e) {
      // What was committed stands, and the older mark with it; flush and close tell.
      dirty = true;
    }
  }

  private void makeDurable() throws SQLException, IOException {
    if (dirty) {
      // A commit that syncs the log covers all before it; there is no other way to ask.
      transactDurably(() -> catalog().next());
    }
    // Again, and with its error, if it failed.
    log.mark(catalog().commit());
    dirty = false;
  }

  /** To ask SQLite for the length of its log at every write would cost more than some writes. */
  private void lookAtLog() {
    if (batch.pages() >= lookAt) {
      lookAt = batch.pages() + database.logPages() / LOOKS;
      copyLog(false);
    }
  }

  /**
   * A failure is none of the write before, which is in the log: that stays, and is tried again.
   *
   * @return whether the database has all of the log now
   */
  private boolean copyLog(boolean evenIfShort) {
    try {
      if (evenIfShort || log.isDue()) {
        makeDurable();
        return copyNeeded();
      }
    } catch (SQLException | IOException e) {
      // Until then the mark says that the log is needed.
      lookAt = batch.pages();
    }
    return false;
  }

  /** Whether the database has all of the log now, which is durable. */
  private boolean copyNeeded() throws SQLException, IOException {
    if (!log.isNeeded()) {
      return true;
    }
    int stamp = log.nextStamp();
    transactDurably(
        () -> {
          Schema.setStamp(connection, stamp);
          return catalog().next();
        });
    return log.run(catalog().commit(), stamp);
  }

  private void rollBack() {
    try {
      session.execute("ROLLBACK");
    } catch (SQLException e) {
      // SQLite has rolled back by itself, or the next BEGIN fails; the first error says why.
      dirty = true;
    }
  }
}
