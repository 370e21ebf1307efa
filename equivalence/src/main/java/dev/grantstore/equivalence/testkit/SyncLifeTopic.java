package dev.grantstore.equivalence.testkit;

import static dev.grantstore.equivalence.testkit.GrantBuilder.aFullGrant;
import static dev.grantstore.equivalence.testkit.GrantBuilder.aGrant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.ContentDigest;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.PageToken;
import dev.grantstore.PrincipalRef;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import dev.grantstore.equivalence.workload.TrapIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A sync is started, written, sealed, dropped; what each state refuses. */
abstract class SyncLifeTopic extends Topic {
  private static final String UNKNOWN = "no-such-sync";
  private static final Grant GRANT = aFullGrant("g1").build();

  SyncLifeTopic(GrantStoreContract engine) {
    super(engine);
  }

  @Test
  void aNewStoreHasNoSyncs() {
    assertThat(emptyStore().syncs()).isEmpty();
  }

  @Test
  void aStartedSyncIsOpenAndEmpty() {
    GrantStore store = emptyStore();

    SyncRun run = store.startSync(SYNC, "full", STARTED);

    assertThat(run).isEqualTo(SyncRun.open(SYNC, "full", STARTED));
    assertThat(store.sync(SYNC)).contains(run);
    assertThat(store.syncs()).containsExactly(run);
    Reads.assertHoldsExactly(store, SYNC, List.of(), List.of(GRANT));
  }

  @Test
  void aSyncKeepsItsTypeAndItsStartToTheNanosecond() {
    GrantStore store = emptyStore();
    List<SyncRun> runs = new ArrayList<>();
    for (String type : TrapIds.all()) {
      runs.add(store.startSync("of " + type, type, Instant.ofEpochSecond(-7, runs.size())));
    }
    runs.add(store.startSync("least", "", Instant.MIN));
    runs.add(store.startSync("most", "", Instant.MAX));

    for (SyncRun run : runs) {
      assertThat(store.sync(run.id())).contains(run);
    }
  }

  @Test
  void aSyncThatExistsCannotBeStartedAgain() {
    GrantStore store = storeWith(GRANT);
    assertRefused(
        store, Reason.SYNC_EXISTS, SYNC, () -> store.startSync(SYNC, "other", Instant.EPOCH));

    store.seal(SYNC, ENDED);
    assertRefused(store, Reason.SYNC_EXISTS, SYNC, () -> store.startSync(SYNC, "full", STARTED));
  }

  @Test
  void anUnsealedSyncIsReadable() {
    Reads.assertHoldsExactly(storeWith(GRANT), SYNC, List.of(GRANT));
  }

  @Test
  void sealFixesEndCountAndDigest() {
    Grant other = aGrant().id("g2").build();
    GrantStore store = storeWith(GRANT, other);

    SyncRun sealed = store.seal(SYNC, ENDED);

    ContentDigest digest = digestOf(List.of(GRANT, other));
    assertThat(sealed).isEqualTo(SyncRun.open(SYNC, "full", STARTED).sealed(ENDED, digest));
    assertThat(sealed.state()).isEqualTo(SyncRun.State.SEALED);
    assertThat(store.sync(SYNC)).contains(sealed);
    assertThat(store.syncs()).containsExactly(sealed);
    Reads.assertHoldsExactly(store, SYNC, List.of(GRANT, other));
  }

  @Test
  void anEmptySyncCanBeSealed() {
    GrantStore store = storeWith();

    assertThat(store.seal(SYNC, ENDED).digest()).contains(ContentDigest.EMPTY);
    Reads.assertHoldsExactly(store, SYNC, List.of(), List.of(GRANT));
  }

  @Test
  void aSyncMayEndAtAnyInstant() {
    GrantStore store = emptyStore();
    for (Instant end : List.of(Instant.MIN, Instant.EPOCH, Instant.MAX, STARTED.plusNanos(1))) {
      String id = "until " + end;
      store.startSync(id, "", STARTED);
      store.seal(id, end);
      assertThat(store.sync(id).orElseThrow().endedAt()).contains(end);
    }
  }

  @Test
  void aSealedSyncRefusesEveryWrite() {
    GrantStore store = storeWith(GRANT);
    store.seal(SYNC, ENDED);

    assertRefused(store, Reason.SYNC_SEALED, SYNC, () -> store.put(SYNC, GRANT));
    assertRefused(store, Reason.SYNC_SEALED, SYNC, () -> store.putAll(SYNC, List.of(GRANT, GRANT)));
    assertRefused(
        store, Reason.SYNC_SEALED, SYNC, () -> store.putAllIfNewer(SYNC, List.of(GRANT, GRANT)));
    assertRefused(store, Reason.SYNC_SEALED, SYNC, () -> store.delete(SYNC, "g1"));
    assertRefused(store, Reason.SYNC_SEALED, SYNC, () -> store.delete(SYNC, "absent"));
    assertRefused(store, Reason.SYNC_SEALED, SYNC, () -> store.deleteAll(SYNC, List.of("g1")));
    assertRefused(store, Reason.SYNC_SEALED, SYNC, () -> store.expire(SYNC, ENDED));
    assertRefused(store, Reason.SYNC_SEALED, SYNC, () -> store.seal(SYNC, ENDED));
  }

  @Test
  void aSealedSyncRefusesEvenAnEmptyBatch() {
    GrantStore store = storeWith(GRANT);
    store.seal(SYNC, ENDED);

    assertRefused(store, Reason.SYNC_SEALED, SYNC, () -> store.putAll(SYNC, List.of()));
    assertRefused(store, Reason.SYNC_SEALED, SYNC, () -> store.putAllIfNewer(SYNC, List.of()));
    assertRefused(store, Reason.SYNC_SEALED, SYNC, () -> store.deleteAll(SYNC, List.of()));
  }

  @Test
  void sealingOneSyncLeavesTheOthersOpen() {
    GrantStore store = storeWith(GRANT);
    store.startSync("sync-10", "full", STARTED);
    store.seal(SYNC, ENDED);

    store.put("sync-10", GRANT);

    assertThat(store.sync("sync-10")).contains(SyncRun.open("sync-10", "full", STARTED));
    Reads.assertHoldsExactly(store, "sync-10", List.of(GRANT));
  }

  @Test
  void anUnknownSyncRefusesEveryWrite() {
    GrantStore store = storeWith(GRANT);

    assertRefused(store, Reason.SYNC_UNKNOWN, UNKNOWN, () -> store.put(UNKNOWN, GRANT));
    assertRefused(store, Reason.SYNC_UNKNOWN, UNKNOWN, () -> store.putAll(UNKNOWN, List.of()));
    assertRefused(
        store, Reason.SYNC_UNKNOWN, UNKNOWN, () -> store.putAllIfNewer(UNKNOWN, List.of()));
    assertRefused(store, Reason.SYNC_UNKNOWN, UNKNOWN, () -> store.delete(UNKNOWN, "g1"));
    assertRefused(store, Reason.SYNC_UNKNOWN, UNKNOWN, () -> store.deleteAll(UNKNOWN, List.of()));
    assertRefused(store, Reason.SYNC_UNKNOWN, UNKNOWN, () -> store.expire(UNKNOWN, ENDED));
    assertRefused(store, Reason.SYNC_UNKNOWN, UNKNOWN, () -> store.seal(UNKNOWN, ENDED));
    assertRefused(store, Reason.SYNC_UNKNOWN, UNKNOWN, () -> store.drop(UNKNOWN));
  }

  @Test
  void anUnknownSyncRefusesEveryRead() {
    GrantStore store = storeWith(GRANT);

    assertUnknown(store, UNKNOWN);
  }

  @Test
  void anUnknownSyncIsAnEmptyAnswerWhenAskedForItself() {
    assertThat(storeWith(GRANT).sync(UNKNOWN)).isEmpty();
  }

  @Test
  void aSyncIsNotFoundByThePrefixOfItsIdNorByALongerOne() {
    GrantStore store = storeWith(GRANT);

    for (String near :
        List.of("sync", "sync-", "sync-1\u0000", "sync-1\u0001", "sync-10", "SYNC-1")) {
      assertThat(store.sync(near)).as(near).isEmpty();
      assertUnknown(store, near);
    }
  }

  @Test
  void dropRemovesAnOpenSync() {
    GrantStore store = storeWith(GRANT);

    store.drop(SYNC);

    assertThat(store.syncs()).isEmpty();
    assertThat(store.sync(SYNC)).isEmpty();
    assertUnknown(store, SYNC);
  }

  @Test
  void dropRemovesASealedSync() {
    GrantStore store = storeWith(GRANT);
    store.seal(SYNC, ENDED);

    store.drop(SYNC);

    assertThat(store.syncs()).isEmpty();
    assertUnknown(store, SYNC);
  }

  @Test
  void aDroppedSyncRefusesEveryWrite() {
    GrantStore store = storeWith(GRANT);
    store.drop(SYNC);

    assertRefused(store, Reason.SYNC_UNKNOWN, SYNC, () -> store.put(SYNC, GRANT));
    assertRefused(store, Reason.SYNC_UNKNOWN, SYNC, () -> store.delete(SYNC, "g1"));
    assertRefused(store, Reason.SYNC_UNKNOWN, SYNC, () -> store.seal(SYNC, ENDED));
    assertRefused(store, Reason.SYNC_UNKNOWN, SYNC, () -> store.drop(SYNC));
  }

  @Test
  void dropLeavesTheOtherSyncsAlone() {
    GrantStore store = storeWith(GRANT);
    List<String> others = List.of("sync", "sync-1\u0000", "sync-1\u0001", "sync-10", "a", "z");
    for (String other : others) {
      store.startSync(other, "full", STARTED);
      store.put(other, GRANT);
    }
    store.seal("sync-10", ENDED);

    store.drop(SYNC);

    for (String other : others) {
      Reads.assertHoldsExactly(store, other, List.of(GRANT));
    }
    assertThat(store.sync("sync-10").orElseThrow().state()).isEqualTo(SyncRun.State.SEALED);
  }

  @Test
  void theIdOfADroppedSyncStartsAnewAndEmpty() {
    GrantStore store = storeWith(GRANT);
    store.seal(SYNC, ENDED);
    store.drop(SYNC);

    SyncRun again = store.startSync(SYNC, "again", Instant.EPOCH);

    assertThat(store.syncs()).containsExactly(again);
    Reads.assertHoldsExactly(store, SYNC, List.of(), List.of(GRANT));
    Grant other = aGrant().id("g1").forUser("other").build();
    store.put(SYNC, other);
    Reads.assertHoldsExactly(store, SYNC, List.of(other), List.of(GRANT));
    assertThat(store.seal(SYNC, ENDED).digest()).contains(digestOf(List.of(other)));
  }

  @Test
  void syncsAreOrderedByIdAsUtf8() {
    GrantStore store = emptyStore();
    for (String id : TrapIds.notEmpty()) {
      store.startSync(id, "type of " + id, STARTED);
      store.put(id, aGrant().id("only in " + id).build());
    }

    List<String> inOrder = TrapIds.notEmpty().stream().sorted(ExpectedRows.ID_ORDER).toList();

    assertThat(store.syncs())
        .isEqualTo(inOrder.stream().map(id -> SyncRun.open(id, "type of " + id, STARTED)).toList());
    for (String id : inOrder) {
      assertThat(Reads.scan(store, id)).containsExactly(aGrant().id("only in " + id).build());
    }
  }

  @Test
  void theLongestSyncIdIsTaken() {
    requires(Capability.LONG_IDS);
    GrantStore store = emptyStore();
    for (String longest :
        List.of("\u0000".repeat(1_000), "x".repeat(1_000), "\u00e9".repeat(500))) {
      store.startSync(longest, "", STARTED);
      store.put(longest, GRANT);
      Reads.assertHoldsExactly(store, longest, List.of(GRANT));
    }
  }

  private static void assertUnknown(GrantStore store, String id) {
    String named = id.chars().allMatch(c -> c >= ' ') ? id : "";
    EntitlementRef e = GRANT.entitlement();
    PrincipalRef p = GRANT.principal();
    assertRefused(store, Reason.SYNC_UNKNOWN, named, () -> store.get(id, "g1"));
    assertRefused(store, Reason.SYNC_UNKNOWN, named, () -> store.getAll(id, List.of("g1")));
    assertRefused(store, Reason.SYNC_UNKNOWN, named, () -> store.getAll(id, List.of()));
    assertRefused(store, Reason.SYNC_UNKNOWN, named, () -> store.holds(id, p, e));
    for (GrantQuery query : Reads.listsOf(id, GRANT)) {
      assertRefused(store, Reason.SYNC_UNKNOWN, named, () -> store.cursor(query).close());
      assertRefused(store, Reason.SYNC_UNKNOWN, named, () -> store.page(query, 1, PageToken.START));
    }
  }
}
