package dev.grantstore.equivalence.testkit;

import static dev.grantstore.equivalence.testkit.GrantBuilder.aGrant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Grant;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.PageToken;
import dev.grantstore.equivalence.workload.TrapIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Lists in pages: whole, without repeats, and going on where they stopped. */
abstract class PagesTopic extends Topic {
  PagesTopic(GrantStoreContract engine) {
    super(engine);
  }

  @Test
  void pagesOfAnySizeEqualTheCursorsList() {
    List<Grant> grants = trapGrants();
    GrantStore store = storeWith(grants);

    for (GrantQuery query : Reads.listsOf(SYNC, grants.get(0))) {
      List<Grant> rows = ExpectedRows.of(query, grants);
      assertThat(rows).as("%s", query).hasSizeGreaterThan(10);
      for (int limit : List.of(1, 2, 3, 7, rows.size() - 1, rows.size(), rows.size() + 1, 10_000)) {
        assertThat(Reads.pages(store, query, limit)).as("%s by %d", query, limit).isEqualTo(rows);
      }
    }
  }

  @Test
  void theLimitMayChangeFromPageToPage() {
    List<Grant> grants = trapGrants();
    GrantStore store = storeWith(grants);
    GrantQuery query = new GrantQuery.Scan(SYNC);
    List<Grant> rows = new ArrayList<>();
    GrantPage page = store.page(query, 1, PageToken.START);
    for (int limit = 2; page.next().isPresent() && limit < 100; limit++) {
      rows.addAll(page.grants());
      page = store.page(query, limit, page.next().get());
    }
    rows.addAll(page.grants());

    assertThat(rows).isEqualTo(ExpectedRows.scan(grants));
  }

  @Test
  void theLastPageHasNoTokenEvenWhenItIsFull() {
    GrantStore store = storeWith(aGrant().id("a").build(), aGrant().id("b").build());
    GrantQuery query = new GrantQuery.Scan(SYNC);

    assertThat(store.page(query, 2, PageToken.START).next()).isEmpty();
    PageToken next = store.page(query, 1, PageToken.START).next().orElseThrow();
    assertThat(store.page(query, 1, next))
        .isEqualTo(new GrantPage(List.of(aGrant().id("b").build()), java.util.Optional.empty()));
  }

  @Test
  void anEmptyListIsOneEmptyPageWithoutToken() {
    GrantStore store = storeWith();

    for (GrantQuery query : Reads.listsOf(SYNC, aGrant().build())) {
      assertThat(store.page(query, 5, PageToken.START))
          .isEqualTo(new GrantPage(List.of(), java.util.Optional.empty()));
    }
  }

  @Test
  void aLimitBelowOneIsRefused() {
    GrantStore store = storeWith(aGrant().build());

    for (int limit : List.of(0, -1, Integer.MIN_VALUE)) {
      for (GrantQuery query : Reads.listsOf(SYNC, aGrant().build())) {
        assertBad(
            store, IllegalArgumentException.class, () -> store.page(query, limit, PageToken.START));
      }
    }
  }

  @Test
  void aLimitAboveTheGreatestIsTakenAsTheGreatest() {
    List<Grant> grants = new ArrayList<>();
    for (int i = 0; i <= GrantReader.MAX_PAGE_ROWS; i++) {
      grants.add(aGrant().id(String.format(Locale.ROOT, "g%05d", i)).build());
    }
    GrantStore store = storeWith(grants);
    GrantQuery query = new GrantQuery.Scan(SYNC);

    for (int limit : List.of(GrantReader.MAX_PAGE_ROWS, 10_001, Integer.MAX_VALUE)) {
      GrantPage page = store.page(query, limit, PageToken.START);
      assertThat(page.grants()).isEqualTo(grants.subList(0, GrantReader.MAX_PAGE_ROWS));
      assertThat(store.page(query, limit, page.next().orElseThrow()).grants())
          .containsExactly(grants.get(GrantReader.MAX_PAGE_ROWS));
    }
  }

  @Test
  void aPageGoesOnStrictlyAfterTheLastRowGiven() {
    GrantStore store = storeWith(aGrant().id("b").build(), aGrant().id("d").build());
    GrantQuery query = new GrantQuery.Scan(SYNC);
    PageToken next = store.page(query, 1, PageToken.START).next().orElseThrow();

    store.put(SYNC, aGrant().id("a").build());
    store.put(SYNC, aGrant().id("b").forUser("replaced").build());
    store.put(SYNC, aGrant().id("b\u0000").build());
    store.put(SYNC, aGrant().id("c").build());

    assertThat(store.page(query, 10, next).grants().stream().map(Grant::id).toList())
        .containsExactly("b\u0000", "c", "d");
  }

  @Test
  void aTokenOutlivesTheRowItStandsOn() {
    List<Grant> grants = trapGrants();
    for (GrantQuery query : Reads.listsOf(SYNC, grants.get(0))) {
      List<Grant> rows = ExpectedRows.of(query, grants);
      GrantStore store = storeWith(grants);
      PageToken next = store.page(query, 3, PageToken.START).next().orElseThrow();

      store.deleteAll(SYNC, rows.subList(0, 4).stream().map(Grant::id).toList());

      assertThat(store.page(query, 10_000, next).grants())
          .as("%s", query)
          .isEqualTo(rows.subList(4, rows.size()));
    }
  }

  @Test
  void rowsThatStayAreGivenOnceWhateverIsWrittenBetweenThePages() {
    List<Grant> staying = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      staying.add(
          aGrant()
              .id(String.format(Locale.ROOT, "g%02d", i))
              .forUser(String.format(Locale.ROOT, "u%02d", i))
              .build());
    }
    GrantStore store = storeWith(staying);
    GrantQuery query = new GrantQuery.ByEntitlement(SYNC, staying.get(0).entitlement());
    List<Grant> given = new ArrayList<>();
    GrantPage page = store.page(query, 2, PageToken.START);
    for (int i = 0; page.next().isPresent() && i < 100; i++) {
      given.addAll(page.grants());
      store.put(
          SYNC,
          aGrant().id("extra").forUser(String.format(Locale.ROOT, "u%02dx", i * 3 % 20)).build());
      page = store.page(query, 2, page.next().get());
    }
    given.addAll(page.grants());

    assertThat(given.stream().filter(g -> !g.id().equals("extra")).toList()).isEqualTo(staying);
  }

  @Test
  void aTokenOutlivesTheDeletionOfEverything() {
    GrantStore store = storeWith(aGrant().id("a").build(), aGrant().id("b").build());
    GrantQuery query = new GrantQuery.Scan(SYNC);
    PageToken next = store.page(query, 1, PageToken.START).next().orElseThrow();

    store.deleteAll(SYNC, List.of("a", "b"));

    assertThat(store.page(query, 1, next))
        .isEqualTo(new GrantPage(List.of(), java.util.Optional.empty()));
  }

  @Test
  void aTokenOutlivesTheDropOfItsSyncAndGoesOnInTheOneStartedAnew() {
    GrantStore store = storeWith(aGrant().id("b").build(), aGrant().id("c").build());
    GrantQuery query = new GrantQuery.Scan(SYNC);
    PageToken next = store.page(query, 1, PageToken.START).next().orElseThrow();

    store.drop(SYNC);
    store.startSync(SYNC, "again", STARTED);
    Grant later = aGrant().id("d").build();
    store.putAll(SYNC, List.of(aGrant().id("a").build(), aGrant().id("b").build(), later));

    assertThat(store.page(query, 5, next).grants()).containsExactly(later);
  }

  @Test
  void aTokenOutlivesFlushSettleAndSeal() {
    GrantStore store = storeWith(aGrant().id("a").build(), aGrant().id("b").build());
    GrantQuery query = new GrantQuery.Scan(SYNC);
    PageToken next = store.page(query, 1, PageToken.START).next().orElseThrow();

    store.flush();
    store.settle(java.time.Duration.ofMinutes(1));
    store.seal(SYNC, ENDED);

    assertThat(store.page(query, 1, next).grants()).containsExactly(aGrant().id("b").build());
  }

  @Test
  void aTokenCanBeUsedManyTimes() {
    GrantStore store = storeWith(trapGrants());
    GrantQuery query = new GrantQuery.Scan(SYNC);
    PageToken next = store.page(query, 1, PageToken.START).next().orElseThrow();

    GrantPage first = store.page(query, 3, next);

    assertThat(store.page(query, 3, next)).isEqualTo(first);
  }

  @Test
  void tokensOfASnapshotAndOfItsStoreGoBothWays() {
    GrantStore store = storeWith(aGrant().id("a").build(), aGrant().id("b").build());
    GrantQuery query = new GrantQuery.Scan(SYNC);
    try (GrantSnapshot snapshot = store.snapshot()) {
      PageToken ofSnapshot = snapshot.page(query, 1, PageToken.START).next().orElseThrow();
      PageToken ofStore = store.page(query, 1, PageToken.START).next().orElseThrow();

      assertThat(store.page(query, 1, ofSnapshot).grants())
          .containsExactly(aGrant().id("b").build());
      assertThat(snapshot.page(query, 1, ofStore).grants())
          .containsExactly(aGrant().id("b").build());
    }
  }

  @Test
  void pagesGoOnAfterTheLongestIds() {
    requires(Capability.LONG_IDS);
    List<Grant> grants = new ArrayList<>();
    for (String end : List.of("1", "2", "3")) {
      String longest = "\u0001".repeat(15_990);
      grants.add(aGrant().id(longest + end).of("", "", longest + end).forPrincipal("", "").build());
    }

    Reads.assertHoldsExactly(storeWith(grants), SYNC, grants);
  }

  /** Grants of one entitlement, of one principal, of many: over ten rows in every list. */
  private static List<Grant> trapGrants() {
    List<Grant> grants = new ArrayList<>();
    grants.add(aGrant().id("first").build());
    for (String trap : TrapIds.notEmpty().subList(0, 30)) {
      grants.add(aGrant().id("1" + trap).forUser(trap).needingExpansion().build());
      grants.add(aGrant().id("2" + trap).ofEntitlement(trap).build());
    }
    return grants;
  }
}
