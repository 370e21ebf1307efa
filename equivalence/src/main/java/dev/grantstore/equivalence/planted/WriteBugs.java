package dev.grantstore.equivalence.planted;

import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Batches that are not one write, and writes that do not do what they say. */
final class WriteBugs {
  static final List<PlantedBug> ALL =
      List.of(
          PlantedBug.overMemory(
              "failing-batch-leaves-its-beginning",
              "a batch that fails while it is read has put what came before",
              WriteBugs::onePutAtATime),
          PlantedBug.overMemory(
              "refused-delete-deletes-its-beginning",
              "a batch of ids, of which one is refused, deletes those before it",
              WriteBugs::oneDeleteAtATime),
          PlantedBug.overMemory(
              "first-of-equal-ids-wins",
              "of two grants with one id in a batch, the first stays",
              WriteBugs::firstWins),
          PlantedBug.overMemory(
              "put-keeps-the-later-discovery",
              "a grant is overwritten only if it was not discovered before",
              WriteBugs::newerWins),
          PlantedBug.overMemory(
              "delete-stops-at-an-absent-id",
              "a batch of ids deletes only those before the first that is not there",
              WriteBugs::stopsAtAbsent));

  private WriteBugs() {}

  private static GrantStore onePutAtATime(GrantStore store) {
    return new BugStore(store) {
      @Override
      public void putAll(String syncId, Collection<Grant> grants) {
        super.putAll(syncId, List.of());
        for (Grant grant : grants) {
          super.putAll(syncId, java.util.Collections.singletonList(grant));
        }
      }
    };
  }

  private static GrantStore oneDeleteAtATime(GrantStore store) {
    return new BugStore(store) {
      @Override
      public void deleteAll(String syncId, Collection<String> grantIds) {
        super.deleteAll(syncId, List.of());
        for (String id : grantIds) {
          super.deleteAll(syncId, java.util.Collections.singletonList(id));
        }
      }
    };
  }

  private static GrantStore firstWins(GrantStore store) {
    return new BugStore(store) {
      @Override
      public void putAll(String syncId, Collection<Grant> grants) {
        Map<String, Grant> firsts = new LinkedHashMap<>();
        grants.forEach(grant -> firsts.putIfAbsent(grant.id(), grant));
        super.putAll(syncId, firsts.values());
      }
    };
  }

  private static GrantStore newerWins(GrantStore store) {
    return new BugStore(store) {
      @Override
      public void putAll(String syncId, Collection<Grant> grants) {
        Map<String, Grant> newest = new LinkedHashMap<>();
        for (Grant grant : grants) {
          stored(syncId, grant.id()).ifPresent(old -> newest.putIfAbsent(old.id(), old));
          newest.merge(
              grant.id(),
              grant,
              (old, other) -> other.discoveredAt().isBefore(old.discoveredAt()) ? old : other);
        }
        super.putAll(syncId, newest.values());
      }
    };
  }

  private static GrantStore stopsAtAbsent(GrantStore store) {
    return new BugStore(store) {
      @Override
      public void deleteAll(String syncId, Collection<String> grantIds) {
        List<String> asked = new ArrayList<>(grantIds);
        int absent = store.getAll(syncId, asked).indexOf(Optional.<Grant>empty());
        super.deleteAll(syncId, absent < 0 ? asked : asked.subList(0, absent));
      }
    };
  }
}
