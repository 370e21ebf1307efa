package dev.grantstore.equivalence.relation;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PageToken;
import dev.grantstore.PrincipalRef;
import dev.grantstore.StoreOptions;
import dev.grantstore.StoreStats;
import dev.grantstore.SyncRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A store around another, for bugs to be put in. */
class WrappedStore implements GrantStore {
  private final GrantStore real;

  WrappedStore(GrantStore real) {
    this.real = real;
  }

  /** A store around one in memory. */
  WrappedStore() {
    this(GrantStores.open("memory:", StoreOptions.of(OpenMode.OPEN_OR_CREATE)));
  }

  @Override
  public List<SyncRun> syncs() {
    return real.syncs();
  }

  @Override
  public Optional<SyncRun> sync(String syncId) {
    return real.sync(syncId);
  }

  @Override
  public Optional<Grant> get(String syncId, String grantId) {
    return real.get(syncId, grantId);
  }

  @Override
  public List<Optional<Grant>> getAll(String syncId, List<String> grantIds) {
    return real.getAll(syncId, grantIds);
  }

  @Override
  public GrantCursor cursor(GrantQuery query) {
    return real.cursor(query);
  }

  @Override
  public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
    return real.page(query, limitRows, after);
  }

  @Override
  public boolean holds(String syncId, PrincipalRef principal, EntitlementRef entitlement) {
    return real.holds(syncId, principal, entitlement);
  }

  @Override
  public SyncRun startSync(String syncId, String type, Instant startedAt) {
    return real.startSync(syncId, type, startedAt);
  }

  @Override
  public void putAll(String syncId, Collection<Grant> grants) {
    real.putAll(syncId, grants);
  }

  @Override
  public void deleteAll(String syncId, Collection<String> grantIds) {
    real.deleteAll(syncId, grantIds);
  }

  @Override
  public SyncRun seal(String syncId, Instant endedAt) {
    return real.seal(syncId, endedAt);
  }

  @Override
  public void drop(String syncId) {
    real.drop(syncId);
  }

  @Override
  public BulkLoad bulkLoad(String syncId, String type, Instant startedAt, BulkLoadOptions options) {
    return real.bulkLoad(syncId, type, startedAt, options);
  }

  @Override
  public GrantSnapshot snapshot() {
    return real.snapshot();
  }

  @Override
  public void flush() {
    real.flush();
  }

  @Override
  public void settle(Duration timeout) {
    real.settle(timeout);
  }

  @Override
  public StoreStats stats() {
    return real.stats();
  }

  @Override
  public void close() {
    real.close();
  }
}
