package dev.grantstore.equivalence.testkit;

import static dev.grantstore.equivalence.testkit.BulkLoadTopic.SMALL;
import static dev.grantstore.equivalence.testkit.GrantBuilder.aFullGrant;
import static dev.grantstore.equivalence.testkit.GrantBuilder.aGrant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkPart;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bulk load is seen whole or not at all; what its states refuse. */
abstract class BulkLoadLifeTopic extends Topic {
  private static final Grant GRANT = aFullGrant("g1").build();

  BulkLoadLifeTopic(GrantStoreContract engine) {
    super(engine);
  }

  @BeforeEach
  final void requireBulkLoad() {
    requires(Capability.BULK_LOAD);
  }

  @Test
  void nothingIsSeenBeforeCommit() {
    GrantStore store = emptyStore();
    try (BulkLoad load = load(store)) {
      add(load, GRANT);

      assertThat(store.syncs()).isEmpty();
      assertThat(store.sync(SYNC)).isEmpty();
      assertRefused(store, Reason.SYNC_UNKNOWN, SYNC, () -> store.get(SYNC, "g1"));
      load.commit(ENDED);
    }
    Reads.assertHoldsExactly(store, SYNC, List.of(GRANT));
  }

  @Test
  void closingWithoutCommitLeavesNoTraceAndFreesTheId() {
    GrantStore store = emptyStore();
    try (BulkLoad load = load(store)) {
      add(load, GRANT);
    }

    assertThat(store.syncs()).isEmpty();
    assertThat(store.sync(SYNC)).isEmpty();
    store.startSync(SYNC, "full", STARTED);
    Reads.assertHoldsExactly(store, SYNC, List.of(), List.of(GRANT));
  }

  @Test
  void closingWithAPartOpenLeavesNoTrace() {
    GrantStore store = emptyStore();
    BulkLoad load = load(store);
    BulkPart part = load.openPart();
    part.add(GRANT);

    load.close();

    assertClosed(() -> part.add(GRANT));
    part.close();
    assertThat(store.syncs()).isEmpty();
  }

  @Test
  void closingTwiceDoesNothing() {
    GrantStore store = emptyStore();
    BulkLoad load = load(store);
    BulkPart part = load.openPart();
    part.add(GRANT);
    part.close();
    part.close();
    load.commit(ENDED);
    load.close();
    load.close();

    Reads.assertHoldsExactly(store, SYNC, List.of(GRANT));
  }

  @Test
  void aClosedLoadDoesNotFreeTheIdOfTheNextOne() {
    GrantStore store = emptyStore();
    BulkLoad first = load(store);
    first.close();
    try (BulkLoad second = load(store)) {
      first.close();

      assertRefused(store, Reason.SYNC_EXISTS, SYNC, () -> store.startSync(SYNC, "full", STARTED));
      add(second, GRANT);
      second.commit(ENDED);
    }
    first.close();
    Reads.assertHoldsExactly(store, SYNC, List.of(GRANT));
  }

  @Test
  void anIdThatASyncHasIsRefused() {
    GrantStore store = storeWith(GRANT);
    assertRefused(store, Reason.SYNC_EXISTS, SYNC, () -> load(store).close());

    store.seal(SYNC, ENDED);
    assertRefused(store, Reason.SYNC_EXISTS, SYNC, () -> load(store).close());
  }

  @Test
  void anIdThatIsBeingLoadedIsRefused() {
    GrantStore store = emptyStore();
    try (BulkLoad load = load(store)) {
      assertRefused(store, Reason.SYNC_EXISTS, SYNC, () -> load(store).close());
      assertRefused(store, Reason.SYNC_EXISTS, SYNC, () -> store.startSync(SYNC, "full", STARTED));
      load.commit(ENDED);
    }
  }

  @Test
  void aSyncBeingLoadedIsUnknownToEveryWrite() {
    GrantStore store = emptyStore();
    try (BulkLoad load = load(store)) {
      assertRefused(store, Reason.SYNC_UNKNOWN, SYNC, () -> store.put(SYNC, GRANT));
      assertRefused(store, Reason.SYNC_UNKNOWN, SYNC, () -> store.delete(SYNC, "g1"));
      assertRefused(store, Reason.SYNC_UNKNOWN, SYNC, () -> store.seal(SYNC, ENDED));
      assertRefused(store, Reason.SYNC_UNKNOWN, SYNC, () -> store.drop(SYNC));
      add(load, GRANT);
      load.commit(ENDED);
    }
    Reads.assertHoldsExactly(store, SYNC, List.of(GRANT));
  }

  @Test
  void twoSyncsCanBeLoadedAtOnce() {
    Grant other = aGrant().id("g1").build();
    GrantStore store = emptyStore();
    try (BulkLoad one = load(store);
        BulkLoad two = store.bulkLoad("sync-2", "full", STARTED, SMALL)) {
      add(one, GRANT);
      add(two, other);
      two.commit(ENDED);
      one.commit(ENDED);
    }

    Reads.assertHoldsExactly(store, SYNC, List.of(GRANT), List.of(other));
    Reads.assertHoldsExactly(store, "sync-2", List.of(other), List.of(GRANT));
  }

  @Test
  void theStoreIsWrittenMeanwhile() {
    Grant other = aGrant().id("g2").build();
    GrantStore store = storeWith(GRANT);
    try (BulkLoad load = store.bulkLoad("loaded", "full", STARTED, SMALL)) {
      add(load, GRANT);
      store.put(SYNC, other);
      store.flush();
      load.commit(ENDED);
    }

    Reads.assertHoldsExactly(store, SYNC, List.of(GRANT, other));
    Reads.assertHoldsExactly(store, "loaded", List.of(GRANT), List.of(other));
  }

  @Test
  void commitWithAPartOpenIsRefusedAndCanBeDoneAfterClosingIt() {
    GrantStore store = emptyStore();
    try (BulkLoad load = load(store)) {
      BulkPart part = load.openPart();
      part.add(GRANT);

      assertBad(store, IllegalStateException.class, () -> load.commit(ENDED));
      part.close();

      assertThat(load.commit(ENDED).state()).isEqualTo(SyncRun.State.SEALED);
    }
    Reads.assertHoldsExactly(store, SYNC, List.of(GRANT));
  }

  @Test
  void committingTwiceIsRefused() {
    GrantStore store = emptyStore();
    try (BulkLoad load = load(store)) {
      add(load, GRANT);
      load.commit(ENDED);

      assertBad(store, IllegalStateException.class, () -> load.commit(STARTED));
      assertBad(store, IllegalStateException.class, load::openPart);
    }
  }

  @Test
  void aClosedPartTakesNothingMore() {
    GrantStore store = emptyStore();
    try (BulkLoad load = load(store)) {
      BulkPart part = load.openPart();
      part.add(GRANT);
      part.close();

      assertClosed(() -> part.add(aGrant().id("late").build()));
      load.commit(ENDED);
      assertClosed(() -> part.add(aGrant().id("late").build()));
    }
    Reads.assertHoldsExactly(store, SYNC, List.of(GRANT));
  }

  @Test
  void aClosedLoadTakesNothingMore() {
    GrantStore store = emptyStore();
    BulkLoad load = load(store);
    load.close();

    assertClosed(load::openPart);
    assertClosed(() -> load.commit(ENDED));
    assertThat(store.syncs()).isEmpty();
  }

  @Test
  @SuppressWarnings("NullAway") // nulls are what is tried
  void nullsAreRefusedAndDoNotSpoilTheLoad() {
    GrantStore store = emptyStore();
    try (BulkLoad load = load(store)) {
      try (BulkPart part = load.openPart()) {
        part.add(GRANT);
        assertBad(store, NullPointerException.class, () -> part.add(null));
      }
      assertBad(store, NullPointerException.class, () -> load.commit(null));
      load.commit(ENDED);
    }
    Reads.assertHoldsExactly(store, SYNC, List.of(GRANT));
  }

  @Test
  void closingTheStoreEndsTheLoad() {
    GrantStore store = emptyStore();
    BulkLoad load = load(store);
    BulkPart part = load.openPart();
    part.add(GRANT);

    store.close();

    assertClosed(() -> part.add(GRANT));
    assertClosed(load::openPart);
    part.close();
    assertClosed(() -> load.commit(ENDED));
    load.close();
  }

  private static BulkLoad load(GrantStore store) {
    return store.bulkLoad(SYNC, "full", STARTED, SMALL);
  }

  private static void add(BulkLoad load, Grant... grants) {
    try (BulkPart part = load.openPart()) {
      for (Grant grant : grants) {
        part.add(grant);
      }
    }
  }
}
