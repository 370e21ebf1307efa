package dev.grantstore.equivalence.testkit;

import static dev.grantstore.equivalence.testkit.GrantBuilder.aGrant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.PageToken;
import dev.grantstore.PrincipalRef;
import dev.grantstore.Reason;
import dev.grantstore.equivalence.workload.TrapIds;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A page token is opaque, bound to its query and store, and refused when it is anything else. */
abstract class PageTokensTopic extends Topic {
  private static final GrantQuery SCAN = new GrantQuery.Scan(SYNC);

  PageTokensTopic(GrantStoreContract engine) {
    super(engine);
  }

  @Test
  void aTokenIsUrlSafeAscii() {
    for (GrantQuery query : Reads.listsOf(SYNC, aGrant().build())) {
      assertThat(token(storeWithTwo(), query).text()).matches("[A-Za-z0-9_-]+");
    }
  }

  @Test
  void aTokenOfAnotherKindOfListIsRefused() {
    GrantStore store = storeWithTwo();
    List<GrantQuery> queries = Reads.listsOf(SYNC, aGrant().build());
    for (GrantQuery from : queries) {
      PageToken token = token(store, from);
      for (GrantQuery to : queries) {
        if (!to.equals(from)) {
          assertTokenRefused(store, to, token);
        }
      }
    }
  }

  @Test
  void aTokenOfAnotherSyncIsRefused() {
    GrantStore store = storeWithTwo();
    store.startSync("sync-2", "full", STARTED);
    store.putAll("sync-2", Reads.scan(store, SYNC));

    assertTokenRefused(store, new GrantQuery.Scan("sync-2"), token(store, SCAN));
  }

  @Test
  void aTokenOfAnotherEntitlementIsRefused() {
    GrantStore store = storeWithTwo();
    PageToken token = token(store, new GrantQuery.ByEntitlement(SYNC, entitlement()));
    for (EntitlementRef other :
        List.of(
            new EntitlementRef("app", "app-1", "owner"),
            new EntitlementRef("app", "app-2", "member"),
            new EntitlementRef("App", "app-1", "member"),
            new EntitlementRef("appapp-1", "", "member"),
            new EntitlementRef("app", "app-1member", ""))) {
      assertTokenRefused(store, new GrantQuery.ByEntitlement(SYNC, other), token);
    }
  }

  @Test
  void aTokenOfAnotherResourceIsRefused() {
    GrantStore store = storeWithTwo();
    PageToken token = token(store, new GrantQuery.ByEntitlementResource(SYNC, "app", "app-1"));

    for (List<String> other :
        List.of(List.of("app", "app-2"), List.of("appapp-1", ""), List.of("ap", "papp-1"))) {
      assertTokenRefused(
          store, new GrantQuery.ByEntitlementResource(SYNC, other.get(0), other.get(1)), token);
    }
  }

  @Test
  void aTokenOfAnotherPrincipalIsRefused() {
    GrantStore store = storeWithTwo();
    PageToken token = token(store, new GrantQuery.ByPrincipal(SYNC, new PrincipalRef("user", "u")));

    for (PrincipalRef other :
        List.of(
            new PrincipalRef("user", "v"),
            new PrincipalRef("group", "u"),
            new PrincipalRef("useru", ""),
            new PrincipalRef("", "useru"))) {
      assertTokenRefused(store, new GrantQuery.ByPrincipal(SYNC, other), token);
    }
  }

  @Test
  void aTokenOfAnotherStoreIsRefused() {
    assertTokenRefused(storeWithTwo(), SCAN, token(storeWithTwo(), SCAN));
  }

  @Test
  void aTokenWithAnyBitFlippedIsRefused() {
    GrantStore store = storeWithTwo();
    byte[] bytes = Base64.getUrlDecoder().decode(token(store, SCAN).text());
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertTokenRefused(store, SCAN, tokenOf(flipped));
    }
  }

  @Test
  void aTokenWithAnyCharacterMissingIsRefused() {
    GrantStore store = storeWithTwo();
    String text = token(store, SCAN).text();
    for (int i = 1; i < text.length(); i++) {
      assertTokenRefused(store, SCAN, new PageToken(text.substring(0, i)));
      assertTokenRefused(store, SCAN, new PageToken(text.substring(i)));
    }
  }

  @Test
  void aTokenWithMoreAtItsEndIsRefused() {
    GrantStore store = storeWithTwo();
    String text = token(store, SCAN).text();
    for (String more : List.of("A", "AA", "AAAA", "=", "==", " ", "\n", "\u0000", text)) {
      assertTokenRefused(store, SCAN, new PageToken(text + more));
    }
  }

  @Test
  void garbageIsRefused() {
    GrantStore store = storeWithTwo();
    for (String garbage :
        List.of(
            " ",
            "null",
            "0",
            "AAAA",
            "!",
            "\u0000",
            TrapIds.ASTRAL,
            "\ud83d",
            "%41",
            "a".repeat(1_000),
            "A".repeat(1 << 20))) {
      assertTokenRefused(store, SCAN, new PageToken(garbage));
    }
    assertTokenRefused(store, SCAN, tokenOf(new byte[64]));
  }

  @Test
  void aRefusalShowsOnlyTheBeginningOfAHugeToken() {
    GrantStore store = storeWithTwo();

    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> store.page(SCAN, 1, new PageToken("A".repeat(1 << 20)))))
        .message()
        .hasSizeLessThan(500);
  }

  @Test
  void snapshotsRefuseTheSameTokens() {
    GrantStore store = storeWithTwo();
    GrantQuery other = new GrantQuery.NeedingExpansion(SYNC);
    PageToken token = token(store, SCAN);
    try (var snapshot = store.snapshot()) {
      assertRefused(
          store, Reason.INVALID_PAGE_TOKEN, "token", () -> snapshot.page(other, 1, token));
    }
  }

  private static void assertTokenRefused(GrantStore store, GrantQuery query, PageToken token) {
    assertRefused(store, Reason.INVALID_PAGE_TOKEN, "token", () -> store.page(query, 1, token));
  }

  private static PageToken tokenOf(byte[] bytes) {
    return new PageToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  private static PageToken token(GrantStore store, GrantQuery query) {
    return store.page(query, 1, PageToken.START).next().orElseThrow();
  }

  private static EntitlementRef entitlement() {
    return aGrant().build().entitlement();
  }

  /** {@return a store whose two grants stand in all five lists} */
  private GrantStore storeWithTwo() {
    Grant one = aGrant().id("g1").needingExpansion().build();
    return storeWith(one, aGrant().id("g2").needingExpansion().build());
  }
}
