package dev.grantstore;

import java.time.Instant;

/**
 * A sync on its way in, whole or not at all. Thread-safe; each {@link BulkPart} belongs to one
 * thread.
 *
 * <p>Closing without {@link #commit} leaves no trace, and so does a process that dies before commit
 * returns. The store can be read and written meanwhile. A refused call, such as adding null or
 * committing while a part is open, changes nothing; a part that fails otherwise spoils the load.
 */
public interface BulkLoad extends AutoCloseable {
  /**
   * Opens the next part of the stream. Parts may be filled at the same time by different threads.
   * Of two grants with equal ids the one in the part opened later wins, and within a part the later
   * one.
   *
   * @return a part, which its user closes when it is full
   */
  BulkPart openPart();

  /**
   * Sorts what is left, ingests everything in one step and seals the sync, durably.
   *
   * @param endedAt when the run ended
   * @return the sealed sync
   * @throws IllegalStateException if a part is still open, a part failed, or it was committed
   */
  SyncRun commit(Instant endedAt);

  /** Gives up, if not committed, and removes every temporary file. Closing twice does nothing. */
  @Override
  void close();
}
