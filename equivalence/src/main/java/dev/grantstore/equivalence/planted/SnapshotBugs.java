package dev.grantstore.equivalence.planted;

import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.SyncRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Snapshots that do not hold still. */
final class SnapshotBugs {
  static final List<PlantedBug> ALL =
      List.of(
          PlantedBug.overMemory(
              "snapshot-reads-live", "a snapshot shows later writes", SnapshotBugs::live),
          PlantedBug.overMemory(
              "snapshot-lists-live-syncs",
              "a snapshot shows the grants of its moment, but the syncs of now",
              SnapshotBugs::liveSyncs),
          PlantedBug.overMemory(
              "drop-reaches-into-snapshots",
              "a dropped sync is gone from the lists of older snapshots",
              ReachedByDrops::new),
          PlantedBug.overMemory(
              "third-version-unseats-a-snapshot",
              "once a grant was overwritten twice, a snapshot gets the version in between",
              VersionsLost::new),
          PlantedBug.overMemory(
              "equal-snapshots-end-together",
              "of two snapshots of one moment, one reads live when the other is released",
              SharedMoments::new));

  private SnapshotBugs() {}

  private static GrantStore live(GrantStore store) {
    return new BugStore(store) {
      @Override
      public GrantSnapshot snapshot() {
        return new ForwardingGrantStore.Snapshot(store, super.snapshot());
      }
    };
  }

  private static GrantStore liveSyncs(GrantStore store) {
    return new BugStore(store) {
      @Override
      public GrantSnapshot snapshot() {
        GrantSnapshot real = super.snapshot();
        return new ForwardingGrantStore.Snapshot(real, real) {
          @Override
          public List<SyncRun> syncs() {
            return store.syncs();
          }

          @Override
          public Optional<SyncRun> sync(String syncId) {
            return store.sync(syncId);
          }
        };
      }
    };
  }

  private static final class ReachedByDrops extends BugStore {
    private final List<Set<String>> droppedSince = new ArrayList<>();

    /** Lists and their tokens are made alike by the store and its snapshots. */
    ReachedByDrops(GrantStore store) {
      super(store, ListReader::new);
    }

    @Override
    public void drop(String syncId) {
      super.drop(syncId);
      droppedSince.forEach(dropped -> dropped.add(syncId));
    }

    @Override
    public GrantSnapshot snapshot() {
      GrantSnapshot real = super.snapshot();
      Set<String> dropped = new HashSet<>();
      droppedSince.add(dropped);
      ListReader reader =
          new ListReader(real) {
            @Override
            List<Grant> rows(GrantQuery query, List<Grant> right) {
              return dropped.contains(query.syncId()) ? List.of() : right;
            }
          };
      return new ForwardingGrantStore.Snapshot(reader, real);
    }
  }

  private static final class VersionsLost extends BugStore {
    private final Map<List<String>, List<Grant>> versions = new HashMap<>();

    VersionsLost(GrantStore store) {
      super(store);
    }

    @Override
    public void putAll(String syncId, Collection<Grant> grants) {
      super.putAll(syncId, grants);
      for (Grant grant : grants) {
        versions.computeIfAbsent(List.of(syncId, grant.id()), any -> new ArrayList<>()).add(grant);
      }
    }

    @Override
    public GrantSnapshot snapshot() {
      GrantSnapshot real = super.snapshot();
      return new ForwardingGrantStore.Snapshot(real, real) {
        @Override
        public Optional<Grant> get(String syncId, String grantId) {
          return super.get(syncId, grantId).map(grant -> shown(syncId, grant));
        }
      };
    }

    private Grant shown(String syncId, Grant right) {
      List<Grant> all = versions.getOrDefault(List.of(syncId, right.id()), List.of());
      int at = all.lastIndexOf(right);
      return at >= 0 && at + 2 < all.size() ? all.get(at + 1) : right;
    }
  }

  /** Counts no users of a moment. */
  private static final class SharedMoments extends BugStore {
    private final Set<Long> released = new HashSet<>();
    private long moment;

    SharedMoments(GrantStore store) {
      super(store);
    }

    @Override
    public SyncRun startSync(String syncId, String type, Instant startedAt) {
      moment++;
      return super.startSync(syncId, type, startedAt);
    }

    @Override
    public void putAll(String syncId, Collection<Grant> grants) {
      moment++;
      super.putAll(syncId, grants);
    }

    @Override
    public void deleteAll(String syncId, Collection<String> grantIds) {
      moment++;
      super.deleteAll(syncId, grantIds);
    }

    @Override
    public GrantSnapshot snapshot() {
      GrantSnapshot real = super.snapshot();
      long taken = moment;
      return new ForwardingGrantStore.Snapshot(
          () -> released.contains(taken) ? store : real, real) {
        @Override
        public void close() {
          released.add(taken);
          super.close();
        }
      };
    }
  }
}
