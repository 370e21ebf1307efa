package dev.grantstore.equivalence.planted;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.ContentDigest;
import dev.grantstore.EntitlementDigests;
import dev.grantstore.EntitlementRef;
import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.Grant;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.PageToken;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Checkpoints that are not what their store was, or not stores of their own. */
final class CheckpointBugs {
  static final List<PlantedBug> ALL =
      List.of(
          PlantedBug.overRocksDb(
              "checkpoint-misses-the-last-batch",
              "a checkpoint lacks the batch before it, unless that was flushed",
              LastBatchMissed::new),
          PlantedBug.overRocksDb(
              "checkpoint-misses-open-syncs",
              "syncs that are open do not come along",
              () -> copying(CheckpointBugs::withoutOpenSyncs)),
          PlantedBug.overRocksDb(
              "checkpoint-seals-open-syncs",
              "syncs that are open are sealed in the checkpoint",
              () -> copying(CheckpointBugs::sealed)),
          PlantedBug.overRocksDb(
              "checkpoint-loses-resume-tokens",
              "syncs that are open do not say in the checkpoint where to go on",
              () -> reading(WithoutTokens::new)),
          PlantedBug.overRocksDb(
              "checkpoint-has-a-load-in-progress",
              "a sync that is being loaded is in the checkpoint, empty",
              LoadInProgress::new),
          PlantedBug.overRocksDb(
              "checkpoint-has-its-stores-identity",
              "a checkpoint takes the page tokens of its store",
              Identity::new),
          PlantedBug.overRocksDb(
              "checkpoint-is-its-store",
              "what is written to the checkpoint is written to the store too",
              () -> between((store, copy) -> new Shared(copy, store))),
          PlantedBug.overRocksDb(
              "checkpoint-is-read-only",
              "a checkpoint takes no writes",
              () -> copying(ReadOnly::new)),
          PlantedBug.overRocksDb(
              "checkpoint-lacks-an-index",
              "the lists of principals are empty in the checkpoint",
              () -> reading(WithoutPrincipals::new)),
          PlantedBug.overRocksDb(
              "checkpoint-has-other-digests",
              "the digests of entitlements are those of another moment in the checkpoint",
              () -> reading(OtherDigests::new)),
          PlantedBug.overRocksDb(
              "checkpoint-cannot-read-its-digests",
              "the files of digests name the store that they were copied from",
              () -> reading(DigestsRefused::new)));

  private CheckpointBugs() {}

  private static Planting copying(UnaryOperator<GrantStore> bug) {
    return between((store, copy) -> bug.apply(copy));
  }

  private static Planting reading(UnaryOperator<GrantReader> bug) {
    return between((store, copy) -> new BugStore(copy, bug));
  }

  private static Planting between(BinaryOperator<GrantStore> bug) {
    return new Planting() {
      @Override
      public GrantStore open(GrantStore sound) {
        return sound;
      }

      @Override
      public GrantStore checkpoint(GrantStore store, GrantStore copy) {
        return bug.apply(store, copy);
      }
    };
  }

  private static GrantStore withoutOpenSyncs(GrantStore copy) {
    open(copy).forEach(copy::drop);
    return copy;
  }

  private static GrantStore sealed(GrantStore copy) {
    open(copy).forEach(syncId -> copy.seal(syncId, Instant.EPOCH));
    return copy;
  }

  private static List<String> open(GrantStore store) {
    return store.syncs().stream()
        .filter(run -> run.state() == SyncRun.State.OPEN)
        .map(SyncRun::id)
        .toList();
  }

  private static final class LastBatchMissed implements Planting {
    private final Journal journal = new Journal();

    @Override
    public GrantStore open(GrantStore sound) {
      return new JournaledStore(sound, journal);
    }

    @Override
    public GrantStore checkpoint(GrantStore store, GrantStore copy) {
      journal.undoLast(copy);
      return copy;
    }
  }

  private static final class LoadInProgress implements Planting {
    private final Set<String> loading = new LinkedHashSet<>();

    @Override
    public GrantStore open(GrantStore sound) {
      return new BugStore(sound) {
        @Override
        public BulkLoad bulkLoad(
            String syncId, String type, Instant startedAt, BulkLoadOptions options) {
          BulkLoad load = super.bulkLoad(syncId, type, startedAt, options);
          loading.add(syncId);
          return new ForwardingGrantStore.Load(load) {
            @Override
            public void close() {
              super.close();
              loading.remove(syncId);
            }
          };
        }
      };
    }

    @Override
    public GrantStore checkpoint(GrantStore store, GrantStore copy) {
      for (String syncId : loading) {
        if (copy.sync(syncId).isEmpty()) {
          copy.startSync(syncId, "", Instant.EPOCH);
        }
      }
      return copy;
    }
  }

  private static final class Identity implements Planting {
    @Override
    public GrantStore open(GrantStore sound) {
      return sound;
    }

    @Override
    public GrantStore checkpoint(GrantStore store, GrantStore copy) {
      return new BugStore(
          copy,
          reader ->
              new BugReader(reader) {
                @Override
                public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
                  try {
                    return super.page(query, limitRows, after);
                  } catch (GrantStoreException e) {
                    if (e.reason() == Reason.INVALID_PAGE_TOKEN) {
                      return store.page(query, limitRows, after);
                    }
                    throw e;
                  }
                }
              });
    }
  }

  private static final class Shared extends BugStore {
    private final GrantStore source;

    Shared(GrantStore copy, GrantStore source) {
      super(copy);
      this.source = source;
    }

    @Override
    public SyncRun startSync(String syncId, String type, Instant startedAt) {
      source.startSync(syncId, type, startedAt);
      return super.startSync(syncId, type, startedAt);
    }
  }

  private static final class ReadOnly extends BugStore {
    ReadOnly(GrantStore copy) {
      super(copy);
    }

    @Override
    public SyncRun startSync(String syncId, String type, Instant startedAt) {
      throw new GrantStoreException(Reason.READ_ONLY, "store is open read-only");
    }
  }

  private static final class WithoutTokens extends BugReader {
    WithoutTokens(GrantReader sound) {
      super(sound);
    }

    @Override
    public List<SyncRun> syncs() {
      return super.syncs().stream().map(WithoutTokens::without).toList();
    }

    @Override
    public Optional<SyncRun> sync(String syncId) {
      return super.sync(syncId).map(WithoutTokens::without);
    }

    private static SyncRun without(SyncRun run) {
      return run.state() == SyncRun.State.OPEN
          ? SyncRun.open(run.id(), run.type(), run.startedAt())
          : run;
    }
  }

  private static final class WithoutPrincipals extends ListReader {
    WithoutPrincipals(GrantReader sound) {
      super(sound);
    }

    @Override
    List<Grant> rows(GrantQuery query, List<Grant> right) {
      return query instanceof GrantQuery.ByPrincipal ? List.of() : right;
    }
  }

  private static final class OtherDigests extends BugReader {
    OtherDigests(GrantReader sound) {
      super(sound);
    }

    @Override
    public Optional<EntitlementDigests> entitlementDigests(String syncId) {
      return super.entitlementDigests(syncId).map(Doubled::new);
    }
  }

  private static final class DigestsRefused extends BugReader {
    DigestsRefused(GrantReader sound) {
      super(sound);
    }

    @Override
    public Optional<EntitlementDigests> entitlementDigests(String syncId) {
      Optional<EntitlementDigests> found = super.entitlementDigests(syncId);
      if (found.isPresent()) {
        found.get().close();
        throw new GrantStoreException(Reason.CORRUPTION, "digests are of another store");
      }
      return found;
    }
  }

  /** Counts each grant twice. */
  private record Doubled(EntitlementDigests right) implements EntitlementDigests {
    @Override
    public boolean next() {
      return right.next();
    }

    @Override
    public EntitlementRef entitlement() {
      return right.entitlement();
    }

    @Override
    public ContentDigest digest() {
      return right.digest().plus(right.digest());
    }

    @Override
    public void close() {
      right.close();
    }
  }
}
