package dev.grantstore.packed;

import org.jspecify.annotations.Nullable;

/** Where the pages of one sync are stored. Thread-safe. */
public interface PageSource {
  /**
   * {@return the bytes under a key, the caller's from now on; null if there are none}
   *
   * @param key a page's or a directory's
   * @throws Exception if the database fails
   */
  byte @Nullable [] read(byte[] key) throws Exception;

  /**
   * Keeps the pages from going with their sync, until {@link #release}.
   *
   * @return false if the sync is gone already, and nothing was kept
   */
  boolean retain();

  /** Ends what {@link #retain} began. */
  void release();

  /**
   * {@return whether the pages may have been written by anybody, so that nothing but reading them
   * all tells whether the lists that they hold are of the same grants}
   */
  default boolean isForeign() {
    return false;
  }

  /** {@return whether the sync may be gone, so that pages are missing without being lost} */
  boolean mayBeGone();
}
