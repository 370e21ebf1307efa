package dev.grantstore.equivalence.testkit;

import static dev.grantstore.equivalence.testkit.GrantBuilder.aGrant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.PageToken;
import dev.grantstore.Reason;
import dev.grantstore.equivalence.workload.TrapIds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One list of several entitlements: the list of each, one after the other, as of one moment. */
abstract class SeveralEntitlementsTopic extends Topic {
  private static final EntitlementRef A = new EntitlementRef("app", "r", "a");
  private static final EntitlementRef B = new EntitlementRef("app", "r", "b");
  private static final EntitlementRef NONE = new EntitlementRef("app", "r", "aa");

  SeveralEntitlementsTopic(GrantStoreContract engine) {
    super(engine);
  }

  @Test
  void oneComesAfterTheOtherInTheOrderAsked() {
    List<Grant> grants = new ArrayList<>();
    List<EntitlementRef> asked = new ArrayList<>();
    for (String trap : taken(TrapIds.all())) {
      asked.add(new EntitlementRef("t", "r", trap));
      asked.add(new EntitlementRef(trap, "r", "e"));
      grants.add(aGrant().id("1" + trap).of("t", "r", trap).forPrincipal("b", "p").build());
      grants.add(aGrant().id("2" + trap).of("t", "r", trap).forPrincipal("a", "q").build());
      grants.add(aGrant().id("3" + trap).of(trap, "r", "e").build());
    }
    GrantStore store = storeWith(grants);

    assertLists(store, asked, grants);
    Collections.reverse(asked);
    assertLists(store, asked, grants);
  }

  @Test
  void oneThatIsAskedTwiceIsListedTwice() {
    List<Grant> grants = grants();

    assertLists(storeWith(grants), List.of(B, A, B, B, A), grants);
  }

  @Test
  void oneThatHasNoGrantsIsPassedOver() {
    List<Grant> grants = grants();
    GrantStore store = storeWith(grants);

    assertLists(store, List.of(NONE, A, NONE, NONE, B, NONE), grants);
    assertLists(store, List.of(NONE, NONE), grants);
  }

  @Test
  void ifNoneIsAskedThereAreNoRows() {
    GrantStore store = storeWith(grants());

    assertThat(Reads.list(store, several())).isEmpty();
    assertThat(store.page(several(), 1, PageToken.START))
        .isEqualTo(new GrantPage(List.of(), Optional.empty()));
    GrantQuery unknown = new GrantQuery.ByEntitlements("unknown", List.of());
    assertRefused(store, Reason.SYNC_UNKNOWN, "unknown", () -> store.cursor(unknown));
    assertRefused(
        store, Reason.SYNC_UNKNOWN, "unknown", () -> store.page(unknown, 1, PageToken.START));
  }

  @Test
  void theListIsOfTheMomentItWasOpened() {
    List<Grant> grants = grants();
    GrantStore store = storeWith(grants);
    List<Grant> expected = ExpectedRows.of(several(A, B, A), grants);
    for (boolean isMovedFirst : List.of(false, true)) {
      try (GrantSnapshot snapshot = store.snapshot();
          GrantCursor ofStore = store.cursor(several(A, B, A));
          GrantCursor ofSnapshot = snapshot.cursor(several(A, B, A))) {
        List<Grant> shown = new ArrayList<>();
        if (isMovedFirst) {
          assertThat(ofStore.next()).isTrue();
          shown.add(ofStore.grant());
        }

        store.deleteAll(SYNC, List.of("a1", "b1"));
        store.put(SYNC, aGrant().id("b0").of("app", "r", "b").build());
        store.put(SYNC, aGrant().id("a2").of("app", "r", "b").forUser("moved").build());
        store.flush();

        assertThat(rest(ofStore, shown)).isEqualTo(expected);
        assertThat(rest(ofSnapshot, new ArrayList<>())).isEqualTo(expected);
      }
      store.deleteAll(SYNC, List.of("b0"));
      store.putAll(SYNC, grants);
    }
  }

  @Test
  void theListOutlivesItsSync() {
    List<Grant> grants = grants();
    GrantStore store = storeWith(grants);
    try (GrantCursor cursor = store.cursor(several(B, A))) {
      store.drop(SYNC);

      assertThat(rest(cursor, new ArrayList<>())).isEqualTo(ExpectedRows.of(several(B, A), grants));
    }
  }

  @Test
  void aTokenGoesOnBehindItsRowWhateverBecameOfIt() {
    List<Grant> grants = grants();
    List<Grant> rows = ExpectedRows.of(several(B, A, B), grants);
    for (int given = 1; given < rows.size(); given++) {
      GrantStore store = storeWith(grants);
      PageToken next = store.page(several(B, A, B), given, PageToken.START).next().orElseThrow();
      Grant last = rows.get(given - 1);
      store.deleteAll(SYNC, List.of(last.id()));
      List<Grant> left = new ArrayList<>(rows.subList(given, rows.size()));
      left.remove(last);

      assertThat(store.page(several(B, A, B), 100, next).grants())
          .as("after %d", given)
          .isEqualTo(left);
    }
  }

  @Test
  void aTokenOfOtherEntitlementsOrAnotherOrderIsRefused() {
    GrantStore store = storeWith(grants());
    PageToken token = store.page(several(A, B), 1, PageToken.START).next().orElseThrow();
    for (GrantQuery other :
        List.of(
            several(B, A),
            several(A),
            several(A, B, B),
            several(A, B, NONE),
            several(),
            new GrantQuery.ByEntitlement(SYNC, A),
            new GrantQuery.ByEntitlements("sync-2", List.of(A, B)))) {
      if (other.syncId().equals("sync-2")) {
        store.startSync("sync-2", "full", STARTED);
      }
      assertRefused(store, Reason.INVALID_PAGE_TOKEN, "token", () -> store.page(other, 1, token));
    }
  }

  @Test
  void manyAreListedByOneCursor() {
    List<Grant> grants = new ArrayList<>();
    List<EntitlementRef> asked = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      String id = String.format(Locale.ROOT, "e%d", i);
      asked.add(new EntitlementRef("app", "r", id));
      grants.add(aGrant().id("g" + id).of("app", "r", id).build());
    }
    GrantStore store = storeWith(grants);

    assertThat(Reads.list(store, new GrantQuery.ByEntitlements(SYNC, asked))).isEqualTo(grants);
    assertThat(Reads.pages(store, new GrantQuery.ByEntitlements(SYNC, asked), 300))
        .isEqualTo(grants);
  }

  @Test
  void whatACursorOrPageHeldIsGivenBack() {
    List<Grant> grants = grants();
    GrantStore store = storeWith(grants);
    List<Grant> expected = ExpectedRows.of(several(B, A), grants);
    for (int i = 0; i < 1_200; i++) {
      try (GrantCursor cursor = store.cursor(several(B, A))) {
        assertThat(cursor.next()).isTrue();
      }
      assertThat(Reads.list(store, several(B, A))).isEqualTo(expected);
      assertThat(store.page(several(B, A), 2, PageToken.START).grants())
          .isEqualTo(expected.subList(0, 2));
    }
  }

  private static void assertLists(
      GrantReader reader, List<EntitlementRef> asked, List<Grant> grants) {
    GrantQuery query = new GrantQuery.ByEntitlements(SYNC, asked);
    List<Grant> expected = ExpectedRows.of(query, grants);
    Reads.assertRows("list", Reads.list(reader, query), expected);
    for (int limit : List.of(1, 2, 3, Math.max(1, expected.size()), 10_000)) {
      Reads.assertRows("pages of " + limit, Reads.pages(reader, query, limit), expected);
    }
  }

  private static List<Grant> rest(GrantCursor cursor, List<Grant> shown) {
    while (cursor.next()) {
      shown.add(cursor.grant());
    }
    return shown;
  }

  private static GrantQuery several(EntitlementRef... asked) {
    return new GrantQuery.ByEntitlements(SYNC, List.of(asked));
  }

  /** {@return three grants of the one and two of the other, and one of neither} */
  private static List<Grant> grants() {
    return List.of(
        aGrant().id("a1").of("app", "r", "a").build(),
        aGrant().id("a2").of("app", "r", "a").forUser("v").build(),
        aGrant().id("a3").of("app", "r", "a").forUser("t").build(),
        aGrant().id("b1").of("app", "r", "b").build(),
        aGrant().id("b2").of("app", "r", "b").forUser("v").build(),
        aGrant().id("c1").of("app", "r", "c").build());
  }
}
