package dev.grantstore.keyvalue;

import dev.grantstore.BulkLoadOptions;
import dev.grantstore.GrantStoreException;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.packed.PageSource;
import java.time.Instant;
import java.util.Optional;

/** What takes in whole syncs as pages, if it {@linkplain #takesPages does}. Thread-safe. */
public interface PageTarget {
  /** {@return whether pages are what is stored here} */
  boolean takesPages();

  /**
   * Takes in a packed sync as it is: whole, sealed and durable, or not at all.
   *
   * @param run the sync as it is to be called, open
   * @param endedAt when the run ended
   * @param from its row where it is now; what that says of it is believed
   * @param pages where its pages are
   * @return the sealed sync
   * @throws GrantStoreException as from a bulk load; also {@link dev.grantstore.Reason#CORRUPTION}
   *     if a page is damaged
   */
  SyncRun takeIn(SyncRun run, Instant endedAt, SyncRow from, PageSource pages);

  /**
   * Starts a load of a sync that holds what another holds, but for some grants.
   *
   * @param run the sync as it is to be called, open
   * @param from has the other one; open until the load ends
   * @param baseId the other one
   * @param options how to sort what changes
   * @return the load, which the caller closes; empty if pages are not what is stored here, or are
   *     not what the other sync is, or are of a file that anybody may have written
   * @throws GrantStoreException as from a bulk load
   */
  Optional<FoldLoad> fold(SyncRun run, StoredSyncs from, String baseId, BulkLoadOptions options);
}
