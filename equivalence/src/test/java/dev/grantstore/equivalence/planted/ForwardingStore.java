package dev.grantstore.equivalence.planted;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.StoreStats;
import dev.grantstore.SyncRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Does everything with another store; every cursor's rows go through one method. */
class ForwardingStore extends ForwardingReader implements GrantStore {
  final GrantStore store;

  ForwardingStore(GrantStore store) {
    super(store);
    this.store = store;
  }

  /** {@return the rows to be shown for the right ones} */
  List<Grant> rows(GrantQuery query, List<Grant> right) {
    return right;
  }

  final List<Grant> list(GrantQuery query) {
    List<Grant> rows = new ArrayList<>();
    try (GrantCursor cursor = store.cursor(query)) {
      while (cursor.next()) {
        rows.add(cursor.grant());
      }
    }
    return rows;
  }

  @Override
  public GrantCursor cursor(GrantQuery query) {
    GrantCursor real = store.cursor(query);
    return new ListCursor(real, rows(query, list(query)));
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
