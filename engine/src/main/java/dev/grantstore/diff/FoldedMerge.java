package dev.grantstore.diff;

import dev.grantstore.BulkLoadOptions;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import dev.grantstore.keyvalue.FoldLoad;
import dev.grantstore.keyvalue.KeyValueStore;
import dev.grantstore.keyvalue.PageTarget;
import dev.grantstore.keyvalue.StoredSyncs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A merge that takes the largest source as it is stored, and works into it what other sources have
 * newer. Of use once, by one thread.
 */
final class FoldedMerge {
  /**
   * Rows of other sources for one of the largest, up to which folding is faster:
   * rfc/results/2026-12-01-merge-policies.md.
   */
  private static final double MOST_OTHERS = 0.1;

  private final List<SyncMerge.Source> sources;
  private final List<SyncRun> runs;
  private final GrantStore target;
  private final BulkLoadOptions options;

  FoldedMerge(
      List<SyncMerge.Source> sources,
      List<SyncRun> runs,
      GrantStore target,
      BulkLoadOptions options) {
    this.sources = sources;
    this.runs = runs;
    this.target = target;
    this.options = options;
  }

  /**
   * Merges, if that is asked for, or worth it.
   *
   * @param merged the merged sync, open
   * @return empty if it cannot, or is not
   * @throws GrantStoreException with {@link Reason#UNSUPPORTED} if it is asked for and cannot be
   */
  Optional<MergeReport> run(SyncRun merged, Instant endedAt, MergePolicy policy) {
    OptionalInt base = base();
    if (policy == MergePolicy.AUTO && !(base.isPresent() && isWorthIt(base.getAsInt()))) {
      return Optional.empty();
    }
    Optional<MergeReport> report =
        base.isPresent() && target instanceof PageTarget to
            ? fold(base.getAsInt(), to, merged, endedAt)
            : Optional.empty();
    if (report.isEmpty() && policy == MergePolicy.FOLD) {
      throw new GrantStoreException(
          Reason.UNSUPPORTED,
          "merge cannot be folded: the target and the largest source that is no list of deletions"
              + " must be stores that pack sealed syncs, and no containers");
    }
    return report;
  }

  /** The place of the largest source that has grants, and of equally large ones the first. */
  private OptionalInt base() {
    return IntStream.range(0, runs.size())
        .filter(place -> !runs.get(place).type().equals(SyncMerge.DELETIONS))
        .reduce((a, b) -> SyncMerge.count(runs.get(b)) > SyncMerge.count(runs.get(a)) ? b : a);
  }

  private boolean isWorthIt(int base) {
    long rows = SyncMerge.count(runs.get(base));
    long all = runs.stream().mapToLong(SyncMerge::count).sum();
    return all - rows <= rows * MOST_OTHERS;
  }

  private Optional<MergeReport> fold(int base, PageTarget to, SyncRun merged, Instant endedAt) {
    GrantReader reader = sources.get(base).reader();
    if (reader instanceof KeyValueStore store) {
      // Its rows and pages are of one moment then, and stay if the sync is dropped.
      try (GrantSnapshot moment = store.snapshot()) {
        return fold(base, moment, to, merged, endedAt);
      }
    }
    // A store of another class may read otherwise than what it gives as its snapshot.
    return fold(base, reader, to, merged, endedAt);
  }

  private Optional<MergeReport> fold(
      int base, GrantReader moment, PageTarget to, SyncRun merged, Instant endedAt) {
    String baseId = runs.get(base).id();
    if (!(moment instanceof StoredSyncs stored)) {
      return Optional.empty();
    }
    if (!moment.sync(baseId).equals(Optional.of(runs.get(base)))) {
      throw GrantStoreException.syncUnknown(baseId);
    }
    List<SyncMerge.Source> read = new ArrayList<>(sources);
    read.set(base, new SyncMerge.Source(moment, baseId));
    Optional<FoldLoad> begun = to.fold(merged, stored, baseId, options);
    if (begun.isEmpty()) {
      return Optional.empty();
    }
    try (FoldLoad load = begun.get();
        NewestRows rows = NewestRows.of(read, runs)) {
      rows.foldInto(base, load);
      return Optional.of(rows.report(load.commit(endedAt), MergePolicy.FOLD));
    }
  }
}
