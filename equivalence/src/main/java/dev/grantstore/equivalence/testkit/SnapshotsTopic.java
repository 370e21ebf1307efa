package dev.grantstore.equivalence.testkit;

import static dev.grantstore.equivalence.testkit.GrantBuilder.aFullGrant;
import static dev.grantstore.equivalence.testkit.GrantBuilder.aGrant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.PageToken;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A snapshot shows one moment, whatever happens to the store meanwhile. */
abstract class SnapshotsTopic extends Topic {
  private static final Grant KEPT = aFullGrant("kept").build();
  private static final Grant LATER = aFullGrant("later").forUser("later").build();

  SnapshotsTopic(GrantStoreContract engine) {
    super(engine);
  }

  @Test
  void showsWhatWasThere() {
    GrantStore store = storeWith(KEPT);
    try (GrantSnapshot snapshot = store.snapshot()) {
      Reads.assertHoldsExactly(snapshot, SYNC, List.of(KEPT), List.of(LATER));
      assertThat(snapshot.syncs()).isEqualTo(store.syncs());
      assertThat(snapshot.sync(SYNC)).isEqualTo(store.sync(SYNC));
    }
  }

  @Test
  void ofAnEmptyStoreStaysEmpty() {
    GrantStore store = emptyStore();
    try (GrantSnapshot snapshot = store.snapshot()) {
      store.startSync(SYNC, "full", STARTED);

      assertThat(snapshot.syncs()).isEmpty();
      assertThat(snapshot.sync(SYNC)).isEmpty();
    }
  }

  @Test
  void doesNotSeeALaterPut() {
    assertUnmoved(store -> store.put(SYNC, LATER));
  }

  @Test
  void doesNotSeeALaterReplacement() {
    assertUnmoved(store -> store.put(SYNC, aGrant().id("kept").forUser("other").build()));
  }

  @Test
  void doesNotSeeALaterDelete() {
    assertUnmoved(store -> store.delete(SYNC, "kept"));
  }

  @Test
  void doesNotSeeALaterSeal() {
    assertUnmoved(store -> store.seal(SYNC, ENDED));
  }

  @Test
  void doesNotSeeALaterDrop() {
    assertUnmoved(store -> store.drop(SYNC));
  }

  @Test
  void doesNotSeeALaterDropFollowedByFlushAndSettle() {
    assertUnmoved(
        store -> {
          store.drop(SYNC);
          store.flush();
          store.settle(Duration.ofMinutes(1));
        });
  }

  @Test
  void doesNotSeeASyncThatTakesTheIdOfADroppedOne() {
    assertUnmoved(
        store -> {
          store.drop(SYNC);
          store.startSync(SYNC, "again", ENDED);
          store.put(SYNC, LATER);
          store.seal(SYNC, ENDED);
        });
  }

  @Test
  void doesNotSeeALaterSync() {
    assertUnmoved(
        store -> {
          store.startSync("sync-0", "full", STARTED);
          store.put("sync-0", LATER);
        });
  }

  @Test
  void doesNotSeeALaterBulkLoad() {
    requires(Capability.BULK_LOAD);
    assertUnmoved(
        store -> {
          try (BulkLoad load =
              store.bulkLoad("sync-0", "full", STARTED, BulkLoadOptions.defaults())) {
            try (BulkPart part = load.openPart()) {
              part.add(LATER);
            }
            load.commit(ENDED);
          }
        });
  }

  @Test
  void doesNotSeeThousandsOfLaterWrites() {
    assertUnmoved(
        store -> {
          for (int i = 0; i < 2_000; i++) {
            store.put(SYNC, aGrant().id("g" + i % 50).forUser("u" + i).build());
            if (i % 700 == 0) {
              store.flush();
            }
          }
        });
  }

  @Test
  void aLaterSyncIsUnknownToIt() {
    GrantStore store = storeWith(KEPT);
    try (GrantSnapshot snapshot = store.snapshot()) {
      store.startSync("sync-2", "full", STARTED);

      assertThat(snapshot.sync("sync-2")).isEmpty();
      assertThatThrownBy(() -> snapshot.get("sync-2", "kept"))
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.SYNC_UNKNOWN))
          .hasMessageContaining("sync-2");
    }
  }

  @Test
  void eachSnapshotShowsItsOwnMoment() {
    GrantStore store = storeWith();
    List<GrantSnapshot> snapshots = new ArrayList<>();
    List<List<Grant>> moments = new ArrayList<>();
    List<Grant> grants = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      snapshots.add(store.snapshot());
      moments.add(List.copyOf(grants));
      Grant next = aFullGrant("g" + i).forUser("u" + i).build();
      store.put(SYNC, next);
      grants.add(next);
    }

    for (int i = 9; i >= 0; i--) {
      Reads.assertHoldsExactly(snapshots.get(i), SYNC, moments.get(i), grants);
      snapshots.get(i).close();
    }
  }

  @Test
  void closingOneLeavesTheOthersAndTheStore() {
    GrantStore store = storeWith(KEPT);
    try (GrantSnapshot closed = store.snapshot();
        GrantSnapshot open = store.snapshot()) {
      closed.close();

      Reads.assertHoldsExactly(open, SYNC, List.of(KEPT));
      Reads.assertHoldsExactly(store, SYNC, List.of(KEPT));
    }
  }

  @Test
  void closingTwiceDoesNothing() {
    GrantStore store = storeWith(KEPT);
    GrantSnapshot snapshot = store.snapshot();
    snapshot.close();
    snapshot.close();

    Reads.assertHoldsExactly(store, SYNC, List.of(KEPT));
  }

  @Test
  void everyReadAfterCloseIsRefused() {
    GrantSnapshot snapshot = storeWith(KEPT).snapshot();
    snapshot.close();

    assertClosed(snapshot::syncs);
    assertClosed(() -> snapshot.sync(SYNC));
    assertClosed(() -> snapshot.get(SYNC, "kept"));
    assertClosed(() -> snapshot.getAll(SYNC, List.of("kept")));
    assertClosed(() -> snapshot.holds(SYNC, KEPT.principal(), KEPT.entitlement()));
    for (GrantQuery query : Reads.listsOf(SYNC, KEPT)) {
      assertClosed(() -> snapshot.cursor(query).close());
      assertClosed(() -> snapshot.page(query, 1, PageToken.START));
    }
  }

  @Test
  void closingItEndsItsCursorsAndNoOthers() {
    GrantStore store = storeWith(KEPT);
    try (GrantSnapshot snapshot = store.snapshot();
        GrantCursor itsOwn = snapshot.cursor(new GrantQuery.Scan(SYNC));
        GrantCursor theStores = store.cursor(new GrantQuery.Scan(SYNC))) {
      assertThat(itsOwn.next()).isTrue();

      snapshot.close();

      assertClosed(itsOwn::next);
      assertClosed(itsOwn::grant);
      assertThat(theStores.next()).isTrue();
      assertThat(theStores.grant()).isEqualTo(KEPT);
    }
  }

  @Test
  void itsCursorsShowItsMoment() {
    GrantStore store = storeWith(KEPT);
    try (GrantSnapshot snapshot = store.snapshot()) {
      store.putAll(SYNC, List.of(LATER, aGrant().id("kept").build()));

      for (GrantQuery query : Reads.listsOf(SYNC, KEPT)) {
        assertThat(Reads.list(snapshot, query)).as("%s", query).containsExactly(KEPT);
      }
    }
  }

  @Test
  void refusesBadArgumentsLikeItsStore() {
    try (GrantSnapshot snapshot = storeWith(KEPT).snapshot()) {
      GrantQuery query = new GrantQuery.Scan(SYNC);
      assertThatThrownBy(() -> snapshot.page(query, 0, PageToken.START))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> snapshot.get(SYNC, "")).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> snapshot.sync("")).isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** Checks that a snapshot shows the same before and after something happens to its store. */
  private void assertUnmoved(Consumer<GrantStore> change) {
    GrantStore store = storeWith(KEPT);
    List<SyncRun> syncs = store.syncs();
    try (GrantSnapshot snapshot = store.snapshot()) {
      change.accept(store);

      Reads.assertHoldsExactly(snapshot, SYNC, List.of(KEPT), List.of(LATER));
      assertThat(snapshot.syncs()).isEqualTo(syncs);
      assertThat(snapshot.sync(SYNC)).contains(syncs.get(0));
    }
  }
}
