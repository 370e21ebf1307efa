package dev.grantstore.equivalence.planted;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStore;
import dev.grantstore.SyncRun;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Bulk loads that lose something on the way, or do not end as they should. */
final class LoadBugs {
  static final List<PlantedBug> ALL =
      List.of(
          PlantedBug.overMemory(
              "load-drops-annotations",
              "grants that come in a bulk load have no annotations",
              store -> inLoads(store, DroppingAnnotations::new)),
          PlantedBug.overMemory(
              "load-keeps-the-first-part",
              "of equal ids in two parts of a bulk load, the first stays",
              store -> inLoads(store, FirstPartWins::new)),
          PlantedBug.overMemory(
              "load-indexes-the-first-part",
              "the list of a principal lacks what came in other parts of a bulk load",
              LoadBugs::indexingTheFirstPart),
          PlantedBug.overMemory(
              "abandoned-load-is-seen",
              "a bulk load that is closed is committed",
              store -> inLoads(store, CommittedAtClose::new)),
          PlantedBug.overMemory(
              "abandoned-load-keeps-its-name",
              "after a bulk load that was given up, no sync of that id can be started",
              store -> inLoads(store, NeverClosed::new)));

  private LoadBugs() {}

  private static GrantStore inLoads(GrantStore store, UnaryOperator<BulkLoad> load) {
    return new BugStore(store) {
      @Override
      public BulkLoad bulkLoad(
          String syncId, String type, Instant startedAt, BulkLoadOptions options) {
        return load.apply(super.bulkLoad(syncId, type, startedAt, options));
      }
    };
  }

  private static GrantStore indexingTheFirstPart(GrantStore store) {
    Map<String, Set<Grant>> unindexed = new HashMap<>();
    return new BugStore(store, sound -> withoutByPrincipal(sound, unindexed)) {
      @Override
      public BulkLoad bulkLoad(
          String syncId, String type, Instant startedAt, BulkLoadOptions options) {
        BulkLoad load = super.bulkLoad(syncId, type, startedAt, options);
        Set<Grant> lost = new HashSet<>();
        unindexed.put(syncId, lost);
        return new ForwardingGrantStore.Load(load) {
          @Override
          protected void add(BulkPart part, int number, Grant grant) {
            super.add(part, number, grant);
            if (number > 0) {
              lost.add(grant);
            }
          }
        };
      }

      @Override
      public void drop(String syncId) {
        super.drop(syncId);
        unindexed.remove(syncId);
      }
    };
  }

  private static GrantReader withoutByPrincipal(GrantReader sound, Map<String, Set<Grant>> lost) {
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

  private static final class DroppingAnnotations extends ForwardingGrantStore.Load {
    DroppingAnnotations(BulkLoad load) {
      super(load);
    }

    @Override
    protected void add(BulkPart part, int number, Grant grant) {
      super.add(part, number, Changed.annotations(grant, List.of()));
    }
  }

  private static final class FirstPartWins extends ForwardingGrantStore.Load {
    private final Map<String, Integer> parts = new HashMap<>();

    FirstPartWins(BulkLoad load) {
      super(load);
    }

    @Override
    protected void add(BulkPart part, int number, Grant grant) {
      if (parts.merge(grant.id(), number, Math::min) == number) {
        super.add(part, number, grant);
      }
    }
  }

  private static final class CommittedAtClose extends ForwardingGrantStore.Load {
    private boolean isCommitted;

    CommittedAtClose(BulkLoad load) {
      super(load);
    }

    @Override
    public SyncRun commit(Instant endedAt) {
      isCommitted = true;
      return super.commit(endedAt);
    }

    @Override
    public void close() {
      if (!isCommitted) {
        commit(Instant.EPOCH);
      }
      super.close();
    }
  }

  private static final class NeverClosed extends ForwardingGrantStore.Load {
    NeverClosed(BulkLoad load) {
      super(load);
    }

    @Override
    public void close() {}
  }
}
