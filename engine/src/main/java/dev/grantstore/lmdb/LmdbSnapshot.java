package dev.grantstore.lmdb;

import dev.grantstore.GrantSnapshot;
import dev.grantstore.keyvalue.Children;
import dev.grantstore.keyvalue.GatedReader;
import dev.grantstore.keyvalue.OperationGate;
import dev.grantstore.keyvalue.SyncCatalog;
import dev.grantstore.keyvalue.YieldPoint;
import java.util.UUID;

/**
 * All reads through one session, and the catalog of the same moment. Its reads go on one after the
 * other, whatever threads they come from: LMDB's transaction is for one at a time.
 */
final class LmdbSnapshot extends GatedReader implements GrantSnapshot {
  private final OperationGate gate;
  private final Session session;
  private final SessionPool pool;
  private final Children siblings;
  private final Children cursors;

  private LmdbSnapshot(
      OperationGate gate,
      LmdbReads reads,
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
  static LmdbSnapshot take(
      Database database, SessionPool pool, SyncCatalog catalog, UUID store, Children siblings) {
    YieldPoint.reached("catalog read");
    Session session = pool.borrow();
    YieldPoint.reached("snapshot taken");
    Children cursors = new Children();
    LmdbReads reads = new LmdbReads(database, only(session), store, () -> catalog, cursors);
    LmdbSnapshot taken =
        new LmdbSnapshot(new OperationGate("snapshot"), reads, session, pool, siblings, cursors);
    siblings.add(taken);
    return taken;
  }

  /** A second closer waits for the first: the store must not go on before the release. */
  @Override
  public synchronized void close() {
    if (gate.shut()) {
      try {
        cursors.closeAll();
        YieldPoint.outside("snapshot ends");
      } finally {
        try {
          pool.giveBack(session);
        } finally {
          siblings.remove(this);
        }
      }
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
