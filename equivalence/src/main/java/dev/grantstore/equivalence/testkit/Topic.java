package dev.grantstore.equivalence.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.Closing;
import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.Durability;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.equivalence.workload.TrapIds;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** What every topic of the contract stands on: stores of the engine on trial, and refusals. */
abstract class Topic {
  static final String SYNC = "sync-1";
  static final Instant STARTED = Instant.parse("2024-03-01T10:00:00.123456789Z");
  static final Instant ENDED = Instant.parse("2024-03-01T11:00:00.000000001Z");

  @TempDir(factory = FastFolders.class)
  Path temp;

  private final GrantStoreContract engine;
  private final Set<Capability> required = EnumSet.noneOf(Capability.class);
  private final List<GrantStore> opened = new ArrayList<>();

  Topic(GrantStoreContract engine) {
    this.engine = engine;
  }

  /** {@return the engine on trial} */
  final GrantStoreContract engine() {
    return engine;
  }

  @AfterEach
  final void closeStores() {
    Closing.all(opened, "a store did not close");
  }

  /** Ends the test, visibly, if the engine does not claim to be able to do this. */
  final void requires(Capability capability) {
    required.add(capability);
    if (!engine.claims().contains(capability)) {
      throw UntriedRuleException.notClaimed(capability);
    }
  }

  /** {@return the capabilities that were asked for so far} */
  final Set<Capability> required() {
    return required;
  }

  /** {@return those of some ids that any six of may be a grant's ids} */
  final List<String> taken(List<String> ids) {
    return engine.claims().contains(Capability.LONG_IDS) ? ids : TrapIds.shortOnes(ids);
  }

  /** {@return where this test's only store is; nothing is there yet} */
  final Path location() {
    return temp.resolve("store");
  }

  final GrantStore open(Path location, OpenMode mode) {
    return open(location, mode, Durability.WAL);
  }

  final GrantStore open(Path location, OpenMode mode, Durability durability) {
    GrantStore store = engine.open(location, mode, durability);
    assertThat(store).as("what the engine's open returns").isNotNull();
    assertThat(opened).as("open returns a store of its own each time").doesNotContain(store);
    opened.add(store);
    return store;
  }

  /** {@return a new store without any sync} */
  final GrantStore emptyStore() {
    return open(temp.resolve("store-" + opened.size()), OpenMode.CREATE);
  }

  /** {@return a new store in which {@link #SYNC} is open and holds the grants} */
  final GrantStore storeWith(Grant... grants) {
    return storeWith(List.of(grants));
  }

  /** {@return a new store in which {@link #SYNC} is open and holds the grants} */
  final GrantStore storeWith(Collection<Grant> grants) {
    GrantStore store = emptyStore();
    store.startSync(SYNC, "full", STARTED);
    store.putAll(SYNC, grants);
    return store;
  }

  static ContentDigest digestOf(Collection<Grant> grants) {
    DigestAccumulator sum = new DigestAccumulator();
    grants.forEach(sum::add);
    return sum.digest();
  }

  /** Checks that a call is refused for a reason, names what it is about, and changes nothing. */
  static void assertRefused(
      GrantStore store, Reason reason, String named, ThrowingCallable refused) {
    Content before = Content.of(store);
    assertThatThrownBy(refused)
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(named);
    assertThat(Content.of(store)).as("content after a refused call").isEqualTo(before);
  }

  /** Checks that a call is refused as an argument, and changes nothing. */
  static void assertBad(
      GrantStore store, Class<? extends RuntimeException> type, ThrowingCallable refused) {
    Content before = Content.of(store);
    assertThatThrownBy(refused).isInstanceOf(type);
    assertThat(Content.of(store)).as("content after a refused call").isEqualTo(before);
  }

  /** Checks that a call is refused as an argument, says so, and changes nothing. */
  static void assertBad(
      GrantStore store,
      Class<? extends RuntimeException> type,
      String inMessage,
      ThrowingCallable refused) {
    Content before = Content.of(store);
    assertThatThrownBy(refused).isInstanceOf(type).hasMessageContaining(inMessage);
    assertThat(Content.of(store)).as("content after a refused call").isEqualTo(before);
  }

  static void assertClosed(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalStateException.class);
  }
}
