package dev.grantstore.equivalence.testkit;

import static dev.grantstore.equivalence.testkit.GrantBuilder.aFullGrant;
import static dev.grantstore.equivalence.testkit.GrantBuilder.aGrant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.Durability;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.OpenMode;
import dev.grantstore.PageToken;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import dev.grantstore.equivalence.workload.TrapIds;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was there when a store was closed is there when it is opened again. */
abstract class ReopeningTopic extends Topic {
  private static final Grant FULL = aFullGrant("g1").build();
  private static final Grant BARE = aGrant().id("g2").forUser("u2").build();

  ReopeningTopic(GrantStoreContract engine) {
    super(engine);
  }

  @BeforeEach
  final void requirePersistence() {
    requires(Capability.PERSISTENT);
  }

  @Test
  void whatWasWrittenIsThere() {
    for (Durability durability : List.of(Durability.SYNC, Durability.WAL)) {
      var location = temp.resolve("d-" + durability);
      GrantStore store = open(location, OpenMode.CREATE, durability);
      store.startSync(SYNC, "full", STARTED);
      store.putAll(SYNC, List.of(FULL, BARE));
      store.close();

      Reads.assertHoldsExactly(
          open(location, OpenMode.OPEN, durability), SYNC, List.of(FULL, BARE));
    }
  }

  @Test
  void inBulkDurabilityWhatWasFlushedIsThere() {
    GrantStore store = open(location(), OpenMode.CREATE, Durability.BULK);
    store.startSync(SYNC, "full", STARTED);
    store.putAll(SYNC, List.of(FULL, BARE));
    store.flush();

    Reads.assertHoldsExactly(reopen(store), SYNC, List.of(FULL, BARE));
  }

  @Test
  void inBulkDurabilityWhatWasSealedIsThere() {
    GrantStore store = open(location(), OpenMode.CREATE, Durability.BULK);
    store.startSync(SYNC, "full", STARTED);
    store.putAll(SYNC, List.of(FULL, BARE));
    SyncRun sealed = store.seal(SYNC, ENDED);

    GrantStore again = reopen(store);

    assertThat(again.syncs()).containsExactly(sealed);
    Reads.assertHoldsExactly(again, SYNC, List.of(FULL, BARE));
  }

  @Test
  void replacementsAndDeletesHold() {
    Grant replaced = aGrant().id("g1").forUser("other").build();
    GrantStore store = create();
    store.put(SYNC, replaced);
    store.delete(SYNC, "g2");

    Reads.assertHoldsExactly(reopen(store), SYNC, List.of(replaced), List.of(FULL, BARE));
  }

  @Test
  void anOpenSyncCanBeWrittenOnAndSealed() {
    GrantStore again = reopen(create());
    Grant later = aGrant().id("g3").build();

    assertThat(again.syncs()).containsExactly(SyncRun.open(SYNC, "full", STARTED));
    again.put(SYNC, later);
    again.delete(SYNC, "g2");

    assertThat(again.seal(SYNC, ENDED).digest()).contains(digestOf(List.of(FULL, later)));
    Reads.assertHoldsExactly(again, SYNC, List.of(FULL, later), List.of(BARE));
  }

  @Test
  void aSealedSyncStaysSealed() {
    GrantStore store = create();
    SyncRun sealed = store.seal(SYNC, ENDED);

    GrantStore again = reopen(store);

    assertThat(again.sync(SYNC)).contains(sealed);
    assertRefused(again, Reason.SYNC_SEALED, SYNC, () -> again.put(SYNC, FULL));
  }

  @Test
  void aDroppedSyncStaysDroppedAndItsIdStartsEmpty() {
    GrantStore store = create();
    store.drop(SYNC);

    GrantStore again = reopen(store);

    assertThat(again.syncs()).isEmpty();
    again.startSync(SYNC, "again", STARTED);
    Reads.assertHoldsExactly(again, SYNC, List.of(), List.of(FULL, BARE));
  }

  @Test
  void aSyncStartedAfterReopeningDoesNotMixWithOlderOnes() {
    GrantStore store = create();
    store.startSync("dropped", "full", STARTED);
    store.put("dropped", BARE);
    store.drop("dropped");

    GrantStore again = reopen(store);
    again.startSync("new", "full", STARTED);
    again.put("new", aGrant().id("new").build());

    Reads.assertHoldsExactly(again, "new", List.of(aGrant().id("new").build()), List.of(BARE));
    Reads.assertHoldsExactly(again, SYNC, List.of(FULL, BARE));
  }

  @Test
  void theTrapSyncsAreThereInOrder() {
    GrantStore store = open(location(), OpenMode.CREATE);
    for (String id : TrapIds.notEmpty()) {
      store.startSync(id, "type of " + id, STARTED);
      store.put(id, aGrant().id("in " + id).build());
    }
    Content before = Content.of(store);

    assertThat(Content.of(reopen(store))).isEqualTo(before);
  }

  @Test
  void anyTypeAndAnyInstantsOfASyncAreThere() {
    GrantStore store = open(location(), OpenMode.CREATE);
    for (String type : TrapIds.all()) {
      store.startSync("of " + type, type, Instant.ofEpochSecond(-7, type.length()));
    }
    List<Instant> instants =
        List.of(Instant.MIN, Instant.ofEpochSecond(-1, 999_999_999), Instant.MAX);
    for (Instant instant : instants) {
      store.startSync("open " + instant, "", instant);
      store.startSync("sealed " + instant, "\u00e9" + TrapIds.ASTRAL, instant);
      store.seal("sealed " + instant, instant);
    }
    List<SyncRun> before = store.syncs();

    assertThat(before).hasSize(TrapIds.all().size() + 2 * instants.size());
    assertThat(reopen(store).syncs()).isEqualTo(before);
  }

  @Test
  void aPageTokenGoesOn() {
    GrantStore store = create();
    for (GrantQuery query : Reads.listsOf(SYNC, BARE)) {
      store.put(SYNC, aGrant().id("g3").forUser("u2").needingExpansion().build());
      store.put(SYNC, aGrant().id("g4").forUser("u2").needingExpansion().build());
      List<Grant> rows = Reads.list(store, query);
      PageToken next = store.page(query, 1, PageToken.START).next().orElseThrow();

      store = reopen(store);

      assertThat(store.page(query, 100, next).grants()).isEqualTo(rows.subList(1, rows.size()));
    }
  }

  @Test
  void aBulkLoadedSyncIsThere() {
    requires(Capability.BULK_LOAD);
    for (Durability durability : Durability.values()) {
      var location = temp.resolve("d-" + durability);
      GrantStore store = open(location, OpenMode.CREATE, durability);
      SyncRun loaded = BulkLoadTopic.load(store, List.of(List.of(FULL), List.of(BARE)));
      store.close();

      GrantStore again = open(location, OpenMode.OPEN, durability);
      assertThat(again.syncs()).containsExactly(loaded);
      Reads.assertHoldsExactly(again, SYNC, List.of(FULL, BARE));
    }
  }

  @Test
  void aBulkLoadWithoutCommitLeavesNoTrace() {
    requires(Capability.BULK_LOAD);
    GrantStore store = create();
    BulkLoad load = store.bulkLoad("loading", "full", STARTED, BulkLoadOptions.defaults());
    BulkPart part = load.openPart();
    part.add(FULL);

    GrantStore again = reopen(store);

    assertThat(again.syncs()).containsExactly(SyncRun.open(SYNC, "full", STARTED));
    again.startSync("loading", "full", STARTED);
    Reads.assertHoldsExactly(again, "loading", List.of(), List.of(FULL));
  }

  @Test
  void openOrCreateOpensWhatIsThere() {
    create().close();

    Reads.assertHoldsExactly(open(location(), OpenMode.OPEN_OR_CREATE), SYNC, List.of(FULL, BARE));
  }

  @Test
  void theDurabilityMayChange() {
    GrantStore store = create();
    for (Durability durability : Durability.values()) {
      store.close();
      store = open(location(), OpenMode.OPEN, durability);
      Reads.assertHoldsExactly(store, SYNC, List.of(FULL, BARE));
      store.put(SYNC, FULL);
      store.flush();
    }
  }

  @Test
  void manyTimesInARowLosesNothing() {
    GrantStore store = create();
    List<Grant> grants = new java.util.ArrayList<>(List.of(FULL, BARE));
    for (int i = 0; i < 10; i++) {
      Grant next = aGrant().id("h" + i).forUser("u" + i).build();
      store.put(SYNC, next);
      grants.add(next);
      store = reopen(store);
    }

    Reads.assertHoldsExactly(store, SYNC, grants);
  }

  @Test
  void whatWasOpenFromTheOldStoreStaysEnded() {
    GrantStore store = create();
    GrantCursor cursor = store.cursor(new GrantQuery.Scan(SYNC));
    assertThat(cursor.next()).isTrue();
    var snapshot = store.snapshot();

    GrantStore again = reopen(store);

    assertClosed(cursor::next);
    assertClosed(() -> snapshot.get(SYNC, "g1"));
    assertClosed(() -> store.get(SYNC, "g1"));
    Reads.assertHoldsExactly(again, SYNC, List.of(FULL, BARE));
  }

  private GrantStore create() {
    GrantStore store = open(location(), OpenMode.CREATE);
    store.startSync(SYNC, "full", STARTED);
    store.putAll(SYNC, List.of(FULL, BARE));
    return store;
  }

  private GrantStore reopen(GrantStore store) {
    store.close();
    return open(location(), OpenMode.OPEN);
  }
}
