package dev.grantstore.equivalence.planted;

import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStore;
import dev.grantstore.SyncRun;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Forwards to a sound store, which it may ask what is right. */
class BugStore extends ForwardingGrantStore {
  final GrantStore store;

  BugStore(GrantStore store) {
    this(store, UnaryOperator.identity());
  }

  BugStore(GrantStore store, UnaryOperator<GrantReader> reading) {
    super(store, reading);
    this.store = store;
  }

  /** {@return the grant as the sound store has it; empty also if it cannot be asked for} */
  final Optional<Grant> stored(String syncId, String grantId) {
    return store.sync(syncId).isPresent() ? store.get(syncId, grantId) : Optional.empty();
  }

  /** {@return all grants of a sync as the sound store has them; none if it is not there} */
  final List<Grant> stored(String syncId) {
    return store.sync(syncId).isPresent()
        ? new BugReader(store).list(new GrantQuery.Scan(syncId))
        : List.of();
  }

  /** {@return whether a sync is there and can be written} */
  final boolean isOpen(String syncId) {
    return store.sync(syncId).filter(run -> run.state() == SyncRun.State.OPEN).isPresent();
  }
}
