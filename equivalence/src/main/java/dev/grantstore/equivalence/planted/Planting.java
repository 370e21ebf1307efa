package dev.grantstore.equivalence.planted;

import dev.grantstore.GrantStore;
import dev.grantstore.equivalence.workload.Settings;

/** How one bug gets into the stores of one run. One thread; may carry what it needs along. */
@FunctionalInterface
interface Planting {
  /** {@return a store with the bug over a new and empty one} */
  GrantStore open(GrantStore sound);

  /** {@return a store with the bug over one that was closed and opened again} */
  default GrantStore reopen(GrantStore sound) {
    return open(sound);
  }

  /** {@return a store with the bug over what a killed process left} */
  default GrantStore crash(GrantStore sound) {
    return open(sound);
  }

  /** {@return a store with the bug over one that can only be read} */
  default GrantStore openReadOnly(GrantStore sound) {
    return sound;
  }

  /**
   * {@return a checkpoint with the bug}
   *
   * @param store that it was made of, with its bug
   * @param copy a sound one
   */
  default GrantStore checkpoint(GrantStore store, GrantStore copy) {
    return copy;
  }

  /** Hears what the next store is opened with, and that the one before is closed by then. */
  default void use(Settings settings) {}
}
