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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads that enter a gate first: what a store and a snapshot have in common. Thread-safe, if the
 * reads are.
 */
abstract class GatedReader implements GrantReader {
  private final OperationGate gate;
  private final GrantReader reads;
  private final Function<String, Optional<EntitlementDigests>> digests;

  /**
   * Puts reads behind a gate.
   *
   * @param gate the store's, or the snapshot's
   * @param reads check their arguments; called inside the gate only
   * @param digests opens those of a sync, as {@link #entitlementDigests} does; called inside the
   *     gate only
   */
  protected GatedReader(
      OperationGate gate,
      GrantReader reads,
      Function<String, Optional<EntitlementDigests>> digests) {
    this.gate = gate;
    this.reads = reads;
    this.digests = digests;
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
      return digests.apply(syncId);
    } finally {
      gate.exit();
    }
  }
}
