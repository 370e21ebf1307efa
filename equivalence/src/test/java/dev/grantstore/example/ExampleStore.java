package dev.grantstore.example;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.Grant;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Ids;
import dev.grantstore.Reason;
import dev.grantstore.StoreStats;
import dev.grantstore.SyncRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Copies what it changes, and lets readers see the copy when it is done. Thread-safe. */
class ExampleStore extends ExampleReader implements GrantStore {
  private final UUID identity;
  private volatile @Nullable Syncs syncs = Syncs.NONE;

  ExampleStore() {
    this(UUID.randomUUID());
  }

  private ExampleStore(UUID identity) {
    super(identity);
    this.identity = identity;
  }

  @Override
  Syncs now() {
    Syncs held = syncs;
    if (held == null) {
      throw new IllegalStateException("store is closed");
    }
    return held;
  }

  @Override
  public synchronized SyncRun startSync(String syncId, String type, Instant startedAt) {
    SyncRun run = SyncRun.open(syncId, type, startedAt);
    if (now().tables().containsKey(syncId)) {
      throw GrantStoreException.syncExists(syncId);
    }
    syncs = now().with(Syncs.Table.empty(run));
    return run;
  }

  @Override
  public synchronized void putAll(String syncId, Collection<Grant> grants) {
    Ids.checkSyncId(syncId);
    checkRows(grants);
    List<Grant> batch = new ArrayList<>();
    for (Grant grant : grants) {
      batch.add(Objects.requireNonNull(grant, "grants[" + batch.size() + "]"));
    }
    Syncs.Table table = now().openTable(syncId);
    NavigableMap<String, Grant> changed = new TreeMap<>(table.grants());
    batch.forEach(grant -> changed.put(grant.id(), grant));
    syncs = now().with(new Syncs.Table(table.run(), changed));
  }

  @Override
  public synchronized void deleteAll(String syncId, Collection<String> grantIds) {
    Ids.checkSyncId(syncId);
    checkRows(grantIds);
    List<String> batch = checkedIds(grantIds);
    Syncs.Table table = now().openTable(syncId);
    NavigableMap<String, Grant> changed = new TreeMap<>(table.grants());
    batch.forEach(changed::remove);
    syncs = now().with(new Syncs.Table(table.run(), changed));
  }

  @Override
  public synchronized SyncRun seal(String syncId, Instant endedAt) {
    Ids.checkSyncId(syncId);
    Objects.requireNonNull(endedAt, "endedAt");
    Syncs.Table table = now().openTable(syncId);
    DigestAccumulator digest = new DigestAccumulator();
    table.grants().values().forEach(digest::add);
    SyncRun sealed = table.run().sealed(endedAt, digest.digest());
    syncs = now().with(new Syncs.Table(sealed, table.grants()));
    return sealed;
  }

  @Override
  public synchronized void drop(String syncId) {
    Ids.checkSyncId(syncId);
    syncs = now().without(syncId);
  }

  @Override
  public BulkLoad bulkLoad(String syncId, String type, Instant startedAt, BulkLoadOptions options) {
    throw new GrantStoreException(Reason.UNSUPPORTED, "this engine has no bulk load");
  }

  @Override
  public GrantSnapshot snapshot() {
    return new ExampleSnapshot(identity, now(), this::now);
  }

  @Override
  public void flush() {
    now();
  }

  @Override
  public void settle(Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    now();
  }

  @Override
  public StoreStats stats() {
    long rows = 0;
    for (Syncs.Table table : now().tables().values()) {
      rows += table.grants().size();
    }
    return new StoreStats(
        List.of(new StoreStats.Keyspace("grants", rows, 0, 0)), 0, new TreeMap<>());
  }

  @Override
  public synchronized void close() {
    syncs = null;
  }

  private static void checkRows(Collection<?> batch) {
    if (batch.size() > MAX_BATCH_ROWS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "batch is too large: rows=%d limit=%d", batch.size(), MAX_BATCH_ROWS));
    }
  }
}
