package dev.grantstore.memory;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.Bytes;
import dev.grantstore.ContentDigest;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Ids;
import dev.grantstore.PageToken;
import dev.grantstore.PrincipalRef;
import dev.grantstore.StoreStats;
import dev.grantstore.SyncRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Sorted maps under one lock. Thread-safe. Forgets everything when closed. */
final class MemoryGrantStore implements GrantStore {
  private final UUID identity = UUID.randomUUID();
  private final MemoryTables tables = new MemoryTables();
  private final Lifetime lifetime = Lifetime.of("store");
  private final MemoryReads reads = new MemoryReads(identity, tables, lifetime);

  @Override
  public SyncRun startSync(String syncId, String type, Instant startedAt) {
    SyncRun run = SyncRun.open(syncId, type, startedAt);
    synchronized (tables) {
      lifetime.check();
      tables.checkFree(syncId);
      tables.add(run, new TreeMap<>());
      return run;
    }
  }

  @Override
  public void putAll(String syncId, Collection<Grant> grants) {
    Ids.checkSyncId(syncId);
    List<Grant> batch = Batch.grants(grants);
    synchronized (tables) {
      lifetime.check();
      SortedMap<String, Grant> rows = tables.openRows(syncId);
      for (Grant grant : batch) {
        rows.put(grant.id(), grant);
      }
    }
  }

  @Override
  public void putAll(String syncId, Collection<Grant> grants, Bytes resumeToken) {
    Ids.checkSyncId(syncId);
    SyncRun.checkResumeToken(resumeToken);
    List<Grant> batch = Batch.grants(grants);
    synchronized (tables) {
      putAll(syncId, batch);
      tables.replaceRun(tables.run(syncId).orElseThrow().resumingAt(resumeToken));
    }
  }

  @Override
  public long putAllIfNewer(String syncId, Collection<Grant> grants) {
    Ids.checkSyncId(syncId);
    List<Grant> batch = Batch.grants(grants);
    synchronized (tables) {
      lifetime.check();
      SortedMap<String, Grant> rows = tables.openRows(syncId);
      Set<String> put = new HashSet<>();
      for (Grant grant : batch) {
        Grant stored = rows.get(grant.id());
        if (stored == null || grant.discoveredAt().compareTo(stored.discoveredAt()) > 0) {
          rows.put(grant.id(), grant);
          put.add(grant.id());
        }
      }
      return put.size();
    }
  }

  @Override
  public void deleteAll(String syncId, Collection<String> grantIds) {
    Ids.checkSyncId(syncId);
    List<String> batch = Batch.limitedIds(grantIds);
    synchronized (tables) {
      lifetime.check();
      SortedMap<String, Grant> rows = tables.openRows(syncId);
      for (String grantId : batch) {
        rows.remove(grantId);
      }
    }
  }

  /** In one write. */
  @Override
  public long expire(String syncId, Instant asOf) {
    Ids.checkSyncId(syncId);
    Objects.requireNonNull(asOf, "asOf");
    synchronized (tables) {
      lifetime.check();
      SortedMap<String, Grant> rows = tables.openRows(syncId);
      if (Thread.currentThread().isInterrupted()) {
        throw GrantStoreException.expiryInterrupted();
      }
      long before = rows.size();
      rows.values().removeIf(grant -> grant.isExpired(asOf));
      return before - rows.size();
    }
  }

  @Override
  public SyncRun seal(String syncId, Instant endedAt) {
    Ids.checkSyncId(syncId);
    Objects.requireNonNull(endedAt, "endedAt");
    synchronized (tables) {
      lifetime.check();
      ContentDigest digest = MemoryTables.digest(tables.openRows(syncId));
      SyncRun sealed = tables.run(syncId).orElseThrow().sealed(endedAt, digest);
      tables.replaceRun(sealed);
      return sealed;
    }
  }

  @Override
  public void drop(String syncId) {
    Ids.checkSyncId(syncId);
    synchronized (tables) {
      lifetime.check();
      tables.remove(syncId);
    }
  }

  @Override
  public BulkLoad bulkLoad(String syncId, String type, Instant startedAt, BulkLoadOptions options) {
    Objects.requireNonNull(options, "options");
    SyncRun run = SyncRun.open(syncId, type, startedAt);
    synchronized (tables) {
      lifetime.check();
      tables.reserve(syncId);
      return new MemoryBulkLoad(run, tables, lifetime.child("bulk load"));
    }
  }

  @Override
  public GrantSnapshot snapshot() {
    synchronized (tables) {
      lifetime.check();
      Lifetime own = lifetime.child("snapshot");
      return new MemorySnapshot(new MemoryReads(identity, tables.copy(), own), own);
    }
  }

  @Override
  public void flush() {
    lifetime.check();
  }

  @Override
  public void settle(Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    lifetime.check();
  }

  @Override
  public StoreStats stats() {
    synchronized (tables) {
      lifetime.check();
      long rows = 0;
      for (SyncRun run : tables.runs()) {
        rows += tables.rows(run.id()).size();
      }
      StoreStats.Keyspace grants = new StoreStats.Keyspace("grants", rows, 0, 0);
      return new StoreStats(List.of(grants), 0, new TreeMap<>());
    }
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
    synchronized (tables) {
      lifetime.end();
    }
  }
}
