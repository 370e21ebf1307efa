package dev.grantstore.diff;

import dev.grantstore.SyncRun;
import java.util.List;
import java.util.Objects;

/**
 * What a merge made of how much: {@code rowsRead = written + replaced + deleted + deletions}.
 * Immutable.
 *
 * @param sync the merged sync, sealed
 * @param policy how it was made: {@link MergePolicy#REBUILD} or {@link MergePolicy#FOLD}
 * @param rowsRead rows of all sources, deletions included
 * @param written grants in the merged sync
 * @param replaced grants that are not in it since another one of the same id is
 * @param deleted grants that are not in it since a deletion of their id is newer
 * @param deletions rows of sources that are deletions
 * @param ties ids for which several rows are equally new and not the same; the one of the later
 *     source won
 * @param firstTies the first ids of those, in order, at most {@link #MOST_TIES}
 */
public record MergeReport(
    SyncRun sync,
    MergePolicy policy,
    long rowsRead,
    long written,
    long replaced,
    long deleted,
    long deletions,
    long ties,
    List<String> firstTies) {
  /** How many ids of ties are reported. */
  public static final int MOST_TIES = 10;

  /** Copies the list. */
  public MergeReport {
    Objects.requireNonNull(sync, "sync");
    Objects.requireNonNull(policy, "policy");
    firstTies = List.copyOf(firstTies);
  }
}
