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
    return open(new UnsupportedOperationException("no flush"));
  }

  /** {@return a new one that throws that} */
  public static <E extends Throwable> GrantStore open(E thrown) {
    GrantStore memory = GrantStores.open("memory:", StoreOptions.of(OpenMode.OPEN_OR_CREATE));
    return new BugStore(memory) {
      @Override
      public void flush() {
        FailingFlush.<RuntimeException>sneak(thrown);
      }
    };
  }

  @SuppressWarnings("unchecked") // so that any Throwable can be thrown
  private static <E extends Throwable> void sneak(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
