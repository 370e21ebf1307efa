package dev.grantstore.equivalence.testkit;

import static dev.grantstore.equivalence.testkit.GrantBuilder.aFullGrant;
import static dev.grantstore.equivalence.testkit.GrantBuilder.aGrant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.Grant;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.PageToken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Grants that end: kept as they are, and left out of reads as of their end and later. */
abstract class ExpiryTopic extends Topic {
  private static final Instant END = Instant.parse("2024-02-29T12:34:56.789012345Z");
  private static final List<Instant> INSTANTS =
      List.of(
          Instant.MIN,
          Instant.EPOCH.minusNanos(1),
          Instant.EPOCH,
          END.minusNanos(1),
          END,
          END.plusNanos(1),
          Instant.ofEpochSecond(1L << 33),
          Instant.MAX);

  ExpiryTopic(GrantStoreContract engine) {
    super(engine);
  }

  @Test
  void endsComeBackToTheNanosecondInEveryListHoweverWritten() {
    List<Grant> grants = ending();
    GrantStore store = storeWith(grants);
    Reads.assertHoldsExactly(store, SYNC, grants);
    store.seal(SYNC, ENDED);
    store.settle(Duration.ofMinutes(1));
    Reads.assertHoldsExactly(store, SYNC, grants);
    requires(Capability.BULK_LOAD);
    try (BulkLoad load = store.bulkLoad("loaded", "full", STARTED, BulkLoadOptions.defaults())) {
      try (BulkPart part = load.openPart()) {
        grants.forEach(part::add);
      }
      load.commit(ENDED);
    }
    Reads.assertHoldsExactly(store, "loaded", grants);
  }

  @Test
  void aGrantThatIsPutAgainHasTheEndItWasPutWith() {
    Grant endless = aGrant().build();
    Grant ending = aGrant().expiringAt(END).build();
    Grant later = aGrant().expiringAt(END.plusNanos(1)).build();
    GrantStore store = storeWith();
    for (Grant next : List.of(ending, later, endless, later, ending, endless)) {
      store.put(SYNC, next);
      Reads.assertHoldsExactly(store, SYNC, List.of(next));
    }
  }

  @Test
  void theDigestIsOfTheEndToo() {
    Grant endless = aGrant().build();
    Grant ending = aGrant().expiringAt(END).build();
    GrantStore store = storeWith(ending);

    assertThat(store.seal(SYNC, ENDED).digest())
        .contains(digestOf(List.of(ending)))
        .isNotEqualTo(Optional.of(digestOf(List.of(endless))));
    assertThat(store.asOf(Instant.MAX).sync(SYNC)).isEqualTo(store.sync(SYNC));
  }

  /** At its end itself a grant has ended; one without an end never does. */
  @Test
  void readsAsOfAnInstantLeaveOutWhatHasEndedByThen() {
    List<Grant> grants = ending();
    GrantStore store = storeWith(grants);

    for (int sealing = 0; sealing < 2; sealing++) {
      for (Instant asOf : INSTANTS) {
        assertAsOf(store.asOf(asOf), asOf, grants);
        try (GrantSnapshot snapshot = store.snapshot()) {
          assertAsOf(snapshot.asOf(asOf), asOf, grants);
        }
      }
      Reads.assertHoldsExactly(store, SYNC, grants);
      if (sealing == 0) {
        store.seal(SYNC, ENDED);
      }
    }
  }

  @Test
  void pagesAsOfAnInstantAreFullWhateverLiesBetween() {
    for (int run : List.of(1, 2, 5, 40)) {
      List<Grant> grants = new ArrayList<>();
      for (int i = 0; i < 120; i++) {
        boolean isLeft = i % (run + 1) == run / 2;
        grants.add(isLeft ? numbered(i).build() : numbered(i).expiringAt(END).build());
      }
      GrantReader live = storeWith(grants).asOf(END);
      List<Grant> left = ExpectedRows.scan(left(grants, END));
      for (int limit : List.of(1, 2, 3, left.size(), left.size() + 1, 200, 10_000)) {
        assertThat(Reads.pages(live, new GrantQuery.Scan(SYNC), limit))
            .as("one of %d by %d", run + 1, limit)
            .isEqualTo(left);
      }
    }
  }

  @Test
  void aPageOfNothingButEndedGrantsIsEmptyAndTheLast() {
    GrantStore store = storeWith(numbered(1).expiringAt(END).build());

    assertThat(store.asOf(END).page(new GrantQuery.Scan(SYNC), 1, PageToken.START))
        .isEqualTo(new GrantPage(List.of(), Optional.empty()));
  }

  /** It stands for the last row that was given, not for one left out behind it. */
  @Test
  void aTokenGoesOnRightBehindTheLastRowGiven() {
    GrantStore store =
        storeWith(
            numbered(1).build(),
            numbered(3).expiringAt(END).build(),
            numbered(5).expiringAt(END).build(),
            numbered(7).build());
    GrantQuery query = new GrantQuery.Scan(SYNC);
    PageToken next = store.asOf(END).page(query, 1, PageToken.START).next().orElseThrow();

    store.put(SYNC, numbered(2).build());
    assertThat(store.asOf(END).page(query, 9, next).grants())
        .containsExactly(numbered(2).build(), numbered(7).build());
    assertThat(store.page(query, 9, next).grants()).hasSize(4);
    assertThat(store.asOf(END.minusNanos(1)).page(query, 9, next).grants()).hasSize(4);
  }

  @Test
  void aPrincipalHoldsAsLongAsOneOfItsGrantsHasNotEnded() {
    Grant first = aGrant().id("g1").expiringAt(END).build();
    Grant second = aGrant().id("g2").expiringAt(END.plusNanos(1)).build();
    GrantStore store = storeWith(first, second, aGrant().id("g0").ofEntitlement("other").build());

    assertThat(store.asOf(END).holds(SYNC, first.principal(), first.entitlement())).isTrue();
    GrantReader later = store.asOf(END.plusNanos(1));
    assertThat(later.holds(SYNC, first.principal(), first.entitlement())).isFalse();
    assertThat(store.holds(SYNC, first.principal(), first.entitlement())).isTrue();
  }

  @Test
  void aSnapshotAsOfAnInstantHoldsStill() {
    Grant ending = aGrant().expiringAt(END).build();
    GrantStore store = storeWith(ending);
    try (GrantSnapshot snapshot = store.snapshot()) {
      GrantReader before = snapshot.asOf(END.minusNanos(1));
      GrantReader after = snapshot.asOf(END);
      store.put(SYNC, aGrant().build());
      Reads.assertHoldsExactly(before, SYNC, List.of(ending));
      Reads.assertHoldsExactly(after, SYNC, List.of(), List.of(ending));
      Reads.assertHoldsExactly(store.asOf(Instant.MAX), SYNC, List.of(aGrant().build()));
    }
  }

  /** Also what is sealed afterwards: count and digest are of what is left. */
  @Test
  void expireDeletesWhatHasEndedByThenItsEndIncludedAndNothingElse() {
    List<Grant> grants = ending();
    for (Instant asOf : INSTANTS) {
      GrantStore store = storeWith(grants);
      List<Grant> left = left(grants, asOf);

      assertThat(store.expire(SYNC, asOf)).isEqualTo(grants.size() - left.size());
      Reads.assertHoldsExactly(store, SYNC, left, grants);
      assertThat(store.expire(SYNC, asOf)).as("again").isZero();
      assertThat(store.seal(SYNC, ENDED).digest()).contains(digestOf(left));
      store.close();
    }
  }

  @Test
  void expireFindsNothingWhereNothingEnds() {
    GrantStore store = storeWith();
    assertThat(store.expire(SYNC, Instant.MAX)).isZero();
    store.put(SYNC, aGrant().build());
    assertThat(store.expire(SYNC, Instant.MAX)).isZero();
    Reads.assertHoldsExactly(store, SYNC, List.of(aGrant().build()));
  }

  @Test
  void expireGoesByTheEndThatAGrantHasNow() {
    GrantStore store = storeWith(numbered(1).expiringAt(END).build(), numbered(2).build());
    Grant later = numbered(1).expiringAt(END.plusNanos(1)).build();
    store.put(SYNC, later);
    store.put(SYNC, numbered(2).expiringAt(END).build());

    assertThat(store.expire(SYNC, END)).isEqualTo(1);
    Reads.assertHoldsExactly(store, SYNC, List.of(later), List.of(numbered(2).build()));
  }

  @Test
  void expireDeletesFromOneSyncOnlyAndNotFromSnapshots() {
    Grant ending = aGrant().expiringAt(END).build();
    GrantStore store = storeWith(ending);
    store.startSync("other", "full", STARTED);
    store.put("other", ending);

    try (GrantSnapshot before = store.snapshot()) {
      assertThat(store.expire(SYNC, END)).isEqualTo(1);
      Reads.assertHoldsExactly(before, SYNC, List.of(ending));
    }
    Reads.assertHoldsExactly(store, SYNC, List.of(), List.of(ending));
    Reads.assertHoldsExactly(store, "other", List.of(ending));
  }

  @Test
  void expireDeletesMoreThanFitIntoOneWrite() {
    List<Grant> grants = new ArrayList<>();
    for (int i = 0; i < 2 * GrantStore.EXPIRY_BATCH_ROWS + 1; i++) {
      GrantBuilder grant = aGrant().id(String.format(Locale.ROOT, "g%04d", i));
      grants.add(i == 500 ? grant.build() : grant.expiringAt(END).build());
    }
    GrantStore store = storeWith(grants);

    assertThat(store.expire(SYNC, END)).isEqualTo(2L * GrantStore.EXPIRY_BATCH_ROWS);
    assertThat(Reads.pages(store, new GrantQuery.Scan(SYNC), 10)).containsExactly(grants.get(500));
  }

  private static void assertAsOf(GrantReader live, Instant asOf, List<Grant> grants) {
    Reads.assertHoldsExactly(live, SYNC, left(grants, asOf), grants);
  }

  private static List<Grant> left(List<Grant> grants, Instant asOf) {
    return grants.stream()
        .filter(g -> g.expiresAt().isEmpty() || g.expiresAt().get().compareTo(asOf) > 0)
        .toList();
  }

  /** Two of each end and two without, of shared entitlements and principals. */
  private static List<Grant> ending() {
    List<Grant> grants = new ArrayList<>();
    for (int i = 0; i < 2 * INSTANTS.size(); i++) {
      Instant end = INSTANTS.get(i % INSTANTS.size());
      GrantBuilder grant = i % 3 == 0 ? aFullGrant("g") : aGrant();
      grants.add(
          grant
              .id(String.format(Locale.ROOT, "g%02d", i))
              .ofEntitlement("e" + i % 3)
              .forUser("u" + i % 4)
              .expiringAt(end)
              .build());
    }
    grants.add(aGrant().id("g00 endless").ofEntitlement("e1").forUser("u1").build());
    grants.add(aGrant().id("z endless").ofEntitlement("e2").needingExpansion().build());
    return grants;
  }

  private static GrantBuilder numbered(int number) {
    return aGrant().id(String.format(Locale.ROOT, "g%03d", number));
  }
}
