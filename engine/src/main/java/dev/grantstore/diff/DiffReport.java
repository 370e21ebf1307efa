package dev.grantstore.diff;

/**
 * What a diff came to, and how it knows. Immutable.
 *
 * @param counts how many grants differ
 * @param entitlements how many entitlements have changes
 * @param basis what was compared
 * @param before what it took on the first side
 * @param after what it took on the second
 */
public record DiffReport(
    ChangeCounts counts, long entitlements, Basis basis, SideReport before, SideReport after) {

  /** What was compared. */
  public enum Basis {
    /** The digests of the two syncs, which are equal. No row was read. */
    SYNC_DIGESTS,
    /** The digests of all entitlements, and the rows of those that differ. */
    ENTITLEMENT_DIGESTS,
    /** All rows of both syncs. */
    ROWS
  }

  /**
   * What a diff took on one side.
   *
   * @param isSealed whether the sync is sealed; one that is open has no digest to be checked
   *     against
   * @param keepsDigests whether the store keeps digests of the sync's entitlements; if one side
   *     does not, all rows of both are compared
   * @param digestsRead how many digests of entitlements were read
   * @param rowsRead how many rows were read
   */
  public record SideReport(
      boolean isSealed, boolean keepsDigests, long digestsRead, long rowsRead) {}

  /** {@return whether the syncs hold the same grants} */
  public boolean isEqual() {
    return counts.total() == 0;
  }
}
