package dev.grantstore.mvstore;

import dev.grantstore.GrantSnapshot;
import dev.grantstore.keyvalue.Children;
import dev.grantstore.keyvalue.GatedReader;
import dev.grantstore.keyvalue.OperationGate;
import dev.grantstore.keyvalue.YieldPoint;
import java.util.UUID;

/**
 * All reads through one view, which is held until the snapshot closes. Taking one costs nothing;
 * holding one keeps in the file whatever is replaced meanwhile.
 */
final class MvSnapshot extends GatedReader implements GrantSnapshot {
  private final OperationGate gate;
  private final View view;
  private final Children siblings;
  private final Children cursors;

  private MvSnapshot(
      OperationGate gate, MvReads reads, View view, Children siblings, Children cursors) {
    super(gate, reads);
    this.gate = gate;
    this.view = view;
    this.siblings = siblings;
    this.cursors = cursors;
  }

  /** Takes over a view that is held. */
  static MvSnapshot of(View view, UUID store, Children siblings) {
    YieldPoint.reached("snapshot taken");
    Children cursors = new Children();
    ViewSource same =
        () -> {
          if (!view.tryHold()) {
            throw new IllegalStateException("snapshot is closed");
          }
          return view;
        };
    MvReads reads = new MvReads(same, store, cursors);
    MvSnapshot taken =
        new MvSnapshot(new OperationGate("snapshot"), reads, view, siblings, cursors);
    siblings.add(taken);
    return taken;
  }

  /** A second closer waits for the first: the store must not go on before the release. */
  @Override
  public synchronized void close() {
    if (gate.shut()) {
      cursors.closeAll();
      YieldPoint.outside("snapshot ends");
      view.release();
      siblings.remove(this);
    }
  }
}
