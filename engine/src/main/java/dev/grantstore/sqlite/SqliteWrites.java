package dev.grantstore.sqlite;

import dev.grantstore.ContentDigest;
import dev.grantstore.Durability;
import dev.grantstore.Grant;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Ids;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.layout.MetaKeys;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Every write, one after the other under one lock, on one connection. A write is one transaction
 * that leads from one catalog to the next, which readers are shown once it is committed. Callers
 * are within the lifetime and have checked their arguments.
 */
final class SqliteWrites implements AutoCloseable {
  /** Something that needs the writer's lock. */
  interface Locked<T> {
    T run() throws SQLException, IOException;
  }

  /** The rows of a write. */
  private interface Step {
    /** Puts them into the batch; the catalog after the write. */
    SyncCatalog run() throws SQLException, IOException;
  }

  /** The rows of a load. */
  interface LoadedRows {
    /** Puts them into the batch; what they add up to. */
    ContentDigest writeTo(RowBatch batch) throws SQLException, IOException;
  }

  private final Database database;
  private final Connection connection;
  private final Session session;
  private final RowBatch batch;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<String> loading = new HashSet<>();
  private volatile SyncCatalog catalog;
  private boolean dirty;

  /** Takes ownership of the connection that writes. */
  SqliteWrites(Database database, Connection connection, Session session) throws SQLException {
    this.database = database;
    this.connection = connection;
    this.session = session;
    batch = new RowBatch(connection, session);
    catalog = SyncCatalog.read(session);
  }

  SyncCatalog catalog() {
    return catalog;
  }

  SyncRun startSync(SyncRun run) {
    return locked(
        "start failed",
        () -> {
          requireAbsent(run.id());
          SyncRow row = new SyncRow(catalog.nextNumber(), run, ContentDigest.EMPTY, false);
          write(
              () -> {
                batch.putSync(row);
                return catalog.with(row);
              });
          return run;
        });
  }

  void putAll(String syncId, List<Grant> grants) {
    locked(
        "write failed",
        () -> {
          SyncRow row = catalog.requireOpen(syncId);
          write(
              () -> {
                for (Grant grant : grants) {
                  deleteIfStored(row.number(), grant.id());
                  batch.put(row.number(), grant);
                }
                return withContentOf(row);
              });
          return row;
        });
  }

  void deleteAll(String syncId, Collection<String> grantIds) {
    locked(
        "delete failed",
        () -> {
          SyncRow row = catalog.requireOpen(syncId);
          write(
              () -> {
                for (String id : grantIds) {
                  deleteIfStored(row.number(), id);
                }
                return withContentOf(row);
              });
          return row;
        });
  }

  SyncRun seal(String syncId, Instant endedAt) {
    return locked(
        "seal failed",
        () -> {
          SyncRow row = catalog.requireOpen(syncId);
          SyncRun sealed = row.run().sealed(endedAt, row.content());
          SyncRow next = new SyncRow(row.number(), sealed, row.content(), false);
          writeDurably(
              () -> {
                batch.putSync(next);
                return catalog.with(next);
              });
          return sealed;
        });
  }

  void drop(String syncId) {
    locked(
        "drop failed",
        () -> {
          SyncRow row = catalog.require(syncId);
          SyncCatalog before = catalog;
          // Readers must not find the sync once its rows may be gone.
          catalog = before.without(syncId);
          boolean done = false;
          try {
            writeDurably(
                () -> {
                  batch.deleteSync(row.number());
                  batch.deleteSyncRow(syncId);
                  return catalog;
                });
            done = true;
          } finally {
            if (!done) {
              catalog = before;
            }
          }
          return row;
        });
  }

  /** Gives a load its number, and keeps its id from being started or loaded by others. */
  SyncRow reserve(SyncRun run) {
    return locked(
        "load failed",
        () -> {
          requireAbsent(run.id());
          SyncRow row = new SyncRow(catalog.nextNumber(), run, ContentDigest.EMPTY, true);
          catalog = catalog.reserving();
          loading.add(run.id());
          return row;
        });
  }

  void unreserve(String syncId) {
    locked("load failed", () -> loading.remove(syncId));
  }

  /** Writes a whole sync, and shows it, sealed. */
  SyncRun finishLoad(SyncRow row, Instant endedAt, LoadedRows rows) {
    return locked(
        "load failed",
        () -> {
          writeDurably(
              () -> {
                ContentDigest content = rows.writeTo(batch);
                SyncRun sealed = row.run().sealed(endedAt, content);
                SyncRow next = new SyncRow(row.number(), sealed, content, false);
                batch.putSync(next);
                return catalog.with(next);
              });
          return catalog.require(row.run().id()).run();
        });
  }

  /** Makes everything that was written survive power loss. */
  void flush() {
    locked(
        "flush failed",
        () -> {
          if (dirty) {
            // A commit that syncs the log covers all before it; there is no other way to ask.
            writeDurably(() -> catalog.next());
          }
          return catalog;
        });
  }

  /** Copies the log into the file, as far as open cursors and snapshots let it, and empties it. */
  void checkpoint() {
    locked(
        "checkpoint failed",
        () -> {
          long patience = Database.number(connection, "PRAGMA busy_timeout");
          Database.execute(connection, "PRAGMA busy_timeout = 0");
          try {
            Database.execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
          } finally {
            Database.execute(connection, "PRAGMA busy_timeout = " + patience);
          }
          return catalog;
        });
  }

  /** Runs something with no write going on. */
  <T> T locked(String doing, Locked<T> action) {
    lock.lock();
    try {
      return action.run();
    } catch (SQLException e) {
      throw SqliteErrors.wrap(doing, e);
    } catch (IOException e) {
      throw SqliteErrors.wrap(doing, e);
    } finally {
      lock.unlock();
    }
  }

  /** Makes what was written durable and closes the connection. */
  @Override
  public void close() throws SQLException {
    try {
      flush();
    } finally {
      connection.close();
    }
  }

  private void deleteIfStored(int sync, String grantId) throws SQLException {
    Optional<Grant> stored = session.grant(SqliteReads.grantKey(sync, grantId));
    if (stored.isPresent()) {
      batch.delete(sync, stored.get());
    }
  }

  private SyncCatalog withContentOf(SyncRow row) throws SQLException {
    SyncRow next = row.withContent(row.content().plus(batch.added()));
    batch.putSync(next);
    return catalog.with(next);
  }

  private void write(Step step) throws SQLException, IOException {
    boolean committed = false;
    session.execute("BEGIN IMMEDIATE");
    try {
      SyncCatalog next = step.run();
      batch.flush();
      batch.putMeta(MetaKeys.commit(), next.commitValue());
      batch.putMeta(MetaKeys.nextSync(), next.nextNumberValue());
      session.execute("COMMIT");
      committed = true;
      dirty = database.options().durability() != Durability.SYNC;
      catalog = next;
    } finally {
      if (!committed) {
        rollBack();
      }
      batch.clear();
    }
  }

  private void writeDurably(Step step) throws SQLException, IOException {
    Database.execute(connection, "PRAGMA synchronous = FULL");
    try {
      write(step);
      dirty = false;
    } finally {
      Database.execute(connection, "PRAGMA synchronous = " + database.synchronous());
    }
  }

  private void rollBack() {
    try {
      session.execute("ROLLBACK");
    } catch (SQLException e) {
      // SQLite has rolled back by itself, or the next BEGIN fails; the first error says why.
      dirty = true;
    }
  }

  private void requireAbsent(String syncId) {
    if (catalog.rows().containsKey(Ids.checkSyncId(syncId)) || loading.contains(syncId)) {
      throw GrantStoreException.syncExists(syncId);
    }
  }
}
