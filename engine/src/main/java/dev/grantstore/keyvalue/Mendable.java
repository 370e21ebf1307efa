package dev.grantstore.keyvalue;

import dev.grantstore.EntitlementRef;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Verification.Finding;
import java.util.List;
import java.util.Optional;

/** A store whose syncs can be mended where they are. Thread-safe. */
public interface Mendable {
  /**
   * As {@link dev.grantstore.repair.SyncMending#run}.
   *
   * @param syncId the sync
   * @param only the entitlement whose rows are mended; if there is none, those of all
   * @return what was wrong and is not any more
   * @throws GrantStoreException if it cannot be mended, and nothing was changed; or if digests
   *     could not be written, and rows that were mended before stay so
   */
  List<Finding> mend(String syncId, Optional<EntitlementRef> only);
}
