package dev.grantstore.equivalence.planted;

import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.SyncRun;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Expiries that delete too much, too little, or leave something behind. */
final class ExpireBugs {
  static final List<PlantedBug> ALL =
      List.of(
          PlantedBug.overMemory(
              "expire-keeps-what-ends-then",
              "what ends at the instant itself is not deleted",
              store -> at(store, asOf -> asOf.equals(Instant.MIN) ? asOf : asOf.minusNanos(1))),
          PlantedBug.overMemory(
              "expire-takes-what-ends-next",
              "what ends a nanosecond later is deleted too",
              store -> at(store, asOf -> asOf.equals(Instant.MAX) ? asOf : asOf.plusNanos(1))),
          PlantedBug.overMemory(
              "expire-leaves-index-rows",
              "lists by principal and entitlement still have what was deleted for its end",
              LeftByExpire::new),
          PlantedBug.overMemory(
              "expire-leaves-the-last",
              "of what has ended, the last by its id stays",
              LeavingTheLast::new),
          PlantedBug.overMemory(
              "expire-in-every-open-sync",
              "what has ended goes from every sync that is open",
              InEverySync::new),
          PlantedBug.overMemory(
              "expire-counts-those-that-end-at-all",
              "all grants that have an end are counted, also those that stay",
              CountingAll::new),
          PlantedBug.overMemory(
              "expire-of-a-sealed-sync-says-nothing",
              "a sealed sync has nothing to expire, and that is no error",
              ExpireBugs::quiet),
          PlantedBug.overMemory(
              "expire-by-the-first-end",
              "a grant goes by the end that it was put with first",
              ByTheFirstEnd::new));

  private ExpireBugs() {}

  /** How another instant is taken. */
  private interface Shift {
    Instant of(Instant asOf);
  }

  private static GrantStore at(GrantStore store, Shift shift) {
    return new BugStore(store) {
      @Override
      public long expire(String syncId, Instant asOf) {
        return super.expire(syncId, shift.of(asOf));
      }
    };
  }

  private static GrantStore quiet(GrantStore store) {
    return new BugStore(store) {
      @Override
      public long expire(String syncId, Instant asOf) {
        boolean isSealed =
            store.sync(syncId).filter(run -> run.state() == SyncRun.State.SEALED).isPresent();
        return isSealed ? 0 : super.expire(syncId, asOf);
      }
    };
  }

  private static List<Grant> ended(List<Grant> grants, Instant asOf) {
    return grants.stream().filter(grant -> grant.isExpired(asOf)).toList();
  }

  private static final class LeftByExpire extends LeftRows {
    LeftByExpire(GrantStore store) {
      super(store, LeftRows::isByIndex);
    }

    @Override
    public long expire(String syncId, Instant asOf) {
      List<Grant> ended = ended(stored(syncId), asOf);
      long count = super.expire(syncId, asOf);
      ended.forEach(grant -> leave(syncId, grant));
      return count;
    }

    @Override
    public void putAll(String syncId, Collection<Grant> grants) {
      super.putAll(syncId, grants);
      grants.forEach(grant -> forget(syncId, grant.id()));
    }
  }

  private static final class LeavingTheLast extends BugStore {
    LeavingTheLast(GrantStore store) {
      super(store);
    }

    @Override
    public long expire(String syncId, Instant asOf) {
      Optional<Grant> last =
          ended(stored(syncId), asOf).stream().max(Comparator.comparing(Grant::id));
      long count = super.expire(syncId, asOf);
      last.ifPresent(grant -> super.putAll(syncId, List.of(grant)));
      return count;
    }
  }

  private static final class InEverySync extends BugStore {
    InEverySync(GrantStore store) {
      super(store);
    }

    @Override
    public long expire(String syncId, Instant asOf) {
      long count = super.expire(syncId, asOf);
      for (SyncRun run : store.syncs()) {
        if (isOpen(run.id())) {
          super.expire(run.id(), asOf);
        }
      }
      return count;
    }
  }

  private static final class CountingAll extends BugStore {
    CountingAll(GrantStore store) {
      super(store);
    }

    @Override
    public long expire(String syncId, Instant asOf) {
      long ending = stored(syncId).stream().filter(g -> g.expiresAt().isPresent()).count();
      super.expire(syncId, asOf);
      return ending;
    }
  }

  private static final class ByTheFirstEnd extends BugStore {
    private final Map<String, Instant> first = new HashMap<>();

    ByTheFirstEnd(GrantStore store) {
      super(store);
    }

    @Override
    public void putAll(String syncId, Collection<Grant> grants) {
      super.putAll(syncId, grants);
      for (Grant grant : grants) {
        grant.expiresAt().ifPresent(end -> first.putIfAbsent(syncId + grant.id(), end));
      }
    }

    @Override
    public void drop(String syncId) {
      super.drop(syncId);
      first.keySet().removeIf(key -> key.startsWith(syncId));
    }

    @Override
    public long expire(String syncId, Instant asOf) {
      if (!isOpen(syncId)) {
        return super.expire(syncId, asOf);
      }
      List<String> ended =
          stored(syncId).stream()
              .filter(
                  g -> {
                    Instant end = first.get(syncId + g.id());
                    return end != null && !end.isAfter(asOf);
                  })
              .map(Grant::id)
              .toList();
      deleteAll(syncId, ended);
      return ended.size();
    }
  }
}
