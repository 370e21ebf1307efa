package dev.grantstore.memory;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.PageToken;
import dev.grantstore.PrincipalRef;
import dev.grantstore.SyncRun;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads of a copy of the whole store. Thread-safe. */
final class MemorySnapshot implements GrantSnapshot {
  private final MemoryReads reads;
  private final Lifetime lifetime;

  MemorySnapshot(MemoryReads reads, Lifetime lifetime) {
    this.reads = reads;
    this.lifetime = lifetime;
  }

  @Override
  public List<SyncRun> syncs() {
    return reads.syncs();
  }

  @Override
  public Optional<SyncRun> sync(String syncId) {
    return reads.sync(syncId);
  }

  @Override
  public Optional<Grant> get(String syncId, String grantId) {
    return reads.get(syncId, grantId);
  }

  @Override
  public List<Optional<Grant>> getAll(String syncId, List<String> grantIds) {
    return reads.getAll(syncId, grantIds);
  }

  @Override
  public GrantCursor cursor(GrantQuery query) {
    return reads.cursor(query);
  }

  @Override
  public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
    return reads.page(query, limitRows, after);
  }

  @Override
  public boolean holds(String syncId, PrincipalRef principal, EntitlementRef entitlement) {
    return reads.holds(syncId, principal, entitlement);
  }

  @Override
  public GrantReader asOf(Instant instant) {
    return reads.asOf(instant);
  }

  @Override
  public void close() {
    lifetime.end();
  }
}
