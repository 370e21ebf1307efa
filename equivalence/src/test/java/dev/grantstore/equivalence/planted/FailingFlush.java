package dev.grantstore.equivalence.planted;

import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;

/** Stores in memory that fail when they are flushed. */
public final class FailingFlush {
  private FailingFlush() {}

  /** {@return a new one} */
  public static GrantStore open() {
    GrantStore memory = GrantStores.open("memory:", StoreOptions.of(OpenMode.OPEN_OR_CREATE));
    return new ForwardingStore(memory) {
      @Override
      public void flush() {
        throw new UnsupportedOperationException("no flush");
      }
    };
  }
}
