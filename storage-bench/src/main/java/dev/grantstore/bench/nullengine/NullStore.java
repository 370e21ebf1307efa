package dev.grantstore.bench.nullengine;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.ContentDigest;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantView;
import dev.grantstore.PageToken;
import dev.grantstore.PrincipalRef;
import dev.grantstore.StoreStats;
import dev.grantstore.SyncRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Has one grant and gives it whatever the question; takes every write and keeps none. */
public final class NullStore implements GrantStore {
  /** As long as generated ids are, and none of them: it must never be the right answer. */
  private static final Grant GRANT =
      Grant.of(
          "grant-nullengine",
          new EntitlementRef("app", "app-0", "ent-nobody"),
          new PrincipalRef("user", "user-nullnull"),
          Instant.EPOCH);

  private final Optional<Grant> answer = Optional.of(GRANT);
  private final NullCursor cursor;

  /**
   * Creates a store.
   *
   * @param rowsPerList how often each list gives the one grant
   */
  public NullStore(long rowsPerList) {
    this.cursor = new NullCursor(GRANT, rowsPerList);
  }

  @Override
  public Optional<Grant> get(String syncId, String grantId) {
    return answer;
  }

  /** Copies nothing: that is an engine's work, and no cost of the harness. */
  @Override
  public boolean get(String syncId, String grantId, GrantView into) {
    return true;
  }

  @Override
  public List<Optional<Grant>> getAll(String syncId, List<String> grantIds) {
    return Collections.nCopies(grantIds.size(), answer);
  }

  @Override
  public GrantCursor cursor(GrantQuery query) {
    return cursor.rewound();
  }

  @Override
  public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
    return new GrantPage(List.of(GRANT), Optional.empty());
  }

  @Override
  public boolean holds(String syncId, PrincipalRef principal, EntitlementRef entitlement) {
    return true;
  }

  @Override
  public List<SyncRun> syncs() {
    return List.of();
  }

  @Override
  public Optional<SyncRun> sync(String syncId) {
    return Optional.empty();
  }

  @Override
  public SyncRun startSync(String syncId, String type, Instant startedAt) {
    return SyncRun.open(syncId, type, startedAt);
  }

  @Override
  public void putAll(String syncId, Collection<Grant> grants) {}

  @Override
  public void deleteAll(String syncId, Collection<String> grantIds) {}

  @Override
  public SyncRun seal(String syncId, Instant endedAt) {
    return SyncRun.open(syncId, "", endedAt).sealed(endedAt, ContentDigest.EMPTY);
  }

  @Override
  public void drop(String syncId) {}

  @Override
  public BulkLoad bulkLoad(String syncId, String type, Instant startedAt, BulkLoadOptions options) {
    return new NullBulkLoad(SyncRun.open(syncId, type, startedAt));
  }

  @Override
  public GrantSnapshot snapshot() {
    throw new UnsupportedOperationException("the null engine has no snapshots");
  }

  @Override
  public void flush() {}

  @Override
  public void settle(Duration timeout) {}

  @Override
  public StoreStats stats() {
    return new StoreStats(List.of(), 0, new TreeMap<>());
  }

  @Override
  public void close() {}
}
