package dev.grantstore.keyvalue;

import dev.grantstore.GrantStoreException;
import dev.grantstore.codec.SyncRow;

/**
 * Syncs that can be read as they are stored, rows or pages, all of one moment: what a snapshot of a
 * {@link KeyValueStore} is besides. Thread-safe.
 */
public interface StoredSyncs {
  /**
   * Reads a sync.
   *
   * @param <T> what comes of it
   */
  interface Reading<T> {
    /**
     * Reads it.
     *
     * @param row the sync's row, which says in which form it is
     * @param view where its rows or pages are; not of use any more once this returns
     * @param requireOpen throws once the store is to be closed, which waits for this: to be asked
     *     now and then
     * @return anything
     * @throws Exception a {@link GrantStoreException} goes to the caller as it is
     */
    T read(SyncRow row, View view, Runnable requireOpen) throws Exception;
  }

  /**
   * {@return what comes of reading a sync}
   *
   * @param syncId the sync
   * @param reading reads it
   * @throws GrantStoreException with {@link dev.grantstore.Reason#SYNC_UNKNOWN}, or if it cannot be
   *     read
   */
  <T> T stored(String syncId, Reading<T> reading);
}
