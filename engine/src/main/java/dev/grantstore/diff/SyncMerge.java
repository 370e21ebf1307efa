package dev.grantstore.diff;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.Excerpt;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.SyncRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes one sealed sync of several: of all grants with one id the newest. Immutable; several may
 * run at once.
 *
 * <ul>
 *   <li>Of rows with one id the one with the latest {@code discoveredAt} wins. If several are
 *       equally new, the one of the source wins that was given later; if they are not the same,
 *       that is a tie, and counted.
 *   <li>A source whose sync is of type {@link #DELETIONS} says what is gone. Its rows are not
 *       written; one that wins keeps every other of its id out. Which grant it names is the id
 *       alone; its other fields do not matter.
 *   <li>The merged sync is of type {@link #MERGED}, began when the first source did, and ended when
 *       the last one did.
 * </ul>
 *
 * <p>Nothing is seen of it before all of it is there, as of any {@link BulkLoad}. The sources stay
 * as they are. Memory: the load's budget, a row of each of the 64 largest sources, and some 65,000
 * rows of all others, at least one of each: those are read page by page, so that 64 cursors are
 * open at a time, since engines limit how many a store has.
 */
public final class SyncMerge {
  /** The most sources of one merge. */
  public static final int MAX_SOURCES = 1_000;

  /** The type of a sync whose grants are not there any more. */
  public static final String DELETIONS = "deletions";

  /** The type of the sync that a merge makes. */
  public static final String MERGED = "merged";

  /**
   * A sync to be merged.
   *
   * @param reader has it; stays the caller's
   * @param syncId names it; sealed
   */
  public record Source(GrantReader reader, String syncId) {
    /** Checks that both are there. */
    public Source {
      Objects.requireNonNull(reader, "reader");
      Objects.requireNonNull(syncId, "syncId");
    }
  }

  private SyncMerge() {}

  /**
   * Merges syncs by the policy that suits them, with the default options of a load.
   *
   * @param sources in their order, which decides between equally new rows; at least one
   * @param target gets the merged sync; may have sources too
   * @param syncId the merged sync's id, which is free
   * @return what came of it
   */
  public static MergeReport newestWins(List<Source> sources, GrantStore target, String syncId) {
    return newestWins(sources, target, syncId, BulkLoadOptions.defaults());
  }

  /**
   * Merges syncs by the policy that suits them.
   *
   * @param sources in their order, which decides between equally new rows; at least one
   * @param target gets the merged sync; may have sources too
   * @param syncId the merged sync's id, which is free
   * @param options how to load it
   * @return what came of it
   */
  public static MergeReport newestWins(
      List<Source> sources, GrantStore target, String syncId, BulkLoadOptions options) {
    return newestWins(sources, target, syncId, MergePolicy.AUTO, options);
  }

  /**
   * Merges syncs.
   *
   * @param sources in their order, which decides between equally new rows; at least one
   * @param target gets the merged sync; may have sources too
   * @param syncId the merged sync's id, which is free
   * @param policy how to make it
   * @param options how to load it
   * @return what came of it
   * @throws IllegalArgumentException if there is no source, or too many
   * @throws IllegalStateException if a source is open
   * @throws GrantStoreException with {@link dev.grantstore.Reason#SYNC_UNKNOWN} or {@link
   *     dev.grantstore.Reason#SYNC_EXISTS}, with {@link dev.grantstore.Reason#TIMEOUT} if the
   *     thread was interrupted, with {@link dev.grantstore.Reason#UNSUPPORTED} if it is to be
   *     folded and cannot be, or if a store fails; there is no merged sync then
   */
  public static MergeReport newestWins(
      List<Source> sources,
      GrantStore target,
      String syncId,
      MergePolicy policy,
      BulkLoadOptions options) {
    List<Source> all = List.copyOf(sources);
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(policy, "policy");
    if (all.isEmpty() || all.size() > MAX_SOURCES) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "a merge takes 1 to %d sources: given=%d", MAX_SOURCES, all.size()));
    }
    List<SyncRun> runs = new ArrayList<>();
    for (Source source : all) {
      runs.add(sealed(source));
    }
    Instant startedAt = runs.stream().map(SyncRun::startedAt).min(Instant::compareTo).orElseThrow();
    Instant endedAt =
        runs.stream().map(run -> run.endedAt().orElseThrow()).max(Instant::compareTo).orElseThrow();
    SyncRun merged = SyncRun.open(syncId, MERGED, startedAt);
    if (policy != MergePolicy.REBUILD) {
      Optional<MergeReport> folded =
          new FoldedMerge(all, runs, target, options).run(merged, endedAt, policy);
      if (folded.isPresent()) {
        return folded.get();
      }
    }
    try (BulkLoad load = target.bulkLoad(syncId, MERGED, startedAt, options);
        NewestRows rows = NewestRows.of(all, runs)) {
      try (BulkPart part = load.openPart()) {
        rows.writeTo(part);
      }
      return rows.report(load.commit(endedAt), MergePolicy.REBUILD);
    }
  }

  /** How many rows a source has. */
  static long count(SyncRun run) {
    return run.digest().orElseThrow().count();
  }

  static SyncRun sealed(Source source) {
    SyncRun run =
        source
            .reader()
            .sync(source.syncId())
            .orElseThrow(() -> GrantStoreException.syncUnknown(source.syncId()));
    if (run.state() != SyncRun.State.SEALED) {
      throw new IllegalStateException(
          "sync is open, only sealed ones can be merged: " + Excerpt.of(run.id()));
    }
    return run;
  }
}
