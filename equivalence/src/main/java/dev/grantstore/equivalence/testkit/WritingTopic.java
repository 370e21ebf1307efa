package dev.grantstore.equivalence.testkit;

import static dev.grantstore.equivalence.testkit.GrantBuilder.aFullGrant;
import static dev.grantstore.equivalence.testkit.GrantBuilder.aGrant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.DigestAccumulator;
import dev.grantstore.Expansion;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.equivalence.workload.TrapIds;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Puts, replacements, deletes, and that every list follows them. */
abstract class WritingTopic extends Topic {
  private static final Grant OLD = aFullGrant("g1").of("t", "r", "old").forUser("old").build();
  private static final Grant NEW = aGrant().id("g1").of("t2", "r2", "new").forUser("new").build();
  private static final Grant OTHER = aGrant().id("g2").of("t", "r", "old").forUser("old").build();

  /** Around {@code STARTED}. */
  private static final Instant BEFORE = STARTED.minusNanos(1);

  private static final Instant AFTER = STARTED.plusNanos(1);

  WritingTopic(GrantStoreContract engine) {
    super(engine);
  }

  @Test
  void putInserts() {
    GrantStore store = storeWith();

    store.put(SYNC, OLD);

    Reads.assertHoldsExactly(store, SYNC, List.of(OLD));
  }

  @Test
  void putReplacesTheGrantOfThatIdAndLeavesNoTraceOfIt() {
    GrantStore store = storeWith(OLD, OTHER);

    store.put(SYNC, NEW);

    Reads.assertHoldsExactly(store, SYNC, List.of(NEW, OTHER), List.of(OLD));
  }

  @Test
  void replacingOneFieldAtATimeLeavesNoTrace() {
    Grant was = aGrant().id("g1").of("t", "r", "e").forPrincipal("user", "u").build();
    List<Grant> versions =
        List.of(
            aGrant().id("g1").of("T", "r", "e").forPrincipal("user", "u").build(),
            aGrant().id("g1").of("t", "R", "e").forPrincipal("user", "u").build(),
            aGrant().id("g1").of("t", "r", "E").forPrincipal("user", "u").build(),
            aGrant().id("g1").of("t", "r", "e").forPrincipal("User", "u").build(),
            aGrant().id("g1").of("t", "r", "e").forPrincipal("user", "U").build(),
            aGrant().id("g1").of("t", "r", "e").forUser("u").needingExpansion().build(),
            aGrant().id("g1").of("t", "r", "e").forUser("u").discoveredAt(ENDED).build());
    for (Grant version : versions) {
      GrantStore store = storeWith(was);

      store.put(SYNC, version);

      Reads.assertHoldsExactly(store, SYNC, List.of(version), List.of(was));
    }
  }

  @Test
  void replacingCanTakeEveryOptionalPartAway() {
    Grant bare = aGrant().id("g1").of("t", "r", "old").forUser("old").build();
    GrantStore store = storeWith(OLD);

    store.put(SYNC, bare);

    Reads.assertHoldsExactly(store, SYNC, List.of(bare));
  }

  @Test
  void replacingBackAndForthEndsWithTheLast() {
    GrantStore store = storeWith();
    for (int i = 0; i < 20; i++) {
      store.put(SYNC, i % 2 == 0 ? OLD : NEW);
    }

    Reads.assertHoldsExactly(store, SYNC, List.of(NEW), List.of(OLD));
  }

  @Test
  void puttingTheSameGrantAgainChangesNothing() {
    GrantStore store = storeWith(OLD, OTHER);

    store.put(SYNC, OLD);

    Reads.assertHoldsExactly(store, SYNC, List.of(OLD, OTHER));
  }

  @Test
  void theLastOfTwoEqualIdsInABatchWinsAndTheFirstLeavesNoTrace() {
    GrantStore store = storeWith();

    store.putAll(SYNC, List.of(OLD, OTHER, NEW));

    Reads.assertHoldsExactly(store, SYNC, List.of(NEW, OTHER), List.of(OLD));
  }

  @Test
  void theLastOfThreeVersionsInABatchReplacesAStoredOne() {
    Grant stored = aGrant().id("g1").of("t", "r", "stored").forUser("stored").build();
    GrantStore store = storeWith(stored);

    store.putAll(SYNC, List.of(NEW, OLD, NEW, OLD));

    Reads.assertHoldsExactly(store, SYNC, List.of(OLD), List.of(stored, NEW));
  }

  @Test
  void putIfNewerTakesWhatIsStrictlyNewerAndLeavesNoTraceOfTheOther() {
    Grant old = aGrant().id("g1").of("t", "r", "old").discoveredAt(STARTED).build();
    Grant as = aGrant().id("g1").of("t", "r", "as new").discoveredAt(STARTED).build();
    Grant older = aGrant().id("g1").of("t", "r", "older").discoveredAt(BEFORE).build();
    Grant newer = aGrant().id("g1").of("t", "r", "newer").discoveredAt(AFTER).build();
    Grant other = aGrant().id("g2").discoveredAt(BEFORE).build();
    GrantStore store = storeWith(old);

    assertThat(store.putAllIfNewer(SYNC, List.of(older, as))).isZero();
    Reads.assertHoldsExactly(store, SYNC, List.of(old), List.of(older, as));
    assertThat(store.putAllIfNewer(SYNC, List.of(newer, other))).isEqualTo(2);
    Reads.assertHoldsExactly(store, SYNC, List.of(newer, other), List.of(old, older, as));
    DigestAccumulator both = new DigestAccumulator();
    both.add(newer);
    both.add(other);
    assertThat(store.seal(SYNC, ENDED).digest()).contains(both.digest());
  }

  @Test
  void putIfNewerTakesTheNewestOfABatchAndTheFirstOfEquallyNewOnes() {
    Grant old = aGrant().id("g1").of("t", "r", "old").discoveredAt(BEFORE).build();
    Grant first = aGrant().id("g1").of("t", "r", "first").discoveredAt(AFTER).build();
    Grant second = aGrant().id("g1").of("t", "r", "second").discoveredAt(AFTER).build();
    Grant between = aGrant().id("g1").of("t", "r", "between").discoveredAt(STARTED).build();
    GrantStore store = storeWith();

    assertThat(store.putAllIfNewer(SYNC, List.of())).isZero();
    assertThat(store.putAllIfNewer(SYNC, List.of(old, between, first, second, between)))
        .isEqualTo(1);
    Reads.assertHoldsExactly(store, SYNC, List.of(first), List.of(old, second, between));
  }

  @Test
  void anEmptyBatchChangesNothing() {
    GrantStore store = storeWith(OLD);

    store.putAll(SYNC, List.of());
    store.deleteAll(SYNC, List.of());

    Reads.assertHoldsExactly(store, SYNC, List.of(OLD));
  }

  @Test
  void aBatchMayBeAnyCollection() {
    GrantStore store = storeWith();

    store.putAll(SYNC, new ArrayDeque<>(List.of(NEW, OTHER)));
    store.deleteAll(SYNC, Set.of("g2"));

    Reads.assertHoldsExactly(store, SYNC, List.of(NEW), List.of(OTHER));
  }

  @Test
  void theCallersCollectionsStayTheCallers() {
    List<Grant> batch = new ArrayList<>(List.of(OLD, OTHER));
    List<String> ids = new ArrayList<>(List.of("g2"));
    GrantStore store = storeWith();

    store.putAll(SYNC, batch);
    store.deleteAll(SYNC, ids);
    assertThat(batch).containsExactly(OLD, OTHER);
    assertThat(ids).containsExactly("g2");
    batch.clear();
    ids.clear();

    Reads.assertHoldsExactly(store, SYNC, List.of(OLD), List.of(OTHER));
  }

  @Test
  void theOrderOfWritingDoesNotMatter() {
    List<Grant> grants = new ArrayList<>();
    for (String trap : taken(TrapIds.notEmpty())) {
      grants.add(aGrant().id(trap).ofEntitlement(trap).forUser(trap).build());
    }
    List<Grant> reversed = new ArrayList<>(grants);
    Collections.reverse(reversed);

    assertThat(Content.of(storeWith(reversed))).isEqualTo(Content.of(storeWith(grants)));
  }

  @Test
  void deleteRemovesTheGrantFromEveryList() {
    GrantStore store = storeWith(OLD, OTHER);

    store.delete(SYNC, "g1");

    Reads.assertHoldsExactly(store, SYNC, List.of(OTHER), List.of(OLD));
  }

  @Test
  void deletingAnAbsentGrantChangesNothing() {
    GrantStore store = storeWith(OLD);

    store.delete(SYNC, "g");
    store.delete(SYNC, "g1\u0000");
    store.delete(SYNC, "g11");

    Reads.assertHoldsExactly(store, SYNC, List.of(OLD));
  }

  @Test
  void deleteAllPassesOverAbsentAndRepeatedIds() {
    GrantStore store = storeWith(OLD, OTHER, aGrant().id("g3").build());

    store.deleteAll(SYNC, List.of("absent", "g1", "g3", "g1", "absent"));

    Reads.assertHoldsExactly(store, SYNC, List.of(OTHER), List.of(OLD));
  }

  @Test
  void aDeletedGrantCanBePutAgainWithOtherReferences() {
    GrantStore store = storeWith(OLD);

    store.delete(SYNC, "g1");
    store.put(SYNC, NEW);

    Reads.assertHoldsExactly(store, SYNC, List.of(NEW), List.of(OLD));
  }

  @Test
  void deletingAReplacedGrantLeavesNoTraceOfEitherVersion() {
    GrantStore store = storeWith(OLD);

    store.put(SYNC, NEW);
    store.delete(SYNC, "g1");

    Reads.assertHoldsExactly(store, SYNC, List.of(), List.of(OLD, NEW));
  }

  @Test
  void deletingEveryTrapIdLeavesTheOthers() {
    List<Grant> left = new ArrayList<>();
    for (String trap : taken(TrapIds.notEmpty())) {
      left.add(aGrant().id(trap).ofEntitlement(trap).forUser(trap).build());
    }
    GrantStore store = storeWith(left);
    while (!left.isEmpty()) {
      store.delete(SYNC, left.remove(left.size() / 2).id());
      assertThat(Reads.scan(store, SYNC)).isEqualTo(ExpectedRows.scan(left));
    }
  }

  @Test
  void aWriteStaysInItsSync() {
    GrantStore store = storeWith(OLD, OTHER);
    for (String neighbour : List.of("sync", "sync-1\u0000", "sync-1\u0001", "sync-10", "sync-2")) {
      store.startSync(neighbour, "full", STARTED);
      store.put(neighbour, NEW);
      store.delete(neighbour, OTHER.id());
      Reads.assertHoldsExactly(store, neighbour, List.of(NEW), List.of(OLD, OTHER));
    }

    Reads.assertHoldsExactly(store, SYNC, List.of(OLD, OTHER), List.of(NEW));
  }

  @Test
  void aBatchOfTheGreatestSizeIsTaken() {
    GrantStore store = storeWith(OLD);

    store.deleteAll(SYNC, Collections.nCopies(GrantStore.MAX_BATCH_ROWS, "g1"));

    Reads.assertHoldsExactly(store, SYNC, List.of(), List.of(OLD));
  }

  @Test
  void writesGoOnAfterFlushAndSettle() {
    GrantStore store = storeWith(OLD, OTHER);
    store.flush();
    store.put(SYNC, NEW);
    store.settle(java.time.Duration.ofMinutes(1));
    store.delete(SYNC, OTHER.id());
    store.flush();

    Reads.assertHoldsExactly(store, SYNC, List.of(NEW), List.of(OLD, OTHER));
  }

  @Test
  void aBatchOfThousandsIsKeptWhole() {
    List<Grant> grants = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      GrantBuilder grant = aGrant().id("g" + i).of("t", "r" + i % 7, "e" + i % 11);
      grant.forUser("u" + i % 13);
      if (i % 3 == 0) {
        grant.needingExpansion().expandingTo(new Expansion(List.of("e" + i), false, List.of()));
      }
      grants.add(grant.build());
    }

    GrantStore store = storeWith(grants);

    assertThat(Reads.scan(store, SYNC)).isEqualTo(ExpectedRows.scan(grants));
    for (GrantQuery query : Reads.listsOf(SYNC, grants.get(0))) {
      assertThat(Reads.list(store, query)).isEqualTo(ExpectedRows.of(query, grants));
    }
  }
}
