package dev.grantstore.equivalence.run;

import dev.grantstore.GrantStore;

/** An engine on trial: where the stores for runs come from and go to. One thread. */
public interface Subject extends AutoCloseable {
  /** {@return its name, for reports} */
  String name();

  /** {@return a store without any sync, for one run} */
  GrantStore open();

  /**
   * Closes a store and opens it again; one that forgets everything when closed is given back as it
   * is.
   *
   * @param store from {@link #open} or an earlier call
   * @param variant which of the subject's sets of options; any number
   * @return the store to go on with
   */
  GrantStore reopen(GrantStore store, int variant);

  /** {@return whether a store is empty after closing, so that {@link #reopen} leaves it open} */
  boolean isForgetful();

  /** {@return whether {@link #finish} empties the store for the next run instead of closing it} */
  boolean isKept();

  /**
   * Ends a run.
   *
   * @param store the run's store
   */
  void finish(GrantStore store);

  /** Closes and removes what is left of all runs. */
  @Override
  void close();
}
