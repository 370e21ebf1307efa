package dev.grantstore.equivalence.planted;

import dev.grantstore.Durability;
import dev.grantstore.Grant;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.PageToken;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import dev.grantstore.equivalence.workload.Settings;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Stores that are not the same when they are opened again. */
final class RestartBugs {
  static final List<PlantedBug> ALL =
      List.of(
          PlantedBug.overRocksDb(
              "reopening-forgets-the-last-batch",
              "a batch that was not flushed is gone when the store is opened again",
              LastBatchForgotten::new),
          PlantedBug.overRocksDb(
              "crash-loses-acknowledged-writes",
              "what was not flushed is gone after a crash, whatever the durability",
              CrashLosesWrites::new),
          PlantedBug.overRocksDb(
              "reopening-brings-deleted-grants-back",
              "a grant whose deletion was not flushed is there when the store is opened again",
              DeletesForgotten::new),
          PlantedBug.overRocksDb(
              "reopening-loses-an-index",
              "the list of a principal lacks what was there when the store was opened",
              IndexForgotten::new),
          PlantedBug.overRocksDb(
              "reopening-ends-page-tokens",
              "a page token is refused when the store was opened again",
              TokensForgotten::new),
          PlantedBug.overRocksDb(
              "reading-only-misses-the-log",
              "a store opened to be read lacks what was not flushed",
              LogNotRead::new),
          PlantedBug.overRocksDb(
              "closing-does-not-flush-without-log",
              "with durability BULK, what was not flushed is gone after closing",
              NoFlushAtClose::new));

  private RestartBugs() {}

  private static class Journaling implements Planting {
    final Journal journal = new Journal();

    @Override
    public GrantStore open(GrantStore sound) {
      return new JournaledStore(sound, journal);
    }
  }

  private static final class LastBatchForgotten extends Journaling {
    @Override
    public GrantStore reopen(GrantStore sound) {
      journal.undoLast(sound);
      journal.clear();
      return open(sound);
    }
  }

  private static final class CrashLosesWrites extends Journaling {
    @Override
    public GrantStore crash(GrantStore sound) {
      journal.undoAll(sound);
      return open(sound);
    }
  }

  private static final class DeletesForgotten extends Journaling {
    @Override
    public GrantStore reopen(GrantStore sound) {
      for (Journal.Write write : journal.backwards()) {
        boolean isOpen =
            sound.sync(write.syncId()).filter(s -> s.state() == SyncRun.State.OPEN).isPresent();
        if (write.after().isEmpty()
            && isOpen
            && sound.get(write.syncId(), write.grantId()).isEmpty()) {
          write.before().ifPresent(grant -> sound.put(write.syncId(), grant));
        }
      }
      journal.clear();
      return open(sound);
    }
  }

  private static final class LogNotRead extends Journaling {
    @Override
    public GrantStore openReadOnly(GrantStore sound) {
      return new BugStore(
          sound,
          reader ->
              new ListReader(reader) {
                @Override
                List<Grant> rows(GrantQuery query, List<Grant> right) {
                  return query instanceof GrantQuery.Scan
                      ? journal.without(query.syncId(), right)
                      : right;
                }
              });
    }
  }

  private static final class NoFlushAtClose extends Journaling {
    private boolean isLogged = true;
    private boolean wasLogged = true;

    @Override
    public void use(Settings settings) {
      wasLogged = isLogged;
      isLogged = !settings.durability().equals(Optional.of(Durability.BULK));
    }

    @Override
    public GrantStore reopen(GrantStore sound) {
      if (!wasLogged) {
        journal.undoAll(sound);
      }
      journal.clear();
      return open(sound);
    }
  }

  private static final class IndexForgotten implements Planting {
    private final Map<String, Set<String>> lost = new HashMap<>();

    @Override
    public GrantStore open(GrantStore sound) {
      return new BugStore(sound, this::withoutLost) {
        @Override
        public void putAll(String syncId, Collection<Grant> grants) {
          super.putAll(syncId, grants);
          grants.forEach(grant -> lost.getOrDefault(syncId, new HashSet<>()).remove(grant.id()));
        }

        @Override
        public void drop(String syncId) {
          super.drop(syncId);
          lost.remove(syncId);
        }
      };
    }

    @Override
    public GrantStore reopen(GrantStore sound) {
      for (SyncRun sync : sound.syncs()) {
        Set<String> ids = new HashSet<>();
        new BugReader(sound)
            .list(new GrantQuery.Scan(sync.id()))
            .forEach(grant -> ids.add(grant.id()));
        lost.put(sync.id(), ids);
      }
      return open(sound);
    }

    private GrantReader withoutLost(GrantReader sound) {
      return new ListReader(sound) {
        @Override
        List<Grant> rows(GrantQuery query, List<Grant> right) {
          Set<String> gone = lost.getOrDefault(query.syncId(), Set.of());
          return query instanceof GrantQuery.ByPrincipal
              ? right.stream().filter(grant -> !gone.contains(grant.id())).toList()
              : right;
        }
      };
    }
  }

  /** Writes at the end of each token which opening it is from. */
  private static final class TokensForgotten implements Planting {
    private int openings;

    @Override
    public GrantStore open(GrantStore sound) {
      openings++;
      return new BugStore(sound, this::forgetting);
    }

    private GrantReader forgetting(GrantReader sound) {
      String end = "." + openings;
      return new BugReader(sound) {
        @Override
        public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
          PageToken real = after;
          if (!after.isStart()) {
            super.page(query, limitRows, PageToken.START);
            if (!after.text().endsWith(end)) {
              throw new GrantStoreException(Reason.INVALID_PAGE_TOKEN, "page token is too old");
            }
            real = new PageToken(after.text().substring(0, after.text().length() - end.length()));
          }
          GrantPage page = super.page(query, limitRows, real);
          return new GrantPage(
              page.grants(), page.next().map(next -> new PageToken(next.text() + end)));
        }
      };
    }
  }
}
