package dev.grantstore.keyvalue;

import dev.grantstore.Closing;
import dev.grantstore.EntitlementDigests;
import dev.grantstore.GrantSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** All reads through one view that stays as it is, and the catalog of the same moment. */
final class KeyValueSnapshot extends GatedReader implements GrantSnapshot, StoredSyncs {
  private final OperationGate gate;
  private final KeyValueDatabase database;
  private final SyncCatalog catalog;
  private final View view;
  private final Children siblings;
  private final Children cursors;

  private KeyValueSnapshot(
      OperationGate gate,
      KeyValueReads reads,
      Function<String, Optional<EntitlementDigests>> digests,
      KeyValueDatabase database,
      SyncCatalog catalog,
      View view,
      Children siblings,
      Children cursors) {
    super(gate, reads, digests);
    this.gate = gate;
    this.database = database;
    this.catalog = catalog;
    this.view = view;
    this.siblings = siblings;
    this.cursors = cursors;
  }

  /**
   * Takes ownership of the view.
   *
   * @param catalog of the same moment
   * @param reads makes reads of the view, whose cursors are the snapshot's
   * @param digests opens digests, which are the snapshot's too
   */
  static KeyValueSnapshot over(
      KeyValueDatabase database,
      SyncCatalog catalog,
      View view,
      Function<Children, KeyValueReads> reads,
      Function<Children, Function<String, Optional<EntitlementDigests>>> digests,
      Children siblings) {
    Children cursors = new Children();
    KeyValueSnapshot taken =
        new KeyValueSnapshot(
            new OperationGate("snapshot"),
            reads.apply(cursors),
            digests.apply(cursors),
            database,
            catalog,
            view,
            siblings,
            cursors);
    siblings.add(taken);
    return taken;
  }

  @Override
  public <T> T stored(String syncId, Reading<T> reading) {
    gate.enter();
    try {
      return reading.read(catalog.require(syncId), view, gate::requireOpen);
    } catch (Exception e) {
      throw Failures.of(database, "read failed", e);
    } finally {
      gate.exit();
    }
  }

  /** A second closer waits for the first: the store must not go on before the release. */
  @Override
  public synchronized void close() {
    if (gate.shut()) {
      // In this order, each also when the one before failed.
      Closing.all(
          List.<AutoCloseable>of(cursors::closeAll, this::closeView, () -> siblings.remove(this)),
          "snapshot did not close");
    }
  }

  private void closeView() {
    YieldPoint.outside("snapshot ends");
    try {
      view.close();
    } catch (Exception e) {
      throw Failures.of(database, "snapshot did not close", e);
    }
  }
}
