package dev.grantstore.equivalence.testkit;

import static dev.grantstore.equivalence.testkit.GrantBuilder.aFullGrant;
import static dev.grantstore.equivalence.testkit.GrantBuilder.aGrant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.Bytes;
import dev.grantstore.ContentDigest;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.PageToken;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import dev.grantstore.equivalence.workload.TrapIds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a bulk load brings in is what putting every grant would have brought in. */
abstract class BulkLoadTopic extends Topic {
  static final BulkLoadOptions SMALL =
      new BulkLoadOptions(BulkLoadOptions.MIN_MEMORY_BUDGET_BYTES, 2);

  BulkLoadTopic(GrantStoreContract engine) {
    super(engine);
  }

  @BeforeEach
  final void requireBulkLoad() {
    requires(Capability.BULK_LOAD);
  }

  @Test
  void bringsInASealedSync() {
    Grant full = aFullGrant("g1").build();
    Grant bare = aGrant().id("g2").build();
    GrantStore store = emptyStore();

    SyncRun run = load(store, List.of(List.of(full, bare)));

    ContentDigest digest = digestOf(List.of(full, bare));
    assertThat(run).isEqualTo(SyncRun.open(SYNC, "full", STARTED).sealed(ENDED, digest));
    assertThat(store.sync(SYNC)).contains(run);
    assertThat(store.syncs()).containsExactly(run);
    Reads.assertHoldsExactly(store, SYNC, List.of(full, bare));
  }

  @Test
  void takesGrantsInAnyOrder() {
    List<Grant> grants = trapGrants();
    List<Grant> reversed = new ArrayList<>(grants);
    Collections.reverse(reversed);
    GrantStore store = emptyStore();

    SyncRun run = load(store, List.of(reversed));

    assertThat(run.digest()).contains(digestOf(grants));
    Reads.assertHoldsExactly(store, SYNC, grants);
  }

  @Test
  void takesGrantsInManyParts() {
    List<Grant> grants = trapGrants();
    GrantStore store = emptyStore();

    SyncRun run = load(store, grants.stream().map(List::of).toList());

    assertThat(run.digest()).contains(digestOf(grants));
    Reads.assertHoldsExactly(store, SYNC, grants);
  }

  @Test
  void withoutAnyPartIsAnEmptySync() {
    GrantStore store = emptyStore();

    assertThat(load(store, List.of()).digest()).contains(ContentDigest.EMPTY);
    Reads.assertHoldsExactly(store, SYNC, List.of(), List.of(aGrant().build()));
  }

  @Test
  void withEmptyPartsIsAnEmptySync() {
    GrantStore store = emptyStore();

    assertThat(load(store, List.of(List.of(), List.of())).digest()).contains(ContentDigest.EMPTY);
    assertThat(Reads.scan(store, SYNC)).isEmpty();
  }

  @Test
  void withinAPartTheLaterOfTwoEqualIdsWinsAndTheOtherLeavesNoTrace() {
    Grant first = aFullGrant("g1").forUser("first").build();
    Grant last = aGrant().id("g1").ofEntitlement("last").forUser("last").build();
    GrantStore store = emptyStore();

    SyncRun run = load(store, List.of(List.of(first, aGrant().id("g0").build(), first, last)));

    List<Grant> expected = List.of(aGrant().id("g0").build(), last);
    assertThat(run.digest()).contains(digestOf(expected));
    Reads.assertHoldsExactly(store, SYNC, expected, List.of(first));
  }

  @Test
  void amongPartsTheOneOpenedLaterWinsWhicheverIsFilledFirst() {
    Grant early = aFullGrant("g1").forUser("early").build();
    Grant late = aGrant().id("g1").ofEntitlement("late").forUser("late").build();
    GrantStore store = emptyStore();
    try (BulkLoad load = store.bulkLoad(SYNC, "full", STARTED, SMALL)) {
      try (BulkPart openedEarly = load.openPart();
          BulkPart openedLate = load.openPart()) {
        openedLate.add(late);
        openedLate.close();
        openedEarly.add(early);
      }
      assertThat(load.commit(ENDED).digest()).contains(digestOf(List.of(late)));
    }

    Reads.assertHoldsExactly(store, SYNC, List.of(late), List.of(early));
  }

  @Test
  void moreThanItsMemoryBudgetIsLoadedWhole() {
    Bytes payload = Bytes.copyOf(new byte[4_000]);
    List<Grant> grants = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      GrantBuilder grant = aGrant().id("g" + i * 7919 % 1_000).forUser("u" + i % 17);
      grants.add(grant.annotatedWith("payload of " + i, payload).build());
    }
    List<Grant> olderVersions =
        grants.subList(0, 500).stream()
            .map(g -> aFullGrant(g.id()).annotatedWith("old", payload).build())
            .toList();
    GrantStore store = emptyStore();

    SyncRun run = load(store, List.of(olderVersions, grants));

    assertThat(run.digest()).contains(digestOf(grants));
    assertThat(Reads.scan(store, SYNC)).isEqualTo(ExpectedRows.scan(grants));
    Reads.listsOf(SYNC, grants.get(3))
        .forEach(
            query ->
                assertThat(Reads.list(store, query)).isEqualTo(ExpectedRows.of(query, grants)));
    Reads.listsOf(SYNC, olderVersions.get(3))
        .forEach(
            query ->
                assertThat(Reads.list(store, query)).isEqualTo(ExpectedRows.of(query, grants)));
  }

  @Test
  void theLongestIdsAreLoaded() {
    requires(Capability.LONG_IDS);
    List<Grant> grants = new ArrayList<>();
    for (String end : List.of("1", "2", "3")) {
      String longest = "\u0000".repeat(15_990);
      grants.add(aGrant().id(longest + end).of("", "", longest + end).forPrincipal("", "").build());
    }
    GrantStore store = emptyStore();

    load(store, List.of(grants));

    Reads.assertHoldsExactly(store, SYNC, grants);
  }

  @Test
  void aLoadedSyncRefusesWritesLikeAnySealedOne() {
    Grant grant = aGrant().id("g1").build();
    GrantStore store = emptyStore();
    load(store, List.of(List.of(grant)));

    assertRefused(store, Reason.SYNC_SEALED, SYNC, () -> store.put(SYNC, grant));
    assertRefused(store, Reason.SYNC_SEALED, SYNC, () -> store.delete(SYNC, "g1"));
    assertRefused(store, Reason.SYNC_SEALED, SYNC, () -> store.seal(SYNC, ENDED));
  }

  @Test
  void aLoadedSyncCanBeDroppedAndLoadedAgain() {
    Grant before = aFullGrant("g1").forUser("before").build();
    Grant after = aGrant().id("g1").forUser("after").build();
    GrantStore store = emptyStore();
    load(store, List.of(List.of(before)));

    store.drop(SYNC);
    load(store, List.of(List.of(after)));

    Reads.assertHoldsExactly(store, SYNC, List.of(after), List.of(before));
  }

  @Test
  void aLoadedSyncAnswersLikeAWrittenOneBesideIt() {
    List<Grant> grants = trapGrants();
    GrantStore store = storeWith(grants);
    try (BulkLoad load = store.bulkLoad("loaded", "full", STARTED, SMALL)) {
      try (BulkPart part = load.openPart()) {
        grants.forEach(part::add);
      }
      load.commit(ENDED);
    }

    Reads.assertHoldsExactly(store, "loaded", grants);
    Reads.assertHoldsExactly(store, SYNC, grants);
    assertThat(store.seal(SYNC, ENDED).digest())
        .isEqualTo(store.sync("loaded").orElseThrow().digest());
  }

  @Test
  void aTokenOfALoadedSyncGoesOn() {
    List<Grant> grants = trapGrants();
    GrantStore store = emptyStore();
    load(store, List.of(grants));

    var scan = new dev.grantstore.GrantQuery.Scan(SYNC);
    PageToken next = store.page(scan, 5, PageToken.START).next().orElseThrow();
    assertThat(store.page(scan, 10_000, next).grants())
        .isEqualTo(ExpectedRows.scan(grants).subList(5, grants.size()));
  }

  /** Loads {@link #SYNC}, one part for each list. */
  static SyncRun load(GrantStore store, List<List<Grant>> parts) {
    try (BulkLoad load = store.bulkLoad(SYNC, "full", STARTED, SMALL)) {
      for (List<Grant> grants : parts) {
        try (BulkPart part = load.openPart()) {
          grants.forEach(part::add);
        }
      }
      return load.commit(ENDED);
    }
  }

  final List<Grant> trapGrants() {
    return taken(TrapIds.notEmpty()).stream()
        .map(trap -> aFullGrant(trap).of(trap, "r", trap).forUser(trap).build())
        .toList();
  }
}
