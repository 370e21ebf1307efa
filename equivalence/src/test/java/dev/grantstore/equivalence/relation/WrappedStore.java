package dev.grantstore.equivalence.relation;

import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;

/** A store around another, for bugs to be put in. */
class WrappedStore extends ForwardingGrantStore {
  WrappedStore(GrantStore real) {
    super(real);
  }

  /** A store around one in memory. */
  WrappedStore() {
    this(GrantStores.open("memory:", StoreOptions.of(OpenMode.OPEN_OR_CREATE)));
  }
}
