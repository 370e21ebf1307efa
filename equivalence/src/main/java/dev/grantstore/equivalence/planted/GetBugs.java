package dev.grantstore.equivalence.planted;

import dev.grantstore.Grant;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStore;
import dev.grantstore.Ids;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gets that answer something else, or something old. */
final class GetBugs {
  static final List<PlantedBug> ALL =
      List.of(
          PlantedBug.inReads(
              "get-all-dedups",
              "an id asked for twice at once is answered once",
              GetBugs::answeringOnce),
          PlantedBug.inReads(
              "get-all-sorts",
              "the answers come in the order of ids, not in the order asked",
              GetBugs::sorting),
          PlantedBug.overMemory(
              "cache-survives-a-delete",
              "a grant that was got, then deleted, is still got",
              CacheOverDelete::new),
          PlantedBug.overMemory(
              "cache-survives-a-drop",
              "a grant that was got is still got when its sync was dropped and started again",
              CacheOverDrop::new));

  private GetBugs() {}

  private static GrantReader answeringOnce(GrantReader sound) {
    return new BugReader(sound) {
      @Override
      public List<Optional<Grant>> getAll(String syncId, List<String> grantIds) {
        super.getAll(syncId, grantIds);
        return super.getAll(syncId, List.copyOf(new LinkedHashSet<>(grantIds)));
      }
    };
  }

  private static GrantReader sorting(GrantReader sound) {
    return new BugReader(sound) {
      @Override
      public List<Optional<Grant>> getAll(String syncId, List<String> grantIds) {
        super.getAll(syncId, grantIds);
        List<String> sorted = new ArrayList<>(grantIds);
        sorted.sort(Ids.ORDER);
        return super.getAll(syncId, sorted);
      }
    };
  }

  /** Remembers what was got; every write makes it forget, except where a bug says otherwise. */
  private static class Cache extends BugStore {
    final Map<List<String>, Grant> known = new HashMap<>();

    Cache(GrantStore store) {
      super(store);
    }

    @Override
    public Optional<Grant> get(String syncId, String grantId) {
      super.get(syncId, grantId).ifPresent(grant -> known.put(List.of(syncId, grantId), grant));
      return Optional.ofNullable(known.get(List.of(syncId, grantId)));
    }

    @Override
    public void putAll(String syncId, Collection<Grant> grants) {
      super.putAll(syncId, grants);
      grants.forEach(grant -> known.remove(List.of(syncId, grant.id())));
    }
  }

  private static final class CacheOverDelete extends Cache {
    CacheOverDelete(GrantStore store) {
      super(store);
    }

    @Override
    public void drop(String syncId) {
      super.drop(syncId);
      known.clear();
    }
  }

  private static final class CacheOverDrop extends Cache {
    CacheOverDrop(GrantStore store) {
      super(store);
    }

    @Override
    public void deleteAll(String syncId, Collection<String> grantIds) {
      super.deleteAll(syncId, grantIds);
      grantIds.forEach(id -> known.remove(List.of(syncId, id)));
    }
  }
}
