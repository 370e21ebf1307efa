package dev.grantstore.equivalence.planted;

import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Indexes that do not follow the grants. */
final class IndexBugs {
  static final List<PlantedBug> ALL =
      List.of(
          PlantedBug.overMemory(
              "stale-index-row-on-overwrite",
              "an overwritten grant stays in the lists it was in",
              IndexBugs::staleOnOverwrite),
          PlantedBug.overMemory(
              "stale-index-row-within-a-batch",
              "of two versions in one batch, the first stays in the lists it was in",
              IndexBugs::staleWithinABatch),
          PlantedBug.overMemory(
              "delete-leaves-index-row",
              "a deleted grant stays in the lists it was in",
              IndexBugs::staleOnDelete),
          PlantedBug.overMemory(
              "expanded-grant-still-needs-it",
              "a grant stays in the list of those that need expansion when it no longer does",
              IndexBugs::staleNeed),
          PlantedBug.overMemory(
              "put-again-leaves-the-index",
              "a grant that is put again just as it is goes from the list of its principal",
              IndexBugs::putAgainLeavesTheIndex));

  private IndexBugs() {}

  private static GrantStore staleOnOverwrite(GrantStore store) {
    return new LeftRows(store, LeftRows::isByIndex) {
      @Override
      public void putAll(String syncId, Collection<Grant> grants) {
        try (GrantSnapshot before = store.snapshot()) {
          super.putAll(syncId, grants);
          grants.forEach(g -> before.get(syncId, g.id()).ifPresent(old -> leave(syncId, old)));
        }
      }
    };
  }

  private static GrantStore staleWithinABatch(GrantStore store) {
    return new LeftRows(store, LeftRows::isByIndex) {
      @Override
      public void putAll(String syncId, Collection<Grant> grants) {
        super.putAll(syncId, grants);
        grants.stream()
            .filter(grant -> !stored(syncId, grant.id()).equals(java.util.Optional.of(grant)))
            .forEach(grant -> leave(syncId, grant));
      }
    };
  }

  private static GrantStore staleOnDelete(GrantStore store) {
    return new LeftRows(store, LeftRows::isByIndex) {
      @Override
      public void deleteAll(String syncId, Collection<String> grantIds) {
        try (GrantSnapshot before = store.snapshot()) {
          super.deleteAll(syncId, grantIds);
          grantIds.forEach(id -> before.get(syncId, id).ifPresent(old -> leave(syncId, old)));
        }
      }
    };
  }

  private static GrantStore staleNeed(GrantStore store) {
    return new LeftRows(store, GrantQuery.NeedingExpansion.class::isInstance) {
      @Override
      public void putAll(String syncId, Collection<Grant> grants) {
        try (GrantSnapshot before = store.snapshot()) {
          super.putAll(syncId, grants);
          for (Grant grant : grants) {
            before
                .get(syncId, grant.id())
                .filter(Grant::needsExpansion)
                .ifPresent(old -> leave(syncId, old));
          }
        }
      }

      @Override
      public void deleteAll(String syncId, Collection<String> grantIds) {
        super.deleteAll(syncId, grantIds);
        grantIds.forEach(id -> forget(syncId, id));
      }
    };
  }

  /** The new row is written, then the old one removed; they are the same. */
  private static GrantStore putAgainLeavesTheIndex(GrantStore store) {
    Map<String, Set<Grant>> lost = new HashMap<>();
    return new BugStore(store, sound -> withoutLost(sound, lost)) {
      @Override
      public void putAll(String syncId, Collection<Grant> grants) {
        try (GrantSnapshot before = store.snapshot()) {
          super.putAll(syncId, grants);
          for (Grant grant : grants) {
            Set<Grant> gone = lost.computeIfAbsent(syncId, any -> new HashSet<>());
            if (before.get(syncId, grant.id()).filter(grant::equals).isPresent()) {
              gone.add(grant);
            } else {
              gone.remove(grant);
            }
          }
        }
      }

      @Override
      public void deleteAll(String syncId, Collection<String> grantIds) {
        super.deleteAll(syncId, grantIds);
        lost.getOrDefault(syncId, new HashSet<>()).removeIf(g -> grantIds.contains(g.id()));
      }

      @Override
      public void drop(String syncId) {
        super.drop(syncId);
        lost.remove(syncId);
      }
    };
  }

  private static GrantReader withoutLost(GrantReader sound, Map<String, Set<Grant>> lost) {
    return new ListReader(sound) {
      @Override
      List<Grant> rows(GrantQuery query, List<Grant> right) {
        Set<Grant> gone = lost.getOrDefault(query.syncId(), Set.of());
        return query instanceof GrantQuery.ByPrincipal
            ? right.stream().filter(grant -> !gone.contains(grant)).toList()
            : right;
      }
    };
  }
}
