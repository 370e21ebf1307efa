package dev.grantstore.bench.benchmark;

import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.bench.measure.Halt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Sealed syncs of one store that hold a fixture's grants between them, and some older rows besides.
 *
 * @param syncIds their ids
 * @param rows how many rows they have together
 */
record SourceSyncs(List<String> syncIds, long rows) {
  /** Of every so many grants one has an older row elsewhere. */
  static final int ONE_OF = 10;

  /** Held back at most, all syncs together. */
  private static final int MOST_HELD = 100_000;

  private static final int LARGEST_BATCH = 10_000;

  /** Copies the list. */
  SourceSyncs {
    syncIds = List.copyOf(syncIds);
  }

  /**
   * {@return such syncs, made of the subject's grants}
   *
   * @param store gets them
   * @param halt ends it early; they lack grants then, and are not to be used
   */
  static SourceSyncs deal(
      Subject subject, GrantStore store, int sources, SourceSizes sizes, Halt halt) {
    Deal deal = new Deal(store, sources, subject.sync().startedAt());
    SourceSizes.Dealing dealing = sizes.among(sources);
    subject
        .grants()
        .part(
            0,
            1,
            grant -> {
              deal.add(grant, dealing);
              return !halt.isRequested();
            });
    return deal.sealed(subject.sync().endedAt());
  }

  /** The syncs while they are written. */
  private static final class Deal {
    private final GrantStore store;
    private final List<String> ids = new ArrayList<>();
    private final List<List<Grant>> held = new ArrayList<>();
    private final int batch;
    private long grants;
    private long rows;

    private Deal(GrantStore store, int sources, Instant startedAt) {
      this.store = store;
      this.batch = Math.max(1, Math.min(LARGEST_BATCH, MOST_HELD / sources));
      for (int i = 0; i < sources; i++) {
        String id = String.format(Locale.ROOT, "source-%04d", i);
        store.startSync(id, "full", startedAt);
        ids.add(id);
        held.add(new ArrayList<>());
      }
    }

    private void add(Grant grant, SourceSizes.Dealing dealing) {
      int own = dealing.sourceOf(grants);
      put(own, grant);
      if (grants % ONE_OF == 0) {
        // By turns before and after, so that neither the first source wins nor the last.
        int step = grants / ONE_OF % 2 == 0 ? 1 : ids.size() - 1;
        put((own + step) % ids.size(), older(grant));
      }
      grants++;
    }

    private static Grant older(Grant grant) {
      return new Grant(
          grant.id(),
          grant.entitlement(),
          grant.principal(),
          grant.discoveredAt().minus(Duration.ofDays(1)),
          grant.needsExpansion(),
          grant.expansion(),
          grant.sources(),
          grant.annotations(),
          grant.expiresAt());
    }

    private void put(int source, Grant grant) {
      List<Grant> of = held.get(source);
      of.add(grant);
      rows++;
      if (of.size() >= batch) {
        flush(source);
      }
    }

    private void flush(int source) {
      store.putAll(ids.get(source), held.get(source));
      held.get(source).clear();
    }

    private SourceSyncs sealed(Instant endedAt) {
      for (int i = 0; i < ids.size(); i++) {
        flush(i);
        store.seal(ids.get(i), endedAt);
      }
      return new SourceSyncs(ids, rows);
    }
  }
}
