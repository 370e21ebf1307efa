package dev.grantstore.diff;

import dev.grantstore.EntitlementRef;

/**
 * Takes what a {@link SyncDiff} finds, in the thread that runs it. Changes come in the order of
 * {@link dev.grantstore.GrantQuery.ScanByEntitlement}. What it throws ends the diff and comes out
 * of {@link SyncDiff#run}.
 */
public interface DiffSink {
  /**
   * Takes a change.
   *
   * @param change the next one
   */
  void change(GrantChange change);

  /**
   * Takes the sum of the changes of one entitlement, after the last of them. Called for
   * entitlements with changes alone.
   *
   * @param entitlement which
   * @param counts how many; at least one
   */
  default void entitlement(EntitlementRef entitlement, ChangeCounts counts) {}
}
