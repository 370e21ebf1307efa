package dev.grantstore.keyvalue;

import dev.grantstore.GrantStoreException;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.codec.ValueForm;
import java.io.IOException;
import java.time.Instant;

/** Where a load's sync goes: the writer of a store. Thread-safe; callers have entered the gate. */
interface LoadTarget {
  /** {@return how long a key may be; grants with a longer one are refused when they are added} */
  default int longestKeyBytes() {
    return Integer.MAX_VALUE;
  }

  /** {@return how the values of rows are to be written} */
  default ValueForm valueForm() {
    return ValueForm.PLAIN;
  }

  /**
   * {@return the row of a sync that is to be loaded} Its number is taken, and its id kept from
   * being started or loaded by others. Nothing is written yet.
   *
   * @param run the sync, open
   * @throws GrantStoreException if it is there, or the store takes no more writes
   */
  SyncRow reserve(SyncRun run);

  /**
   * Ends a reservation of which nothing came; in any state of the store.
   *
   * @param syncId the sync
   */
  void unreserve(String syncId);

  /**
   * Writes all rows of a sync, shows it, sealed, durably, and ends the reservation in the same
   * moment, for it may be dropped and loaded again at once: whole or, if this throws, not at all;
   * unless the database fails while it makes the last step durable: then the sync is not shown, and
   * reopening decides.
   *
   * @param sync its rows, in runs; of rows with equal grant ids the last counts
   * @param endedAt when the run ended
   * @return the sealed sync
   * @throws GrantStoreException if the database fails
   * @throws IOException if a run cannot be read or removed
   * @throws InterruptedException if the thread was interrupted while it waited for others
   */
  SyncRun takeIn(SortedSync sync, Instant endedAt) throws IOException, InterruptedException;
}
