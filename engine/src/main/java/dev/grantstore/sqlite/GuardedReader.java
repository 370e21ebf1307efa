package dev.grantstore.sqlite;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.PageToken;
import dev.grantstore.PrincipalRef;
import dev.grantstore.SyncRun;
import java.util.List;
import java.util.Optional;

/** Reads that are made within a lifetime. Thread-safe. */
abstract class GuardedReader implements GrantReader {
  private final Lifetime lifetime;
  private final GrantReader reads;

  GuardedReader(Lifetime lifetime, GrantReader reads) {
    this.lifetime = lifetime;
    this.reads = reads;
  }

  @Override
  public List<SyncRun> syncs() {
    return lifetime.call(reads::syncs);
  }

  @Override
  public Optional<SyncRun> sync(String syncId) {
    return lifetime.call(() -> reads.sync(syncId));
  }

  @Override
  public Optional<Grant> get(String syncId, String grantId) {
    return lifetime.call(() -> reads.get(syncId, grantId));
  }

  @Override
  public List<Optional<Grant>> getAll(String syncId, List<String> grantIds) {
    return lifetime.call(() -> reads.getAll(syncId, grantIds));
  }

  @Override
  public GrantCursor cursor(GrantQuery query) {
    return lifetime.call(() -> reads.cursor(query));
  }

  @Override
  public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
    return lifetime.call(() -> reads.page(query, limitRows, after));
  }

  @Override
  public boolean holds(String syncId, PrincipalRef principal, EntitlementRef entitlement) {
    return lifetime.call(() -> reads.holds(syncId, principal, entitlement));
  }
}
