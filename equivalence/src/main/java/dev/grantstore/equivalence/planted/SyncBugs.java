package dev.grantstore.equivalence.planted;

import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Syncs that are not apart from each other, or not what their seal says. */
final class SyncBugs {
  static final List<PlantedBug> ALL =
      List.of(
          PlantedBug.overMemory(
              "drop-crosses-syncs",
              "with a sync, those whose ids begin with its id are dropped",
              SyncBugs::dropByPrefix),
          PlantedBug.overMemory(
              "drop-leaves-rows",
              "a sync that is started again after a drop has its old grants",
              LeavingRows::new),
          PlantedBug.overMemory(
              "sealed-sync-ignores-deletes",
              "a delete from a sealed sync does nothing, and is not refused",
              SyncBugs::ignoresDeletes),
          PlantedBug.overMemory(
              "sealed-again", "a second seal is not refused", SyncBugs::sealsAgain),
          PlantedBug.overMemory(
              "digest-counts-overwritten-grants",
              "the digest of a sealed sync has the first versions of overwritten grants too",
              CountingTwice::new));

  private SyncBugs() {}

  private static GrantStore dropByPrefix(GrantStore store) {
    return new BugStore(store) {
      @Override
      public void drop(String syncId) {
        super.drop(syncId);
        for (SyncRun other : store.syncs()) {
          if (other.id().startsWith(syncId)) {
            super.drop(other.id());
          }
        }
      }
    };
  }

  private static GrantStore ignoresDeletes(GrantStore store) {
    return new BugStore(store) {
      @Override
      public void deleteAll(String syncId, Collection<String> grantIds) {
        try {
          super.deleteAll(syncId, grantIds);
        } catch (GrantStoreException e) {
          passOver(e);
        }
      }
    };
  }

  private static GrantStore sealsAgain(GrantStore store) {
    return new BugStore(store) {
      @Override
      public SyncRun seal(String syncId, Instant endedAt) {
        try {
          return super.seal(syncId, endedAt);
        } catch (GrantStoreException e) {
          passOver(e);
          return store.sync(syncId).orElseThrow();
        }
      }
    };
  }

  private static void passOver(GrantStoreException e) {
    if (e.reason() != Reason.SYNC_SEALED) {
      throw e;
    }
  }

  private static final class LeavingRows extends BugStore {
    private final Map<String, List<Grant>> left = new HashMap<>();

    LeavingRows(GrantStore store) {
      super(store);
    }

    @Override
    public void drop(String syncId) {
      List<Grant> rows = stored(syncId);
      super.drop(syncId);
      left.put(syncId, rows);
    }

    @Override
    public SyncRun startSync(String syncId, String type, Instant startedAt) {
      SyncRun run = super.startSync(syncId, type, startedAt);
      super.putAll(syncId, left.getOrDefault(syncId, List.of()));
      return run;
    }
  }

  /** Adds a grant to the digest at each put, and takes it away only at a delete. */
  private static final class CountingTwice extends BugStore {
    private final Map<String, DigestAccumulator> overwritten = new HashMap<>();

    CountingTwice(GrantStore store) {
      super(store);
    }

    @Override
    public void putAll(String syncId, Collection<Grant> grants) {
      List<Grant> before =
          isOpen(syncId)
              ? grants.stream().flatMap(g -> stored(syncId, g.id()).stream()).toList()
              : List.of();
      super.putAll(syncId, grants);
      before.forEach(overwritten.computeIfAbsent(syncId, any -> new DigestAccumulator())::add);
    }

    @Override
    public void drop(String syncId) {
      super.drop(syncId);
      overwritten.remove(syncId);
    }

    @Override
    public SyncRun seal(String syncId, Instant endedAt) {
      return counted(super.seal(syncId, endedAt));
    }

    @Override
    public List<SyncRun> syncs() {
      return super.syncs().stream().map(this::counted).toList();
    }

    @Override
    public Optional<SyncRun> sync(String syncId) {
      return super.sync(syncId).map(this::counted);
    }

    private SyncRun counted(SyncRun run) {
      DigestAccumulator more = overwritten.get(run.id());
      if (run.state() == SyncRun.State.OPEN || more == null) {
        return run;
      }
      ContentDigest digest = run.digest().orElseThrow().plus(more.digest());
      return SyncRun.open(run.id(), run.type(), run.startedAt())
          .sealed(run.endedAt().orElseThrow(), digest);
    }
  }
}
