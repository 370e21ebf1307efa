package dev.grantstore.equivalence.planted;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.StoreStats;
import dev.grantstore.SyncRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Does everything with another store. Reads, the store's own and those of its snapshots, go through
 * one reader each, so that a bug in reading is in all of them.
 */
class ForwardingStore extends ForwardingReader implements GrantStore {
  final GrantStore store;
  private final UnaryOperator<GrantReader> reading;

  ForwardingStore(GrantStore store) {
    this(store, UnaryOperator.identity());
  }

  ForwardingStore(GrantStore store, UnaryOperator<GrantReader> reading) {
    super(reading.apply(store));
    this.store = store;
    this.reading = reading;
  }

  /** {@return the grant as the sound store has it; empty also if it cannot be asked for} */
  final Optional<Grant> stored(String syncId, String grantId) {
    return store.sync(syncId).isPresent() ? store.get(syncId, grantId) : Optional.empty();
  }

  /** {@return all grants of a sync as the sound store has them; none if it is not there} */
  final List<Grant> stored(String syncId) {
    return store.sync(syncId).isPresent()
        ? new ForwardingReader(store).list(new GrantQuery.Scan(syncId))
        : List.of();
  }

  /** {@return whether a sync is there and can be written} */
  final boolean isOpen(String syncId) {
    return store.sync(syncId).filter(run -> run.state() == SyncRun.State.OPEN).isPresent();
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
    GrantSnapshot real = store.snapshot();
    return new ForwardingSnapshot(reading.apply(real), real);
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
