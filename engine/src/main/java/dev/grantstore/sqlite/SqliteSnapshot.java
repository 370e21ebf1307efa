package dev.grantstore.sqlite;

import dev.grantstore.GrantSnapshot;
import dev.grantstore.keyvalue.Children;
import dev.grantstore.keyvalue.GatedReader;
import dev.grantstore.keyvalue.OperationGate;
import dev.grantstore.keyvalue.SyncCatalog;
import dev.grantstore.keyvalue.YieldPoint;
import java.sql.SQLException;
import java.util.UUID;

/** All reads through one session that is pinned, and the catalog of the same moment. */
final class SqliteSnapshot extends GatedReader implements GrantSnapshot {
  private final OperationGate gate;
  private final Session session;
  private final SessionPool pool;
  private final Children siblings;
  private final Children cursors;

  private SqliteSnapshot(
      OperationGate gate,
      SqliteReads reads,
      Session session,
      SessionPool pool,
      Children siblings,
      Children cursors) {
    super(gate, reads);
    this.gate = gate;
    this.session = session;
    this.pool = pool;
    this.siblings = siblings;
    this.cursors = cursors;
  }

  /** Takes a snapshot; no write goes on meanwhile, so that rows and catalog agree. */
  static SqliteSnapshot take(SessionPool pool, SyncCatalog catalog, UUID store, Children siblings)
      throws SQLException {
    YieldPoint.reached("catalog read");
    Session session = pool.borrow();
    try {
      synchronized (session) {
        session.pin();
      }
    } catch (SQLException e) {
      pool.giveBack(session);
      throw e;
    }
    YieldPoint.reached("snapshot taken");
    Children cursors = new Children();
    SessionSource own = only(session);
    SqliteReads reads = new SqliteReads(own, own, store, () -> catalog, cursors);
    SqliteSnapshot taken =
        new SqliteSnapshot(new OperationGate("snapshot"), reads, session, pool, siblings, cursors);
    siblings.add(taken);
    return taken;
  }

  /** A second closer waits for the first: the store must not go on before the release. */
  @Override
  public synchronized void close() {
    if (!gate.shut()) {
      return;
    }
    cursors.closeAll();
    YieldPoint.outside("snapshot ends");
    try {
      try {
        synchronized (session) {
          session.unpin();
        }
      } finally {
        pool.giveBack(session);
        siblings.remove(this);
      }
    } catch (SQLException e) {
      throw SqliteErrors.wrap("snapshot did not close", e);
    }
  }

  private static SessionSource only(Session session) {
    return new SessionSource() {
      @Override
      public Session borrow() {
        return session;
      }

      @Override
      public void giveBack(Session lent) {
        // The snapshot keeps it.
      }
    };
  }
}
