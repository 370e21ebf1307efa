package dev.grantstore.equivalence.planted;

import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Leaves rows of old grants in its indexes: when they are overwritten, or when deleted. */
final class StaleIndexStore extends ForwardingStore {
  private final boolean afterOverwrite;
  private final Map<String, Set<Grant>> stale = new HashMap<>();

  private StaleIndexStore(GrantStore store, boolean afterOverwrite) {
    super(store);
    this.afterOverwrite = afterOverwrite;
  }

  static GrantStore afterOverwrite(GrantStore store) {
    return new StaleIndexStore(store, true);
  }

  static GrantStore afterDelete(GrantStore store) {
    return new StaleIndexStore(store, false);
  }

  @Override
  List<Grant> rows(GrantQuery query, List<Grant> right) {
    List<Grant> rows = new ArrayList<>(right);
    for (Grant old : stale.getOrDefault(query.syncId(), Set.of())) {
      boolean isAsked =
          (query instanceof GrantQuery.ByEntitlement e && e.entitlement().equals(old.entitlement()))
              || (query instanceof GrantQuery.ByPrincipal p
                  && p.principal().equals(old.principal()));
      if (isAsked && right.stream().noneMatch(grant -> grant.id().equals(old.id()))) {
        rows.add(old);
      }
    }
    return rows;
  }

  @Override
  public void putAll(String syncId, Collection<Grant> grants) {
    try (GrantSnapshot before = store.snapshot()) {
      super.putAll(syncId, grants);
      if (afterOverwrite) {
        grants.forEach(grant -> keep(before, syncId, grant.id()));
      }
    }
  }

  @Override
  public void deleteAll(String syncId, Collection<String> grantIds) {
    try (GrantSnapshot before = store.snapshot()) {
      super.deleteAll(syncId, grantIds);
      if (!afterOverwrite) {
        grantIds.forEach(id -> keep(before, syncId, id));
      }
    }
  }

  @Override
  public void drop(String syncId) {
    super.drop(syncId);
    stale.remove(syncId);
  }

  private void keep(GrantSnapshot before, String syncId, String id) {
    before
        .get(syncId, id)
        .ifPresent(old -> stale.computeIfAbsent(syncId, any -> new LinkedHashSet<>()).add(old));
  }
}
