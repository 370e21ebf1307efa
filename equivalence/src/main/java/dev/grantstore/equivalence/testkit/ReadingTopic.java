package dev.grantstore.equivalence.testkit;

import static dev.grantstore.equivalence.testkit.GrantBuilder.aFullGrant;
import static dev.grantstore.equivalence.testkit.GrantBuilder.aGrant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Expansion;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.PrincipalRef;
import dev.grantstore.equivalence.workload.TrapIds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What each read answers, and in which order. */
abstract class ReadingTopic extends Topic {
  ReadingTopic(GrantStoreContract engine) {
    super(engine);
  }

  @Test
  void getOfAnAbsentGrantIsEmpty() {
    GrantStore store = storeWith(aGrant().id("ab").build());

    for (String near : List.of("a", "abc", "ab\u0000", "aB", "ab ", "\u0000")) {
      assertThat(store.get(SYNC, near)).as(near).isEmpty();
    }
  }

  @Test
  void getAllAnswersInTheOrderAskedAndAnswersRepeatsAgain() {
    Grant a = aFullGrant("a").build();
    Grant b = aGrant().id("b").build();
    GrantStore store = storeWith(a, b);

    assertThat(store.getAll(SYNC, List.of("b", "absent", "a", "b", "absent", "a\u0000")))
        .containsExactly(
            Optional.of(b),
            Optional.empty(),
            Optional.of(a),
            Optional.of(b),
            Optional.empty(),
            Optional.empty());
  }

  @Test
  void getAllOfNothingIsEmpty() {
    assertThat(storeWith(aGrant().build()).getAll(SYNC, List.of())).isEmpty();
  }

  @Test
  void getAllTakesManyIds() {
    Grant grant = aGrant().id("a").build();

    assertThat(storeWith(grant).getAll(SYNC, Collections.nCopies(50_000, "a")))
        .isEqualTo(Collections.nCopies(50_000, Optional.of(grant)));
  }

  @Test
  void scanIsOrderedByIdAsUtf8() {
    List<Grant> grants =
        TrapIds.notEmpty().stream().map(trap -> aGrant().id(trap).build()).toList();

    assertThat(Reads.scan(storeWith(grants), SYNC)).isEqualTo(ExpectedRows.scan(grants));
  }

  @Test
  void charactersBeyondTheBasicPlaneSortAfterIt() {
    Grant bmp = aGrant().id(TrapIds.HIGH_BMP).build();
    Grant astral = aGrant().id(TrapIds.ASTRAL).build();

    assertThat(Reads.scan(storeWith(astral, bmp), SYNC)).containsExactly(bmp, astral);
  }

  @Test
  void scanByEntitlementIsOrderedByEntitlementPrincipalAndGrantId() {
    List<Grant> grants = new ArrayList<>();
    for (String trap : taken(TrapIds.all())) {
      grants.add(aGrant().id("1" + trap).of(trap, "r", "e").build());
      grants.add(aGrant().id("2" + trap).of("t", trap, "e").build());
      grants.add(aGrant().id("3" + trap).of("t", "r", trap).forPrincipal("b", "p").build());
      grants.add(aGrant().id("4" + trap).of("t", "r", trap).forPrincipal("a", "q").build());
      grants.add(aGrant().id("5" + trap).of("t", "r", "e").forPrincipal(trap, "p").build());
      grants.add(aGrant().id("6" + trap).of("t", "r", "e").forPrincipal("t", trap).build());
    }
    taken(TrapIds.notEmpty())
        .forEach(trap -> grants.add(aGrant().id(trap).of("t", "r", "e").build()));

    assertAnswers(grants, new GrantQuery.ScanByEntitlement(SYNC));
  }

  @Test
  void byEntitlementIsOrderedByPrincipalTypePrincipalIdAndGrantId() {
    List<Grant> grants = new ArrayList<>();
    for (String trap : taken(TrapIds.all())) {
      grants.add(aGrant().id("1" + trap).forPrincipal(trap, "p").build());
      grants.add(aGrant().id("2" + trap).forPrincipal("t", trap).build());
    }
    taken(TrapIds.notEmpty()).forEach(trap -> grants.add(aGrant().id(trap).build()));

    assertAnswers(grants, new GrantQuery.ByEntitlement(SYNC, aGrant().build().entitlement()));
  }

  @Test
  void byEntitlementResourceIsOrderedByEntitlementIdPrincipalAndGrantId() {
    List<Grant> grants = new ArrayList<>();
    for (String trap : taken(TrapIds.all())) {
      grants.add(aGrant().id("1" + trap).of("t", "r", trap).forPrincipal("b", "p").build());
      grants.add(aGrant().id("2" + trap).of("t", "r", trap).forPrincipal("a", "q").build());
      grants.add(aGrant().id("3" + trap).of("t", "r", "e").forPrincipal(trap, "p").build());
      grants.add(aGrant().id("4" + trap).of("t", "r", "e").forPrincipal("t", trap).build());
      grants.add(aGrant().id("5" + trap).of("t", "r", "e").build());
    }

    assertAnswers(grants, new GrantQuery.ByEntitlementResource(SYNC, "t", "r"));
  }

  @Test
  void byPrincipalIsOrderedByEntitlementTypeResourceIdAndGrantId() {
    List<Grant> grants = new ArrayList<>();
    for (String trap : taken(TrapIds.all())) {
      grants.add(aGrant().id("1" + trap).of(trap, "r", "e").build());
      grants.add(aGrant().id("2" + trap).of("t", trap, "e").build());
      grants.add(aGrant().id("3" + trap).of("t", "r", trap).build());
    }
    taken(TrapIds.notEmpty())
        .forEach(trap -> grants.add(aGrant().id(trap).of("t", "r", "e").build()));

    assertAnswers(grants, new GrantQuery.ByPrincipal(SYNC, aGrant().build().principal()));
  }

  @Test
  void needingExpansionIsOrderedByIdAndAsksOnlyTheFlag() {
    Expansion expansion = new Expansion(List.of("e"), true, List.of());
    List<Grant> grants = new ArrayList<>();
    for (String trap : TrapIds.notEmpty()) {
      grants.add(aGrant().id(trap).needingExpansion().build());
      grants.add(aGrant().id("1" + trap).needingExpansion().expandingTo(expansion).build());
      grants.add(aGrant().id("2" + trap).expandingTo(expansion).build());
      grants.add(aGrant().id("3" + trap).build());
    }

    assertAnswers(grants, new GrantQuery.NeedingExpansion(SYNC));
  }

  @Test
  void everyTrapIdIsFoundByItselfOnly() {
    List<Grant> grants = new ArrayList<>();
    for (String trap : taken(TrapIds.all())) {
      grants.add(aGrant().id("g" + trap).of(trap, trap, trap).forPrincipal(trap, trap).build());
    }

    Reads.assertHoldsExactly(storeWith(grants), SYNC, grants);
  }

  @Test
  void bytesThatMoveAcrossTheBorderOfTwoIdsMakeAnotherGrant() {
    List<List<String>> pairs =
        List.of(
            List.of("a", "bc"),
            List.of("ab", "c"),
            List.of("abc", ""),
            List.of("", "abc"),
            List.of("a\u0000", "bc"),
            List.of("a", "\u0000bc"),
            List.of("a\u0001", "bc"),
            List.of("a", "\u0001bc"));
    List<Grant> grants = new ArrayList<>();
    for (List<String> pair : pairs) {
      String id = pair.get(0) + "|" + pair.get(1);
      grants.add(aGrant().id("1" + id).of(pair.get(0), pair.get(1), "e").build());
      grants.add(aGrant().id("2" + id).of("t", pair.get(0), pair.get(1)).build());
      grants.add(aGrant().id("3" + id).forPrincipal(pair.get(0), pair.get(1)).build());
    }

    Reads.assertHoldsExactly(storeWith(grants), SYNC, grants);
  }

  @Test
  void listsOfWhatNobodyHoldsAreEmpty() {
    GrantStore store = storeWith(aGrant().of("t", "r", "ent-1").forUser("user-1").build());
    Grant prefixes = aGrant().of("t", "r", "ent").forUser("user").build();
    Grant longer = aGrant().of("t", "r", "ent-10").forUser("user-10").build();
    Grant other = aGrant().of("t", "r1", "ent-1").forPrincipal("use", "user-1").build();

    for (Grant absent : List.of(prefixes, longer, other)) {
      assertThat(Reads.list(store, new GrantQuery.ByEntitlement(SYNC, absent.entitlement())))
          .isEmpty();
      assertThat(Reads.list(store, new GrantQuery.ByPrincipal(SYNC, absent.principal()))).isEmpty();
      assertThat(store.holds(SYNC, absent.principal(), absent.entitlement())).isFalse();
    }
    assertThat(Reads.list(store, new GrantQuery.ByEntitlementResource(SYNC, "t", "r1"))).isEmpty();
    assertThat(Reads.list(store, new GrantQuery.ByEntitlementResource(SYNC, "", ""))).isEmpty();
    assertThat(Reads.list(store, new GrantQuery.NeedingExpansion(SYNC))).isEmpty();
  }

  @Test
  void listsShowEveryFieldOfEveryRow() {
    List<Grant> grants =
        List.of(aFullGrant("g1").build(), aFullGrant("g2").build(), aGrant().id("g0").build());
    GrantStore store = storeWith(grants);

    for (GrantQuery query : Reads.listsOf(SYNC, grants.get(0))) {
      assertAnswers(store, grants, query);
    }
  }

  @Test
  void aPrincipalMayHoldOneEntitlementThroughManyGrants() {
    Grant first = aGrant().id("g1").build();
    Grant second = aFullGrant("g2").build();
    GrantStore store = storeWith(first, second);

    Reads.assertHoldsExactly(store, SYNC, List.of(first, second));
    store.delete(SYNC, "g1");
    Reads.assertHoldsExactly(store, SYNC, List.of(second), List.of(first));
    store.delete(SYNC, "g2");
    Reads.assertHoldsExactly(store, SYNC, List.of(), List.of(first, second));
  }

  @Test
  void holdsComparesEveryId() {
    GrantStore store = storeWith(aGrant().of("t", "r", "e").forPrincipal("u", "p").build());
    PrincipalRef p = new PrincipalRef("u", "p");
    EntitlementRef e = new EntitlementRef("t", "r", "e");

    assertThat(store.holds(SYNC, p, e)).isTrue();
    assertThat(store.holds(SYNC, new PrincipalRef("U", "p"), e)).isFalse();
    assertThat(store.holds(SYNC, new PrincipalRef("u", "P"), e)).isFalse();
    assertThat(store.holds(SYNC, new PrincipalRef("u", ""), e)).isFalse();
    assertThat(store.holds(SYNC, p, new EntitlementRef("T", "r", "e"))).isFalse();
    assertThat(store.holds(SYNC, p, new EntitlementRef("t", "R", "e"))).isFalse();
    assertThat(store.holds(SYNC, p, new EntitlementRef("t", "r", "E"))).isFalse();
    assertThat(store.holds(SYNC, p, new EntitlementRef("t", "r", ""))).isFalse();
  }

  @Test
  void readsStayInTheirSync() {
    Grant here = aGrant().id("here").build();
    Grant there = aGrant().id("there").needingExpansion().build();
    GrantStore store = storeWith(here);
    for (String neighbour : List.of("sync", "sync-1\u0000", "sync-10")) {
      store.startSync(neighbour, "full", STARTED);
      store.put(neighbour, there);
      Reads.assertHoldsExactly(store, neighbour, List.of(there));
    }

    Reads.assertHoldsExactly(store, SYNC, List.of(here));
  }

  @Test
  void readsAnswerTheSameAfterFlushSettleAndSeal() {
    List<Grant> grants = new ArrayList<>();
    taken(TrapIds.notEmpty()).forEach(trap -> grants.add(aFullGrant(trap).forUser(trap).build()));
    GrantStore store = storeWith(grants);

    store.flush();
    Reads.assertHoldsExactly(store, SYNC, grants);
    store.settle(java.time.Duration.ofMinutes(1));
    Reads.assertHoldsExactly(store, SYNC, grants);
    store.seal(SYNC, ENDED);
    Reads.assertHoldsExactly(store, SYNC, grants);
  }

  @Test
  void statsNameKeyspacesAndAreNeverNegative() {
    GrantStore store = storeWith(aGrant().build());

    assertThat(store.stats().keyspaces())
        .isNotEmpty()
        .allSatisfy(
            keyspace -> {
              assertThat(keyspace.name()).isNotEmpty();
              assertThat(keyspace.rowsEstimate()).isNotNegative();
              assertThat(keyspace.fileBytes()).isNotNegative();
              assertThat(keyspace.files()).isNotNegative();
            });
    assertThat(store.stats().memoryBytes()).isNotNegative();
  }

  private void assertAnswers(List<Grant> grants, GrantQuery query) {
    assertAnswers(storeWith(grants), grants, query);
  }

  private static void assertAnswers(GrantStore store, List<Grant> grants, GrantQuery query) {
    List<Grant> expected = ExpectedRows.of(query, grants);
    assertThat(Reads.list(store, query)).isEqualTo(expected);
    assertThat(Reads.pages(store, query, 7)).isEqualTo(expected);
  }
}
