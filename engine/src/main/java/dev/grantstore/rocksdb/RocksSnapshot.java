package dev.grantstore.rocksdb;

import dev.grantstore.GrantSnapshot;
import dev.grantstore.keyvalue.Children;
import dev.grantstore.keyvalue.GatedReader;
import dev.grantstore.keyvalue.OperationGate;
import dev.grantstore.keyvalue.SyncCatalog;
import dev.grantstore.keyvalue.YieldPoint;
import java.util.UUID;
import org.rocksdb.ReadOptions;
import org.rocksdb.Snapshot;

/** All reads through one RocksDB snapshot and the catalog of the same moment. */
final class RocksSnapshot extends GatedReader implements GrantSnapshot {
  private final RocksHandles handles;
  private final Snapshot snapshot;
  private final ReadOptions options;
  private final Children siblings;
  private final Children cursors;
  private final OperationGate gate;

  private RocksSnapshot(
      RocksHandles handles,
      Snapshot snapshot,
      ReadOptions options,
      Children siblings,
      Children cursors,
      OperationGate gate,
      RocksReads reads) {
    super(gate, reads);
    this.handles = handles;
    this.snapshot = snapshot;
    this.options = options;
    this.siblings = siblings;
    this.cursors = cursors;
    this.gate = gate;
  }

  /** Takes a snapshot; the caller holds the writer's lock, so that rows and catalog agree. */
  static RocksSnapshot take(
      RocksHandles handles,
      SyncCatalog catalog,
      UUID store,
      Children siblings,
      ThreadLocal<Scratch> scratch) {
    YieldPoint.reached("catalog read");
    Snapshot snapshot = handles.db().getSnapshot();
    YieldPoint.reached("snapshot taken");
    ReadOptions options = new ReadOptions().setSnapshot(snapshot);
    Children cursors = new Children();
    RocksReads reads = new RocksReads(handles, options, store, () -> catalog, cursors, scratch);
    RocksSnapshot taken =
        new RocksSnapshot(
            handles, snapshot, options, siblings, cursors, new OperationGate("snapshot"), reads);
    siblings.add(taken);
    return taken;
  }

  /** A second closer waits for the first: the store must not go on before the release. */
  @Override
  public synchronized void close() {
    if (gate.shut()) {
      cursors.closeAll();
      YieldPoint.outside("snapshot ends");
      options.close();
      handles.db().releaseSnapshot(snapshot);
      snapshot.close();
      siblings.remove(this);
    }
  }
}
