package dev.grantstore.equivalence.planted;

import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStore;
import dev.grantstore.SyncRun;
import dev.grantstore.equivalence.workload.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What goes wrong when rows go to files, or in files of one shape alone. */
final class FileBugs {
  static final List<PlantedBug> ALL =
      List.of(
          PlantedBug.overRocksDb(
              "older-file-wins",
              "when two versions of a grant were flushed apart, the first is there again",
              () -> OlderFileWins::new),
          PlantedBug.overRocksDb(
              "compaction-drops-deletions",
              "a grant that was flushed, then deleted, is there again after a compaction",
              () -> DeletionsDropped::new),
          PlantedBug.overRocksDb(
              "small-blocks-lose-long-ids",
              "with blocks of 64 bytes, lists lack grants whose ids have more than 100 characters",
              LongIdsLost::new));

  private FileBugs() {}

  /** Knows what was there at the last flush. */
  private static class FlushedRows extends BugStore {
    private final Map<String, List<Grant>> flushed = new HashMap<>();

    FlushedRows(GrantStore store) {
      super(store);
    }

    /** {@return the grants of a sync at the last flush} */
    final List<Grant> flushed(String syncId) {
      return flushed.getOrDefault(syncId, List.of());
    }

    @Override
    public void drop(String syncId) {
      super.drop(syncId);
      flushed.remove(syncId);
    }

    @Override
    public void flush() {
      super.flush();
      note();
    }

    @Override
    public void settle(Duration timeout) {
      super.settle(timeout);
      note();
    }

    private void note() {
      for (SyncRun sync : store.syncs()) {
        flushed.put(sync.id(), stored(sync.id()));
      }
    }
  }

  private static final class OlderFileWins extends FlushedRows {
    OlderFileWins(GrantStore store) {
      super(store);
    }

    @Override
    public void flush() {
      for (SyncRun sync : store.syncs()) {
        List<Grant> older = new ArrayList<>(flushed(sync.id()));
        older.removeIf(grant -> stored(sync.id(), grant.id()).isEmpty());
        if (isOpen(sync.id())) {
          store.putAll(sync.id(), older);
        }
      }
      super.flush();
    }
  }

  private static final class DeletionsDropped extends FlushedRows {
    DeletionsDropped(GrantStore store) {
      super(store);
    }

    @Override
    public void settle(Duration timeout) {
      for (SyncRun sync : store.syncs()) {
        List<Grant> deleted = new ArrayList<>(flushed(sync.id()));
        deleted.removeIf(grant -> stored(sync.id(), grant.id()).isPresent());
        if (isOpen(sync.id())) {
          store.putAll(sync.id(), deleted);
        }
      }
      super.settle(timeout);
    }
  }

  private static final class LongIdsLost implements Planting {
    private boolean isSmall;

    @Override
    public void use(Settings settings) {
      isSmall = "64".equals(settings.values().get("rocksdb.block_size"));
    }

    @Override
    public GrantStore open(GrantStore sound) {
      return isSmall ? new BugStore(sound, LongIdsLost::withoutLong) : sound;
    }

    private static GrantReader withoutLong(GrantReader sound) {
      return new ListReader(sound) {
        @Override
        List<Grant> rows(GrantQuery query, List<Grant> right) {
          return right.stream().filter(grant -> grant.id().length() <= 100).toList();
        }
      };
    }
  }
}
