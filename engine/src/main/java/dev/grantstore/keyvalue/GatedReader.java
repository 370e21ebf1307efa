package dev.grantstore.keyvalue;

import dev.grantstore.EntitlementDigests;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantView;
import dev.grantstore.PageToken;
import dev.grantstore.PrincipalRef;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.SyncRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads that enter a gate first: what a store and a snapshot have in common. Thread-safe, if the
 * reads are.
 */
abstract class GatedReader implements GrantReader {
  private final OperationGate gate;
  private final KeyValueReads reads;
  private final KeptDigests digests;
  private final Children children;

  /**
   * Puts reads behind a gate.
   *
   * @param gate the store's, or the snapshot's
   * @param reads check their arguments; called inside the gate only
   * @param digests the store's
   * @param children ends what was opened
   */
  protected GatedReader(
      OperationGate gate, KeyValueReads reads, KeptDigests digests, Children children) {
    this.gate = gate;
    this.reads = reads;
    this.digests = digests;
    this.children = children;
  }

  @Override
  public List<SyncRun> syncs() {
    gate.enter();
    try {
      return reads.syncs();
    } finally {
      gate.exit();
    }
  }

  @Override
  public Optional<SyncRun> sync(String syncId) {
    gate.enter();
    try {
      return reads.sync(syncId);
    } finally {
      gate.exit();
    }
  }

  @Override
  public Optional<Grant> get(String syncId, String grantId) {
    gate.enter();
    try {
      return reads.get(syncId, grantId);
    } finally {
      gate.exit();
    }
  }

  @Override
  public boolean get(String syncId, String grantId, GrantView into) {
    gate.enter();
    try {
      return reads.get(syncId, grantId, into);
    } finally {
      gate.exit();
    }
  }

  @Override
  public List<Optional<Grant>> getAll(String syncId, List<String> grantIds) {
    // Before the gate: the caller's list may do anything, also close the store.
    List<String> asked = new ArrayList<>(grantIds);
    gate.enter();
    try {
      return reads.getAll(syncId, asked);
    } finally {
      gate.exit();
    }
  }

  @Override
  public GrantCursor cursor(GrantQuery query) {
    gate.enter();
    try {
      return reads.cursor(query);
    } finally {
      gate.exit();
    }
  }

  @Override
  public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
    gate.enter();
    try {
      return reads.page(query, limitRows, after);
    } finally {
      gate.exit();
    }
  }

  @Override
  public boolean holds(String syncId, PrincipalRef principal, EntitlementRef entitlement) {
    gate.enter();
    try {
      return reads.holds(syncId, principal, entitlement);
    } finally {
      gate.exit();
    }
  }

  @Override
  public Optional<EntitlementDigests> entitlementDigests(String syncId) {
    gate.enter();
    try {
      SyncRow row = reads.row(syncId);
      return row.run().state() == SyncRun.State.SEALED
          ? digests.open(row, children)
          : Optional.empty();
    } finally {
      gate.exit();
    }
  }
}
