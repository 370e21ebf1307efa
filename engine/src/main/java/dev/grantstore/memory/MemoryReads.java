package dev.grantstore.memory;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.Ids;
import dev.grantstore.PageToken;
import dev.grantstore.PageTokenFormat;
import dev.grantstore.PrincipalRef;
import dev.grantstore.SyncRun;
import dev.grantstore.memory.MemoryTables.Placed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;

/**
 * Answers every read from tables: those of the store, or a snapshot's copy. Thread-safe.
 *
 * <p>Arguments are checked first, then whether it is closed, then the sync, then the token.
 */
final class MemoryReads implements GrantReader {
  private final UUID store;
  private final MemoryTables tables;
  private final Lifetime lifetime;
  private final Optional<Instant> asOf;

  MemoryReads(UUID store, MemoryTables tables, Lifetime lifetime) {
    this(store, tables, lifetime, Optional.empty());
  }

  private MemoryReads(UUID store, MemoryTables tables, Lifetime lifetime, Optional<Instant> asOf) {
    this.store = store;
    this.tables = tables;
    this.lifetime = lifetime;
    this.asOf = asOf;
  }

  @Override
  public List<SyncRun> syncs() {
    synchronized (tables) {
      lifetime.check();
      return tables.runs();
    }
  }

  @Override
  public Optional<SyncRun> sync(String syncId) {
    Ids.checkSyncId(syncId);
    synchronized (tables) {
      lifetime.check();
      return tables.run(syncId);
    }
  }

  @Override
  public Optional<Grant> get(String syncId, String grantId) {
    Ids.checkSyncId(syncId);
    Ids.checkGrantId(grantId);
    synchronized (tables) {
      lifetime.check();
      return Optional.ofNullable(tables.rows(syncId).get(grantId)).filter(this::isShown);
    }
  }

  @Override
  public List<Optional<Grant>> getAll(String syncId, List<String> grantIds) {
    Ids.checkSyncId(syncId);
    List<String> asked = Batch.ids(grantIds);
    synchronized (tables) {
      lifetime.check();
      SortedMap<String, Grant> rows = tables.rows(syncId);
      List<Optional<Grant>> answers = new ArrayList<>();
      for (String grantId : asked) {
        answers.add(Optional.ofNullable(rows.get(grantId)).filter(this::isShown));
      }
      return List.copyOf(answers);
    }
  }

  @Override
  public GrantCursor cursor(GrantQuery query) {
    Objects.requireNonNull(query, "query");
    synchronized (tables) {
      lifetime.check();
      return new MemoryCursor(grants(list(query)), lifetime.child("cursor"));
    }
  }

  @Override
  public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
    Objects.requireNonNull(query, "query");
    Objects.requireNonNull(after, "after");
    if (limitRows < 1) {
      throw new IllegalArgumentException("page limit must be at least 1: " + limitRows);
    }
    synchronized (tables) {
      lifetime.check();
      List<Placed> left = rowsAfter(after, query, list(query));
      int end = Math.min(left.size(), Math.min(limitRows, MAX_PAGE_ROWS));
      if (end == left.size()) {
        return new GrantPage(grants(left), Optional.empty());
      }
      byte[] position = MemoryPosition.encode(left.get(end - 1).place());
      PageToken next = PageTokenFormat.write(store, query, position);
      return new GrantPage(grants(left.subList(0, end)), Optional.of(next));
    }
  }

  @Override
  public boolean holds(String syncId, PrincipalRef principal, EntitlementRef entitlement) {
    Ids.checkSyncId(syncId);
    Objects.requireNonNull(principal, "principal");
    Objects.requireNonNull(entitlement, "entitlement");
    synchronized (tables) {
      lifetime.check();
      for (Grant grant : tables.rows(syncId).values()) {
        if (isShown(grant)
            && grant.principal().equals(principal)
            && grant.entitlement().equals(entitlement)) {
          return true;
        }
      }
      return false;
    }
  }

  /** By itself, not by what other engines share: they are held against this. */
  @Override
  public GrantReader asOf(Instant instant) {
    Objects.requireNonNull(instant, "instant");
    Instant later = asOf.filter(instant::isBefore).orElse(instant);
    return new MemoryReads(store, tables, lifetime, Optional.of(later));
  }

  @Override
  public boolean leavesOutEnded() {
    return asOf.isPresent();
  }

  private boolean isShown(Grant grant) {
    return asOf.isEmpty() || grant.expiresAt().stream().allMatch(asOf.get()::isBefore);
  }

  private List<Placed> list(GrantQuery query) {
    List<Placed> rows = tables.list(query);
    rows.removeIf(row -> !isShown(row.grant()));
    return rows;
  }

  private List<Placed> rowsAfter(PageToken after, GrantQuery query, List<Placed> all) {
    if (after.isStart()) {
      return all;
    }
    byte[] position = PageTokenFormat.read(store, query, after);
    List<String> last = MemoryPosition.decode(position);
    List<Placed> left = new ArrayList<>();
    for (Placed row : all) {
      if (row.place().size() != last.size()) {
        throw MemoryPosition.malformed();
      }
      if (RowOrder.comparePlaces(row.place(), last) > 0) {
        left.add(row);
      }
    }
    return left;
  }

  private static List<Grant> grants(List<Placed> rows) {
    List<Grant> grants = new ArrayList<>();
    for (Placed row : rows) {
      grants.add(row.grant());
    }
    return grants;
  }
}
