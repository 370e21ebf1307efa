package dev.grantstore.equivalence.run;

import dev.grantstore.GrantStore;
import dev.grantstore.equivalence.workload.Settings;
import java.util.Optional;

/** An engine on trial: where the stores for runs come from and go to. One thread. */
public interface Subject extends AutoCloseable {
  /** {@return its name, for reports} */
  String name();

  /**
   * {@return a store without any sync, for one run}
   *
   * @param settings what to open it with; what the engine does not know is passed over
   */
  GrantStore open(Settings settings);

  /**
   * Closes a store and opens it again.
   *
   * @param store from this subject
   * @param settings what to open it with
   * @return the store to go on with
   */
  GrantStore reopen(GrantStore store, Settings settings);

  /**
   * Opens what would be left of a store if the process were killed now, and closes the store.
   *
   * @param store from this subject
   * @param settings what to open it with
   * @return the store to go on with
   */
  GrantStore crash(GrantStore store, Settings settings);

  /**
   * Closes a store and opens it for reading only.
   *
   * @param store from this subject
   * @return the store, to be given to {@link #reopen} next
   */
  GrantStore openReadOnly(GrantStore store);

  /**
   * Makes a checkpoint of a store and opens it.
   *
   * @param store from this subject, open
   * @return the checkpoint, which goes when it is closed; empty if the engine makes none
   */
  default Optional<GrantStore> checkpoint(GrantStore store) {
    return Optional.empty();
  }

  /**
   * {@return whether a store is empty after closing; it is then never closed and opened again, only
   * what is open in it is closed}
   */
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
