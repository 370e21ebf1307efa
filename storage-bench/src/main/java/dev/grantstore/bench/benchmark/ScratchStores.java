package dev.grantstore.bench.benchmark;

import dev.grantstore.GrantStore;
import dev.grantstore.OpenMode;
import java.nio.file.Path;

/** Makes empty stores and folders to write into and removes them again. One thread. */
public interface ScratchStores {
  /** Instead of a number of bytes. */
  long NOT_KNOWN = -1;

  /** {@return an empty store; {@link #discard} it before the next} */
  GrantStore open();

  /**
   * Closes the store that {@link #open} gave last, looks at its size and removes it; or removes the
   * folder that {@link #folder} gave.
   *
   * @return the bytes it took on disk, once closed; {@link #NOT_KNOWN} where it was elsewhere
   */
  long discard();

  /**
   * {@return an empty folder, for files and for stores that {@link #openAt} opens; {@link #discard}
   * it before the next, when those are closed}
   */
  Path folder();

  /**
   * Opens a store of the same engine; the caller closes it.
   *
   * @param location in {@link #folder}
   * @param mode what is expected there
   * @return the open store
   */
  GrantStore openAt(Path location, OpenMode mode);

  /** {@return memory for the cached blocks of each of them} */
  long cacheBytes();

  /** {@return what a returned write survives in them} */
  String durability();

  /**
   * {@return whether the stores' files are those of other processes, so that what this one reads
   * and writes says nothing of them}
   */
  default boolean isElsewhere() {
    return false;
  }
}
