package dev.grantstore.bench.testengine;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.PageToken;
import dev.grantstore.PrincipalRef;
import dev.grantstore.StoreStats;
import dev.grantstore.SyncRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Passes everything on; tests override what is to go wrong. */
public class ForwardingStore implements GrantStore {
  private final GrantStore store;

  /** Passes everything on to {@code store}. */
  public ForwardingStore(GrantStore store) {
    this.store = store;
  }

  @Override
  public List<SyncRun> syncs() {
    return store.syncs();
  }

  @Override
  public Optional<SyncRun> sync(String syncId) {
    return store.sync(syncId);
  }

  @Override
  public Optional<Grant> get(String syncId, String grantId) {
    return store.get(syncId, grantId);
  }

  @Override
  public List<Optional<Grant>> getAll(String syncId, List<String> grantIds) {
    return store.getAll(syncId, grantIds);
  }

  @Override
  public GrantCursor cursor(GrantQuery query) {
    return store.cursor(query);
  }

  @Override
  public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
    return store.page(query, limitRows, after);
  }

  @Override
  public boolean holds(String syncId, PrincipalRef principal, EntitlementRef entitlement) {
    return store.holds(syncId, principal, entitlement);
  }

  @Override
  public SyncRun startSync(String syncId, String type, Instant startedAt) {
    return store.startSync(syncId, type, startedAt);
  }

  @Override
  public void putAll(String syncId, Collection<Grant> grants) {
    store.putAll(syncId, grants);
  }

  @Override
  public void deleteAll(String syncId, Collection<String> grantIds) {
    store.deleteAll(syncId, grantIds);
  }

  @Override
  public SyncRun seal(String syncId, Instant endedAt) {
    return store.seal(syncId, endedAt);
  }

  @Override
  public void drop(String syncId) {
    store.drop(syncId);
  }

  @Override
  public BulkLoad bulkLoad(String syncId, String type, Instant startedAt, BulkLoadOptions options) {
    return store.bulkLoad(syncId, type, startedAt, options);
  }

  @Override
  public GrantSnapshot snapshot() {
    return store.snapshot();
  }

  @Override
  public void flush() {
    store.flush();
  }

  @Override
  public void settle(Duration timeout) {
    store.settle(timeout);
  }

  @Override
  public StoreStats stats() {
    return store.stats();
  }

  @Override
  public void close() {
    store.close();
  }
}
