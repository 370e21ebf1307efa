package dev.grantstore.equivalence.testkit;

import dev.grantstore.Durability;
import dev.grantstore.GrantStore;
import dev.grantstore.OpenMode;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/**
 * The grant store contract, one test per rule. Extend it, say how your engine opens a store, and
 * run it with JUnit 5:
 *
 * <pre>{@code
 * class MyStoreContractTest extends GrantStoreContract {
 *   @Override
 *   protected GrantStore open(Path location, OpenMode mode, Durability durability) {
 *     return GrantStores.open("mine:" + location, StoreOptions.of(mode).withDurability(durability));
 *   }
 * }
 * }</pre>
 *
 * <p>A rule that an engine does not {@linkplain #claims claim} to keep is reported as aborted, "not
 * claimed", never passed over in silence. A claimed one that is not kept is a failure.
 */
public abstract class GrantStoreContract {
  /** Called by subclasses. */
  protected GrantStoreContract() {}

  /**
   * Opens a store of the engine on trial; the tests close it.
   *
   * @param location where the store is or shall be, for a directory or a file; its parent exists;
   *     one test never gets the same one for two stores that are open at the same time, unless it
   *     expects the second to be refused; engines that keep nothing may pass it over
   * @param mode what is expected there
   * @param durability what a returned write survives
   * @return an open store, never the same twice
   */
  protected abstract GrantStore open(Path location, OpenMode mode, Durability durability);

  /** {@return what the engine claims to be able to do; everything, unless overridden} */
  protected Set<Capability> claims() {
    return EnumSet.allOf(Capability.class);
  }

  @Nested
  final class Values extends ValuesTopic {
    Values() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  final class Writing extends WritingTopic {
    Writing() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  final class SyncLife extends SyncLifeTopic {
    SyncLife() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  final class Reading extends ReadingTopic {
    Reading() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  final class Pages extends PagesTopic {
    Pages() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  final class PageTokens extends PageTokensTopic {
    PageTokens() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  final class Snapshots extends SnapshotsTopic {
    Snapshots() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  final class Cursors extends CursorsTopic {
    Cursors() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  final class Digest extends DigestTopic {
    Digest() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  final class BulkLoading extends BulkLoadTopic {
    BulkLoading() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  final class BulkLoadLife extends BulkLoadLifeTopic {
    BulkLoadLife() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  final class Opening extends OpeningTopic {
    Opening() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  final class Reopening extends ReopeningTopic {
    Reopening() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  final class ReadOnly extends ReadOnlyTopic {
    ReadOnly() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  final class AfterClose extends AfterCloseTopic {
    AfterClose() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  final class BadInput extends BadInputTopic {
    BadInput() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  final class ManyThreads extends ManyThreadsTopic {
    ManyThreads() {
      super(GrantStoreContract.this);
    }
  }
}
