package dev.grantstore.equivalence.testkit;

import dev.grantstore.Durability;
import dev.grantstore.GrantStore;
import dev.grantstore.OpenMode;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.runner.RunWith;

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
 *
 *   @Override
 *   protected Set<Capability> claims() {
 *     return EnumSet.of(Capability.PERSISTENT, Capability.EXCLUSIVE);
 *   }
 *
 *   @Override
 *   protected String scheme() {
 *     return "mine";
 *   }
 * }
 * }</pre>
 *
 * <p>A rule that an engine does not {@linkplain #claims claim} to keep is reported as aborted, "not
 * claimed", never passed over in silence. A claimed one that is not kept is a failure, and its
 * message begins with the name of the class and the rule.
 *
 * <p>A test that takes half an hour fails as one that hangs, whatever the time-out of your build; a
 * store that cannot be interrupted is left behind in a thread of its own.
 *
 * <p>Each run ends with a conformance card, a page of Markdown and the same as JSON: {@code
 * target/equiv/card-<scheme or class>.md}. Workloads that fail are written there too. JUnit
 * configuration parameters, or system properties, say more:
 *
 * <ul>
 *   <li>{@code equiv.cards}: another folder
 *   <li>{@code equiv.tries} and {@code equiv.seed}: how many generated workloads, 100 unless given,
 *       and the seed of the first
 *   <li>{@code equiv.programs} and {@code equiv.bound}: how many programs of several threads, 24
 *       unless given, and how often one thread may cut in on another, 1 unless given
 *   <li>{@code equiv.depth}: the number of operations up to which all sequences are tried, 3 unless
 *       given
 * </ul>
 *
 * An engine that is too slow for them says how many are {@linkplain #most the most}.
 */
@RunWith(NotOnJUnit4.class)
@ExtendWith(CardExtension.class)
@DisplayNameGeneration(RuleNames.class)
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
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

  /**
   * {@return the scheme of the engine on trial, if it is found by {@link
   * dev.grantstore.GrantStores}; the conformance card is named after it and tells its version}
   */
  protected String scheme() {
    return "";
  }

  /**
   * {@return the most of a setting that is run of this engine, whatever is asked for; no bound,
   * unless overridden} For an engine each of whose calls takes long. What is left out is told on
   * the conformance card.
   *
   * @param setting {@code equiv.tries}, {@code equiv.programs}, {@code equiv.bound} or {@code
   *     equiv.depth}
   */
  protected long most(String setting) {
    return Long.MAX_VALUE;
  }

  @Nested
  @Order(1)
  final class Values extends ValuesTopic {
    Values() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  @Order(2)
  final class Writing extends WritingTopic {
    Writing() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  @Order(3)
  final class SyncLife extends SyncLifeTopic {
    SyncLife() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  @Order(3)
  final class Resuming extends ResumingTopic {
    Resuming() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  @Order(4)
  final class Reading extends ReadingTopic {
    Reading() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  @Order(5)
  final class Pages extends PagesTopic {
    Pages() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  @Order(6)
  final class SeveralEntitlements extends SeveralEntitlementsTopic {
    SeveralEntitlements() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  @Order(6)
  final class PageTokens extends PageTokensTopic {
    PageTokens() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  @Order(7)
  final class Expiry extends ExpiryTopic {
    Expiry() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  @Order(7)
  final class Snapshots extends SnapshotsTopic {
    Snapshots() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  @Order(8)
  final class Cursors extends CursorsTopic {
    Cursors() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  @Order(9)
  final class Digest extends DigestTopic {
    Digest() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  @Order(10)
  final class BulkLoading extends BulkLoadTopic {
    BulkLoading() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  @Order(11)
  final class BulkLoadLife extends BulkLoadLifeTopic {
    BulkLoadLife() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  @Order(12)
  final class Boundaries extends BoundariesTopic {
    Boundaries() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  @Order(13)
  final class Opening extends OpeningTopic {
    Opening() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  @Order(14)
  final class Reopening extends ReopeningTopic {
    Reopening() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  @Order(15)
  final class ReadOnly extends ReadOnlyTopic {
    ReadOnly() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  @Order(15)
  final class Checkpoints extends CheckpointsTopic {
    Checkpoints() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  @Order(16)
  final class AfterClose extends AfterCloseTopic {
    AfterClose() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  @Order(17)
  final class BadInput extends BadInputTopic {
    BadInput() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  @Order(18)
  final class ManyThreads extends ManyThreadsTopic {
    ManyThreads() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  @Order(18)
  final class Concurrent extends ConcurrentTopic {
    Concurrent() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  @Order(19)
  final class RandomWorkloads extends RandomWorkloadsTopic {
    RandomWorkloads() {
      super(GrantStoreContract.this);
    }
  }

  @Nested
  @Order(20)
  final class ExhaustiveWorkloads extends ExhaustiveWorkloadsTopic {
    ExhaustiveWorkloads() {
      super(GrantStoreContract.this);
    }
  }
}
