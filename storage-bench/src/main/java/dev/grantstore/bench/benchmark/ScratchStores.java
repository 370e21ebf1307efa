package dev.grantstore.bench.benchmark;

import dev.grantstore.GrantStore;

/** Makes empty stores to write into and removes them again. One thread. */
public interface ScratchStores {
  /** {@return an empty store; {@link #discard} it before the next} */
  GrantStore open();

  /**
   * Closes the store that {@link #open} gave last, looks at its size and removes it.
   *
   * @return the bytes it took on disk once closed
   */
  long discard();

  /** {@return what a returned write survives in them} */
  String durability();
}
