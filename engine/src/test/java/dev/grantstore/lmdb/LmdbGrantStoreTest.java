package dev.grantstore.lmdb;

import static dev.grantstore.lmdb.SampleStore.NOW;
import static dev.grantstore.lmdb.SampleStore.SYNC;
import static dev.grantstore.lmdb.SampleStore.assertRefused;
import static dev.grantstore.lmdb.SampleStore.fill;
import static dev.grantstore.lmdb.SampleStore.grant;
import static dev.grantstore.lmdb.SampleStore.ids;
import static dev.grantstore.lmdb.SampleStore.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PageToken;
import dev.grantstore.PrincipalRef;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.StoreStats;
import dev.grantstore.keyvalue.AnyName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is the LMDB engine's own; the contract suite tests the rest. */
final class LmdbGrantStoreTest {
  private static final PrincipalRef NOBODY = new PrincipalRef("user", "nobody");

  @TempDir private Path temp;
  private Path location;

  @BeforeEach
  void chooseLocation() {
    location = temp.resolve("store");
  }

  @Test
  void aWriterKeepsReadersOut() {
    try (GrantStore writer = open(OpenMode.CREATE)) {
      assertRefused(Reason.LOCKED, () -> open(OpenMode.READ_ONLY));
      assertThat(writer.syncs()).isEmpty();
    }
    open(OpenMode.READ_ONLY).close();
  }

  @Test
  void readersKeepAWriterOutUntilTheLastIsClosed() {
    open(OpenMode.CREATE).close();
    try (GrantStore first = open(OpenMode.READ_ONLY)) {
      open(OpenMode.READ_ONLY).close();
      assertRefused(Reason.LOCKED, () -> open(OpenMode.OPEN));
      assertThat(first.syncs()).isEmpty();
    }
    open(OpenMode.OPEN).close();
  }

  @Test
  void anUnknownEngineOptionIsRefused() {
    StoreOptions options = StoreOptions.of(OpenMode.CREATE).withEngineOption("page", "1");

    assertThatThrownBy(() -> GrantStores.open("lmdb:" + location, options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("page");
    assertThat(location).doesNotExist();
  }

  @Test
  void longIdsAreRefusedWithTheirWholeBatchAndFoundByNoRead() {
    int most = GrantStores.provider("lmdb:").mostIdBytes();
    Grant longest = withId("x".repeat(most - 1));
    Grant tooLong = withId("x".repeat(most));
    Grant tooLongEscaped = withId("\1".repeat(most / 2 + 1));
    try (GrantStore store = open(OpenMode.CREATE)) {
      fill(store);
      store.put(SYNC, longest);
      for (Grant refused : List.of(tooLong, tooLongEscaped)) {
        assertThatThrownBy(() -> store.putAll(SYNC, List.of(grant(77), refused)))
            .isInstanceOfSatisfying(
                GrantStoreException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED))
            .hasMessageContaining("limit=511");
        assertThat(store.get(SYNC, "g77")).isEmpty();
        assertThat(store.get(SYNC, refused.id())).isEmpty();
        assertThat(store.holds(SYNC, refused.principal(), refused.entitlement())).isTrue();
      }
      assertRefused(Reason.UNSUPPORTED, () -> store.startSync("s".repeat(506), "full", NOW));
      assertRefused(
          Reason.UNSUPPORTED,
          () -> store.bulkLoad("s".repeat(506), "full", NOW, BulkLoadOptions.defaults()));
      assertThat(store.get(SYNC, longest.id())).contains(longest);
      String none = "y".repeat(600);
      assertThat(store.holds(SYNC, new PrincipalRef(none, none), longest.entitlement())).isFalse();
      try (GrantCursor cursor =
          store.cursor(new GrantQuery.ByPrincipal(SYNC, new PrincipalRef("", none)))) {
        assertThat(cursor.next()).isFalse();
      }
      GrantPage first = store.page(new GrantQuery.Scan(SYNC), 11, PageToken.START);
      assertThat(first.grants()).hasSize(11).contains(longest);
      assertThat(first.next()).isEmpty();
      GrantPage to = store.page(holders(longest), 1, PageToken.START);
      assertThat(store.page(holders(longest), 1, to.next().orElse(PageToken.START)).grants())
          .doesNotContain(to.next().isPresent() ? longest : tooLong);
    }
  }

  /** The place behind such a key is longer than any key that LMDB takes. */
  @Test
  void pagesGoOnBehindKeysOfTheLongestLengthInEveryList() {
    int most = GrantStores.provider("lmdb:").mostIdBytes();
    List<Grant> grants =
        Stream.of("x".repeat(most - 2), "x".repeat(most - 1), "y".repeat(most - 1), "z")
            .map(LmdbGrantStoreTest::withId)
            .toList();
    Grant one = grants.get(0);
    try (GrantStore store = open(OpenMode.CREATE)) {
      store.startSync(SYNC, "full", NOW);
      store.putAll(SYNC, grants);
      for (GrantQuery query :
          List.of(
              new GrantQuery.Scan(SYNC),
              holders(one),
              new GrantQuery.ByEntitlementResource(SYNC, "", ""),
              new GrantQuery.ByPrincipal(SYNC, one.principal()))) {
        for (int limit = 1; limit <= grants.size(); limit++) {
          List<Grant> paged = new ArrayList<>();
          Optional<PageToken> next = Optional.of(PageToken.START);
          while (next.isPresent() && paged.size() <= grants.size()) {
            GrantPage page = store.page(query, limit, next.get());
            paged.addAll(page.grants());
            next = page.next();
          }
          assertThat(paged).as("%s by %d", query, limit).isEqualTo(grants);
        }
      }
    }
  }

  @Test
  void aLoadRefusesALongIdWhenItIsAddedAndGoesOn() {
    Grant tooLong = withId("x".repeat(600));
    try (GrantStore store = open(OpenMode.CREATE);
        BulkLoad load = store.bulkLoad(SYNC, "full", NOW, BulkLoadOptions.defaults())) {
      try (BulkPart part = load.openPart()) {
        part.add(grant(1));
        assertRefused(Reason.UNSUPPORTED, () -> part.add(tooLong));
        part.add(grant(2));
      }
      load.commit(NOW);
      assertThat(ids(store)).containsExactly("g1", "g2");
    }
  }

  @Test
  void moreReadersThanThereMayBeAreRefusedAndTheRestGoesOn() {
    StoreOptions options = StoreOptions.of(OpenMode.CREATE).withEngineOption("max_readers", "8");
    try (GrantStore store = GrantStores.open("lmdb:" + location, options)) {
      fill(store);
      List<GrantCursor> cursors = new ArrayList<>();
      assertThatThrownBy(
              () -> {
                while (true) {
                  cursors.add(store.cursor(new GrantQuery.Scan(SYNC)));
                }
              })
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED))
          .hasMessageContaining("max_readers");
      assertThat(cursors).hasSize(8).allMatch(GrantCursor::next);
      assertRefused(Reason.UNSUPPORTED, store::snapshot);
      cursors.get(0).close();
      assertThat(store.get(SYNC, "g1")).contains(grant(1));
      cursors.forEach(GrantCursor::close);
    }
  }

  /** F12. */
  @Test
  void aFullMapIsNoSpaceAndWhatWasWrittenStays() {
    StoreOptions options = StoreOptions.of(OpenMode.CREATE).withEngineOption("map_size", "1048576");
    try (GrantStore store = GrantStores.open("lmdb:" + location, options)) {
      fill(store);
      List<Grant> tooMany = Stream.iterate(0, i -> i + 1).limit(20_000).map(i -> grant(i)).toList();
      assertThatThrownBy(() -> store.putAll(SYNC, tooMany))
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_SPACE))
          .hasMessageContaining("map_size");
      assertThat(ids(store)).hasSize(10);
      store.put(SYNC, grant(10));
    }
    try (GrantStore store = open(OpenMode.OPEN)) {
      assertThat(ids(store)).hasSize(11);
    }
  }

  @Test
  void whatIsOpenWhenTheStoreClosesIsClosedAndSaysSo() {
    GrantStore store = open(OpenMode.CREATE);
    fill(store);
    GrantSnapshot snapshot = store.snapshot();
    GrantCursor ofSnapshot = snapshot.cursor(new GrantQuery.Scan(SYNC));
    GrantCursor ofStore = store.cursor(new GrantQuery.Scan(SYNC));
    assertThat(ofSnapshot.next()).isTrue();
    assertThat(ofStore.next()).isTrue();
    BulkLoad load = store.bulkLoad("more", "full", NOW, BulkLoadOptions.defaults());

    store.close();
    store.close();

    assertClosed(ofSnapshot::next);
    assertClosed(ofStore::next);
    assertClosed(ofStore::grant);
    assertClosed(() -> snapshot.get(SYNC, "g1"));
    assertClosed(() -> load.commit(NOW));
    assertClosed(() -> store.get(SYNC, "g1"));
    assertClosed(store::stats);
    ofSnapshot.close();
    ofStore.close();
    snapshot.close();
    load.close();
  }

  @Test
  void aSnapshotIsReadByManyThreadsWhileOthersWrite() throws Exception {
    try (GrantStore store = open(OpenMode.CREATE)) {
      fill(store);
      try (GrantSnapshot snapshot = store.snapshot()) {
        List<Thread> readers = new ArrayList<>();
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        for (int t = 0; t < 4; t++) {
          Thread reader =
              new Thread(
                  () -> {
                    for (int i = 0; i < 200; i++) {
                      assertThat(snapshot.get(SYNC, "g5")).contains(grant(5));
                      assertThat(snapshot.get(SYNC, "g50")).isEmpty();
                    }
                  });
          reader.setUncaughtExceptionHandler((thread, e) -> failures.add(e));
          readers.add(reader);
          reader.start();
        }
        for (int i = 10; i < 100; i++) {
          store.put(SYNC, grant(i));
        }
        for (Thread reader : readers) {
          reader.join();
        }
        assertThat(failures).isEmpty();
      }
      assertThat(ids(store)).hasSize(100);
    }
  }

  @Test
  void aDroppedSyncLeavesTheOthersWhole() {
    try (GrantStore store = open(OpenMode.CREATE)) {
      for (String sync : List.of("a", SYNC, "c")) {
        store.startSync(sync, "full", NOW);
        store.putAll(sync, Stream.iterate(0, i -> i + 1).limit(3_000).map(i -> grant(i)).toList());
      }
      store.drop("a");
      store.drop("c");
      assertThat(ids(store)).hasSize(3_000);
      assertThat(store.stats().keyspaces())
          .extracting(StoreStats.Keyspace::rowsEstimate)
          .startsWith(3_000L, 3_000L, 3_000L, 0L);
      store.drop(SYNC);
      assertThat(store.stats().keyspaces())
          .extracting(StoreStats.Keyspace::rowsEstimate)
          .startsWith(0L, 0L, 0L, 0L);
    }
  }

  @Test
  void aLibraryThatDoesNotLoadIsToldWithTheRemedy() {
    GrantStoreException told =
        LmdbLibrary.unsupported(
            new ExceptionInInitializerError(new UnsatisfiedLinkError("no such library")));

    assertThat(told.reason()).isEqualTo(Reason.UNSUPPORTED);
    assertThat(told)
        .hasMessageContaining("no such library")
        .hasMessageContaining("lmdbjava.native.lib");
  }

  @Test
  void aPathMayHoldAnyCharacters() {
    location = AnyName.in(temp);
    try (GrantStore store = open(OpenMode.CREATE)) {
      fill(store);
    }
    try (GrantStore store = open(OpenMode.READ_ONLY)) {
      assertThat(store.get(SYNC, "g0")).contains(grant(0));
    }
    assertThat(names(location))
        .containsExactly("LOCK", "WATERMARK", "WATERMARK.base", "grants.mdb", "grants.mdb-lock");
  }

  @Test
  void aLoadThatDoesNotFitInMemoryIsWholeAndLeavesNoFiles() {
    DigestAccumulator expected = new DigestAccumulator();
    BulkLoadOptions small = new BulkLoadOptions(BulkLoadOptions.MIN_MEMORY_BUDGET_BYTES, 1);
    int rows = 20_000;
    try (GrantStore store = open(OpenMode.CREATE);
        BulkLoad load = store.bulkLoad(SYNC, "full", NOW, small)) {
      for (int round = 0; round < 2; round++) {
        try (BulkPart part = load.openPart()) {
          for (int i = rows - 1; i >= 0; i--) {
            part.add(grant(i));
          }
        }
      }
      for (int i = 0; i < rows; i++) {
        expected.add(grant(i));
      }

      assertThat(load.commit(NOW).digest()).contains(expected.digest());
      assertThat(ids(store)).hasSize(rows);
    }
    assertThat(names(location))
        .containsExactly("LOCK", "WATERMARK", "WATERMARK.base", "grants.mdb", "grants.mdb-lock");
  }

  @Test
  void aBatchOfManyRowsReplacesWhatIsThere() {
    try (GrantStore store = open(OpenMode.CREATE)) {
      store.startSync(SYNC, "full", NOW);
      store.putAll(SYNC, Stream.iterate(0, i -> i + 1).limit(3_000).map(i -> grant(i)).toList());
      List<Grant> replaced =
          Stream.iterate(0, i -> i + 1)
              .limit(3_000)
              .map(i -> Grant.of("g" + i, grant(i).entitlement(), NOBODY, NOW))
              .toList();
      store.putAll(SYNC, replaced);

      assertThat(store.holds(SYNC, grant(3).principal(), grant(3).entitlement())).isFalse();
      assertThat(store.stats().keyspaces())
          .extracting(StoreStats.Keyspace::rowsEstimate)
          .startsWith(3_000L, 3_000L, 3_000L, 0L);
      DigestAccumulator expected = new DigestAccumulator();
      replaced.forEach(expected::add);
      assertThat(store.seal(SYNC, NOW).digest()).contains(expected.digest());
    }
  }

  @Test
  void writingOnAfterReopeningKeepsTheDigest() {
    DigestAccumulator expected = new DigestAccumulator();
    try (GrantStore store = open(OpenMode.CREATE)) {
      fill(store);
      store.startSync("other", "full", NOW);
    }
    try (GrantStore store = open(OpenMode.OPEN)) {
      store.put(SYNC, grant(10));
      store.put("other", grant(1));
      store.drop("other");
      store.startSync("other", "full", NOW);
      store.deleteAll(SYNC, List.of("g10"));
      for (int i = 0; i < 10; i++) {
        expected.add(grant(i));
      }
      assertThat(store.seal(SYNC, NOW).digest()).contains(expected.digest());
      assertThat(store.seal("other", NOW).digest()).contains(new DigestAccumulator().digest());
    }
  }

  @Test
  void statisticsKnowEachKeyspace() {
    try (GrantStore store = open(OpenMode.CREATE)) {
      fill(store);
      StoreStats stats = store.stats();

      assertThat(stats.keyspaces())
          .extracting(StoreStats.Keyspace::name, StoreStats.Keyspace::rowsEstimate)
          .startsWith(
              org.assertj.core.groups.Tuple.tuple("grants", 10L),
              org.assertj.core.groups.Tuple.tuple("by_entitlement", 10L),
              org.assertj.core.groups.Tuple.tuple("by_principal", 10L),
              org.assertj.core.groups.Tuple.tuple("needs_expansion", 0L));
      assertThat(stats.fileBytes()).isPositive();
    }
  }

  private GrantStore open(OpenMode mode) {
    return GrantStores.open("lmdb:" + location, StoreOptions.of(mode));
  }

  private static Grant withId(String id) {
    return Grant.of(id, new EntitlementRef("", "", "e"), new PrincipalRef("", ""), NOW);
  }

  private static GrantQuery holders(Grant grant) {
    return new GrantQuery.ByEntitlement(SYNC, grant.entitlement());
  }

  private static void assertClosed(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalStateException.class);
  }
}
