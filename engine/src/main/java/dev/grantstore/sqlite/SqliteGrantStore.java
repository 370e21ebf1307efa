package dev.grantstore.sqlite;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.Grant;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Ids;
import dev.grantstore.Reason;
import dev.grantstore.StoreStats;
import dev.grantstore.SyncRun;
import dev.grantstore.keyvalue.Batches;
import dev.grantstore.keyvalue.Children;
import dev.grantstore.keyvalue.Closing;
import dev.grantstore.keyvalue.FileErrors;
import dev.grantstore.keyvalue.GatedReader;
import dev.grantstore.keyvalue.OperationGate;
import dev.grantstore.keyvalue.SyncCatalog;
import dev.grantstore.keyvalue.SyncLoad;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The SQLite engine behind the contract: lets calls in, and gives them to reads and writes. */
final class SqliteGrantStore extends GatedReader implements GrantStore {
  private final OperationGate gate;
  private final SessionPool pool;
  private final Supplier<SyncCatalog> catalog;
  private final @Nullable SqliteWrites writes;
  private final Children children;
  private final SqliteFigures figures;
  private final SqliteFolder folder;
  private final UUID identity;

  private SqliteGrantStore(
      OperationGate gate,
      SqliteReads reads,
      SessionPool pool,
      Supplier<SyncCatalog> catalog,
      @Nullable SqliteWrites writes,
      Children children,
      SqliteFigures figures,
      SqliteFolder folder,
      UUID identity) {
    super(gate, reads);
    this.gate = gate;
    this.pool = pool;
    this.catalog = catalog;
    this.writes = writes;
    this.children = children;
    this.figures = figures;
    this.folder = folder;
    this.identity = identity;
  }

  /** Takes ownership of the writes and the folder. */
  static SqliteGrantStore forWriting(
      Database database, SqliteWrites writes, SqliteFolder folder, UUID identity) {
    SessionPool pool = new SessionPool(database);
    return over(database, pool, writes::catalog, writes, folder, identity);
  }

  /** Takes ownership of the folder. */
  static SqliteGrantStore forReading(
      Database database, SyncCatalog catalog, SqliteFolder folder, UUID identity) {
    return over(database, new SessionPool(database), () -> catalog, null, folder, identity);
  }

  private static SqliteGrantStore over(
      Database database,
      SessionPool pool,
      Supplier<SyncCatalog> catalog,
      @Nullable SqliteWrites writes,
      SqliteFolder folder,
      UUID identity) {
    Children children = new Children();
    return new SqliteGrantStore(
        new OperationGate("store"),
        new SqliteReads(pool.brief(), pool, identity, catalog, children),
        pool,
        catalog,
        writes,
        children,
        new SqliteFigures(database),
        folder,
        identity);
  }

  @Override
  public SyncRun startSync(String syncId, String type, Instant startedAt) {
    SyncRun run = SyncRun.open(syncId, type, startedAt);
    return writing(to -> to.startSync(run));
  }

  @Override
  public void putAll(String syncId, Collection<Grant> grants) {
    Ids.checkSyncId(syncId);
    Collection<Grant> last = Batches.lastOfEach(grants);
    writing(
        to -> {
          to.putAll(syncId, last);
          return to;
        });
  }

  @Override
  public void deleteAll(String syncId, Collection<String> grantIds) {
    Ids.checkSyncId(syncId);
    Set<String> distinct = Batches.distinct(grantIds);
    writing(
        to -> {
          to.deleteAll(syncId, distinct);
          return to;
        });
  }

  @Override
  public SyncRun seal(String syncId, Instant endedAt) {
    Ids.checkSyncId(syncId);
    Objects.requireNonNull(endedAt, "endedAt");
    return writing(to -> to.seal(syncId, endedAt));
  }

  @Override
  public void drop(String syncId) {
    Ids.checkSyncId(syncId);
    writing(
        to -> {
          to.drop(syncId);
          return to;
        });
  }

  @Override
  public BulkLoad bulkLoad(String syncId, String type, Instant startedAt, BulkLoadOptions options) {
    Objects.requireNonNull(options, "options");
    SyncRun run = SyncRun.open(syncId, type, startedAt);
    return writing(to -> SyncLoad.begin(run, options, gate, to, folder.path(), children));
  }

  @Override
  public GrantSnapshot snapshot() {
    return gate.call(
        () -> {
          SqliteWrites to = writes;
          return to == null ? takeSnapshot() : to.locked("snapshot failed", this::takeSnapshot);
        });
  }

  @Override
  public void flush() {
    writing(
        to -> {
          to.flush();
          return to;
        });
  }

  /**
   * Flushes and empties SQLite's log, which open cursors and snapshots may keep it from. There is
   * no work in the background to wait for, so the timeout is not used.
   */
  @Override
  public void settle(Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    gate.call(
        () -> {
          SqliteWrites to = writes;
          if (to != null) {
            to.flush();
            to.checkpoint();
          }
          return identity;
        });
  }

  @Override
  public StoreStats stats() {
    return gate.call(this::readFigures);
  }

  /** A second closer waits for the first, so that a store that looks closed is. */
  @Override
  public void close() {
    synchronized (children) {
      if (gate.shut()) {
        List<AutoCloseable> inOrder = new ArrayList<>();
        inOrder.add(children::closeAll);
        inOrder.add(pool);
        SqliteWrites to = writes;
        if (to != null) {
          inOrder.add(to);
        }
        inOrder.add(folder);
        Closing.all(inOrder, "store did not close");
      }
    }
  }

  private SqliteSnapshot takeSnapshot() {
    try {
      return SqliteSnapshot.take(pool, catalog.get(), identity, children);
    } catch (SQLException e) {
      throw SqliteErrors.wrap("snapshot failed", e);
    }
  }

  private StoreStats readFigures() {
    try {
      SessionSource brief = pool.brief();
      Session session = brief.borrow();
      try {
        return figures.read(session, catalog.get());
      } finally {
        brief.giveBack(session);
      }
    } catch (SQLException e) {
      throw SqliteErrors.wrap("statistics failed", e);
    } catch (IOException e) {
      throw FileErrors.wrap("statistics failed", e);
    }
  }

  private <T> T writing(Function<SqliteWrites, T> action) {
    return gate.call(
        () -> {
          SqliteWrites to = writes;
          if (to == null) {
            throw new GrantStoreException(
                Reason.READ_ONLY, "store is open read-only: " + folder.path());
          }
          return action.apply(to);
        });
  }
}
