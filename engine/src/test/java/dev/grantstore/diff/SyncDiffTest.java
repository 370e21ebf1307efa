package dev.grantstore.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.ContentDigest;
import dev.grantstore.EntitlementRef;
import dev.grantstore.ForwardingGrantReader;
import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.IdField;
import dev.grantstore.OpenMode;
import dev.grantstore.PrincipalRef;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.diff.DiffReport.Basis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SyncDiffTest {
  private static final Grant ONE = Grants.grant("g1", "e1", "ann");
  private static final Grant TWO = Grants.grant("g2", "e2", "bob");
  private static final Grant THREE = Grants.grant("g3", "e2", "cat");

  private final GrantStore store = GrantStores.open("memory:", StoreOptions.of(OpenMode.CREATE));
  private final Found found = new Found();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void whatComesGoesAndChangesIsTold() {
    Grant later = Grants.withTime(TWO, Grants.AT.plusNanos(1));
    Grant four = Grants.grant("g4", "e3", "dan");
    sealed("a", ONE, TWO, THREE);
    sealed("b", later, THREE, four);

    DiffReport report = SyncDiff.between(store, "a", store, "b").run(found);

    assertThat(found.changes)
        .containsExactly(
            new GrantChange.Removed(ONE),
            new GrantChange.Changed(TWO, later),
            new GrantChange.Added(four));
    assertThat(report.counts()).isEqualTo(new ChangeCounts(1, 1, 1));
    assertThat(report.entitlements()).isEqualTo(3);
    assertThat(report.isEqual()).isFalse();
    assertThat(report.basis()).isEqualTo(Basis.ROWS);
    assertThat(report.before()).isEqualTo(new DiffReport.SideReport(true, false, 0, 3));
    assertThat(found.entitlements)
        .containsExactly(ONE.entitlement(), TWO.entitlement(), four.entitlement());
    assertThat(found.counts)
        .containsExactly(
            new ChangeCounts(0, 1, 0), new ChangeCounts(0, 0, 1), new ChangeCounts(1, 0, 0));
  }

  @Test
  void aGrantThatMovesIsLostByOneAndGotByAnother() {
    Grant moved = Grants.grant("g1", "e9", "ann");
    Grant given = Grants.grant("g2", "e2", "zoe");
    sealed("a", ONE, TWO);
    sealed("b", moved, given);

    SyncDiff.between(store, "a", store, "b").run(found);

    assertThat(found.changes)
        .containsExactly(
            new GrantChange.Removed(ONE),
            new GrantChange.Removed(TWO),
            new GrantChange.Added(given),
            new GrantChange.Added(moved));
  }

  @Test
  void equalDigestsOfSyncsNeedNoRows() {
    sealed("a", ONE, TWO);
    sealed("b", TWO, ONE);

    DiffReport report = SyncDiff.between(store, "a", store, "b").run(found);
    DiffReport read = SyncDiff.between(store, "a", store, "b").readingAllRows().run(found);

    assertThat(report.isEqual()).isTrue();
    assertThat(report.basis()).isEqualTo(Basis.SYNC_DIGESTS);
    assertThat(report.after().rowsRead()).isZero();
    assertThat(read.isEqual()).isTrue();
    assertThat(read.basis()).isEqualTo(Basis.ROWS);
    assertThat(read.after().rowsRead()).isEqualTo(2);
    assertThat(found.changes).isEmpty();
    assertThat(found.entitlements).isEmpty();
  }

  @Test
  void anOpenSyncIsReadOnlyIfThatIsAllowed() {
    sealed("a", ONE);
    store.startSync("open", "", Grants.AT);
    store.put("open", TWO);
    SyncDiff diff = SyncDiff.between(store, "a", store, "open");

    assertThatThrownBy(() -> diff.run(found))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("sync is open")
        .hasMessageContaining("\"open\"");
    assertThat(found.changes).isEmpty();
    DiffReport report = diff.allowingOpenSyncs().run(found);
    assertThat(report.counts()).isEqualTo(new ChangeCounts(1, 1, 0));
    assertThat(report.after().isSealed()).isFalse();
    assertThatThrownBy(() -> SyncDiff.between(store, "open", store, "a").run(found))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void openSyncsThatHoldTheSameAreComparedRowByRow() {
    for (String sync : List.of("a", "b")) {
      store.startSync(sync, "", Grants.AT);
      store.put(sync, ONE);
    }

    DiffReport report = SyncDiff.between(store, "a", store, "b").allowingOpenSyncs().run(found);

    assertThat(report.isEqual()).isTrue();
    assertThat(report.basis()).isEqualTo(Basis.ROWS);
  }

  @Test
  void anUnknownSyncIsToldOnEitherSide() {
    sealed("a", ONE);

    for (SyncDiff diff :
        List.of(
            SyncDiff.between(store, "no", store, "a"), SyncDiff.between(store, "a", store, "no"))) {
      assertThatThrownBy(() -> diff.run(found))
          .isInstanceOfSatisfying(
              GrantStoreException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.SYNC_UNKNOWN));
    }
  }

  @Test
  void aRowThatIsMissingFromAListIsTold() {
    sealed("a", ONE, TWO);
    sealed("b", ONE, THREE);

    assertDamageIsTold(new LosingRow(store, "g1"));
  }

  @Test
  void onlyEntitlementsThatDifferAreRead() {
    List<Grant> before = new ArrayList<>();
    List<Grant> after = new ArrayList<>();
    for (int e = 0; e < 1_000; e++) {
      for (int u = 0; u < 20; u++) {
        Grant grant = Grants.grant("g" + e + "-" + u, "e" + e, "u" + u);
        before.add(grant);
        boolean changes = e % 100 == 50 && u < 10;
        after.add(changes ? Grants.withTime(grant, Instant.EPOCH) : grant);
      }
    }
    sealed("a", before.toArray(new Grant[0]));
    sealed("b", after.toArray(new Grant[0]));
    KeepingDigests a = new KeepingDigests(store, "a");
    KeepingDigests b = new KeepingDigests(store, "b");

    DiffReport report = SyncDiff.between(a, "a", b, "b").run(found);

    assertThat(report.basis()).isEqualTo(Basis.ENTITLEMENT_DIGESTS);
    assertThat(report.counts()).isEqualTo(new ChangeCounts(0, 0, 100));
    assertThat(report.entitlements()).isEqualTo(10);
    assertThat(a.rowsRead).isEqualTo(200).isEqualTo(report.before().rowsRead());
    assertThat(b.rowsRead).isEqualTo(200).isEqualTo(report.after().rowsRead());
    assertThat(report.before().digestsRead()).isEqualTo(1_000);
  }

  @Test
  void withDigestsOnBothSidesEveryKindOfChangeIsFound() {
    Grant four = Grants.grant("g4", "e3", "dan");
    sealed("a", ONE, TWO, THREE);
    sealed("b", THREE, four);
    KeepingDigests a = new KeepingDigests(store, "a");
    KeepingDigests b = new KeepingDigests(store, "b");

    DiffReport report = SyncDiff.between(a, "a", b, "b").run(found);
    DiffReport oneSided = SyncDiff.between(a, "a", store, "b").run(new Found());

    assertThat(found.changes)
        .containsExactly(
            new GrantChange.Removed(ONE),
            new GrantChange.Removed(TWO),
            new GrantChange.Added(four));
    assertThat(report.counts()).isEqualTo(new ChangeCounts(1, 2, 0));
    assertThat(oneSided.counts()).isEqualTo(report.counts());
    assertThat(oneSided.basis()).isEqualTo(Basis.ROWS);
    assertThat(oneSided.before().keepsDigests()).isTrue();
    assertThat(oneSided.after().keepsDigests()).isFalse();
  }

  @Test
  void aDigestThatIsStaleIsTold() {
    sealed("a", ONE, TWO);
    sealed("b", ONE, THREE);
    KeepingDigests stale = new KeepingDigests(store, "b");
    ContentDigest was = new KeepingDigests(store, "a").kept.get(TWO.entitlement());
    stale.kept.put(TWO.entitlement(), was);

    assertDamageIsTold(stale);
  }

  @Test
  void aDigestThatIsMissingIsTold() {
    sealed("a", ONE, TWO);
    sealed("b", ONE, THREE);
    KeepingDigests missing = new KeepingDigests(store, "b");
    missing.kept.remove(ONE.entitlement());

    assertDamageIsTold(missing);
  }

  @Test
  void asOfAnInstantGrantsThatHaveEndedAreNotThere() {
    Instant end = Grants.AT.plusSeconds(60);
    Grant ends = ONE.withExpiresAt(Optional.of(end));
    sealed("a", ends, TWO);
    sealed("b", TWO, ends);
    SyncDiff diff = SyncDiff.between(store, "a", store, "b");

    assertThat(diff.asOf(Grants.AT, Grants.AT).run(found).isEqual()).isTrue();
    DiffReport report = diff.asOf(Grants.AT, end).run(found);

    assertThat(found.changes).containsExactly(new GrantChange.Removed(ends));
    assertThat(report.basis()).isEqualTo(Basis.ROWS);
    assertThat(report.before().isSealed()).isTrue();
  }

  /** Their digests are of grants that they do not give, so that they would be taken for equal. */
  @Test
  void readersAsOfAnInstantAreRefusedOnEitherSide() {
    sealed("a", ONE.withExpiresAt(Optional.of(Grants.AT)));
    GrantReader whole = new ForwardingGrantReader(store);
    try (GrantSnapshot snapshot = store.snapshot();
        GrantSnapshot forwarding =
            new ForwardingGrantStore.Snapshot(snapshot.asOf(Grants.AT), snapshot)) {
      GrantReader viaStore = new ForwardingGrantStore(store, all -> all.asOf(Grants.AT));
      for (GrantReader ending :
          List.of(
              store.asOf(Grants.AT),
              whole.asOf(Grants.AT),
              whole.asOf(Grants.AT).asOf(Grants.AT),
              snapshot.asOf(Grants.AT),
              forwarding,
              viaStore,
              new ForwardingGrantReader(() -> store.asOf(Grants.AT)))) {
        assertThatThrownBy(() -> SyncDiff.between(ending, "a", store, "a"))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("SyncDiff.asOf")
            .hasMessageContaining("\"a\"");
        assertThatThrownBy(() -> SyncDiff.between(store, "a", ending, "a"))
            .isInstanceOf(IllegalArgumentException.class);
      }
      assertThat(SyncDiff.between(whole, "a", snapshot, "a").run(found).isEqual()).isTrue();
    }
  }

  @Test
  void anEndThatIsAnotherIsAChange() {
    Grant ends = ONE.withExpiresAt(Optional.of(Grants.AT));
    sealed("a", ONE);
    sealed("b", ends);

    SyncDiff.between(store, "a", store, "b").run(found);

    assertThat(found.changes).containsExactly(new GrantChange.Changed(ONE, ends));
  }

  /** One grant of each, of which one is gone, or all with a type, a resource or an id. */
  @Test
  void entitlementsThatAreNearlyTheSameAreToldFromOneAnother() {
    List<Grant> all = new ArrayList<>();
    for (String type : List.of("app", "team")) {
      for (String resource : List.of("r", "s")) {
        for (String id : List.of("e", "f")) {
          EntitlementRef entitlement = new EntitlementRef(type, resource, id);
          PrincipalRef user = new PrincipalRef("user", "ann");
          all.add(Grant.of(type + "-" + resource + "-" + id, entitlement, user, Grants.AT));
        }
      }
    }
    sealed("all", all.toArray(new Grant[0]));
    GrantReader whole = new KeepingDigests(store, "all");
    List<String> patterns = new ArrayList<>(all.stream().map(Grant::id).toList());
    patterns.addAll(List.of("app-.*", "team-.*", ".*-r-.*", ".*-s-.*", ".*-e", ".*-f"));
    patterns.addAll(List.of("app-r-.*", "team-s-.*"));
    for (String pattern : patterns) {
      List<Grant> gone = all.stream().filter(grant -> grant.id().matches(pattern)).toList();
      String sync = "without " + pattern;
      sealed(sync, all.stream().filter(grant -> !gone.contains(grant)).toArray(Grant[]::new));
      GrantReader less = new KeepingDigests(store, sync);
      Found back = new Found();
      found.changes.clear();

      DiffReport report = SyncDiff.between(whole, "all", less, sync).run(found);
      SyncDiff.between(less, sync, whole, "all").run(back);

      assertThat(report.basis()).isEqualTo(Basis.ENTITLEMENT_DIGESTS);
      assertThat(found.changes)
          .as(sync)
          .isEqualTo(gone.stream().map(GrantChange.Removed::new).toList());
      assertThat(back.changes)
          .as(sync)
          .isEqualTo(gone.stream().map(GrantChange.Added::new).toList());
    }
  }

  @Test
  void anInterruptEndsIt() {
    Grant[] many = new Grant[5_000];
    Arrays.setAll(many, i -> Grants.grant("g" + i, "e1", "ann"));
    sealed("a", many);
    sealed("b", ONE);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> SyncDiff.between(store, "a", store, "b").run(found))
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private void assertDamageIsTold(GrantReader second) {
    KeepingDigests first = new KeepingDigests(store, "a");
    assertThatThrownBy(() -> SyncDiff.between(first, "a", second, "b").run(found))
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CORRUPTION))
        .hasMessageContaining("do not lead from one sync to the other");
  }

  private void sealed(String sync, Grant... grants) {
    store.startSync(sync, "", Grants.AT);
    store.putAll(sync, List.of(grants));
    store.seal(sync, Grants.AT);
  }

  /** Has lists without one grant. */
  private static final class LosingRow extends ForwardingGrantReader {
    private final GrantReader reader;
    private final String lost;

    LosingRow(GrantReader reader, String lost) {
      super(reader);
      this.reader = reader;
      this.lost = lost;
    }

    @Override
    public GrantCursor cursor(GrantQuery query) {
      return new ForwardingGrantStore.Cursor(reader.cursor(query)) {
        @Override
        public boolean next() {
          return super.next() && (!id(IdField.GRANT_ID).toString().equals(lost) || super.next());
        }
      };
    }
  }
}
