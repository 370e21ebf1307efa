package dev.grantstore.repair;

import dev.grantstore.EntitlementRef;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.Verification.Finding;
import dev.grantstore.keyvalue.Mendable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes what a store derives of the grants of a sync what they say, where it is: the rows of
 * indexes, and the digests of entitlements. Stateless.
 */
public final class SyncMending {
  private SyncMending() {}

  /**
   * Mends a sync. All its grants are read, and must be what the sync was sealed with, or last
   * written with: they are what is believed, and are not changed. Rows of indexes that differ from
   * them, are of no grant, cannot be read or are missing are made right in one write, during which
   * other writes wait, and readers see the rows before or after it. Of a sealed sync the digests of
   * all entitlements are then made anew, and the file of them is replaced if it is another; it
   * stays as it is while lists of entitlements are damaged that were not to be mended.
   *
   * <p>Who fails or is interrupted between the two has mended the rows: they stay so, and the next
   * time finds the digests.
   *
   * <p>Refused, with nothing changed, is what is not sound or not derived: grants that are not
   * whole, pages, an index that is out of order or that the engine cannot read, and more rows that
   * may be wrong than one write takes (some 100,000, or 8 Mi characters of their ids or keys).
   *
   * @param store open for writing
   * @param syncId the sync; open or sealed
   * @param only the entitlement whose rows of indexes are mended; if there is none, those of all. A
   *     row that cannot be read is of the entitlement that its key names, or the grant that must be
   *     there
   * @return what was wrong and is not any more; empty if nothing was
   * @throws GrantStoreException with {@link Reason#CORRUPTION} where it is refused, {@link
   *     Reason#UNSUPPORTED} by a store that derives nothing, {@link Reason#SYNC_UNKNOWN}, {@link
   *     Reason#READ_ONLY}, or as from a write
   */
  public static List<Finding> run(GrantStore store, String syncId, Optional<EntitlementRef> only) {
    Objects.requireNonNull(only, "only");
    if (store instanceof Mendable mendable) {
      return mendable.mend(syncId, only);
    }
    throw new GrantStoreException(
        Reason.UNSUPPORTED, "store has no rows that are derived from others");
  }
}
