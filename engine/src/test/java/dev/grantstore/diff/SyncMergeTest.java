package dev.grantstore.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.SyncRun;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SyncMergeTest {
  private static final Instant EARLY = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant LATE = Instant.parse("2026-11-09T00:00:00Z");

  private final GrantStore store = GrantStores.open("memory:", StoreOptions.of(OpenMode.CREATE));

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void theNewestOfEachIdIsThereWhereverItsSourceStands() {
    Grant old = Grants.grant("g", "old", "ann", EARLY);
    Grant newest = Grants.grant("g", "new", "ann", LATE);
    Grant other = Grants.grant("h", "e", "bob");
    sealed("a", "full", newest);
    sealed("b", "partial", old, other);

    MergeReport report = merge("m", "a", "b");

    assertThat(EveryEngine.list(store, new GrantQuery.Scan("m"))).containsExactly(newest, other);
    assertThat(report)
        .isEqualTo(
            new MergeReport(
                store.sync("m").orElseThrow(), MergePolicy.REBUILD, 3, 2, 1, 0, 0, 0, List.of()));
  }

  @Test
  void ofEquallyNewOnesTheLaterSourceWinsAndThatIsTold() {
    Grant one = Grants.grant("g", "e1", "ann");
    Grant two = Grants.grant("g", "e2", "ann");
    Grant same = Grants.grant("h", "e", "bob");
    sealed("a", "full", one, same);
    sealed("b", "full", two, same);

    MergeReport report = merge("m", "a", "b");

    assertThat(EveryEngine.list(store, new GrantQuery.Scan("m"))).containsExactly(two, same);
    assertThat(report.ties()).isEqualTo(1);
    assertThat(report.firstTies()).containsExactly("g");
    assertThat(EveryEngine.list(store, new GrantQuery.Scan(merge("n", "b", "a").sync().id())))
        .containsExactly(one, same);
  }

  @Test
  void aDeletionKeepsOlderOnesOutAndNotNewerOnes() {
    sealed("a", "full", Grants.grant("g", "e", "ann", EARLY), Grants.grant("h", "e", "b", LATE));
    sealed(
        "d",
        SyncMerge.DELETIONS,
        Grants.grant("g", "", ""),
        Grants.grant("h", "", ""),
        Grants.grant("never", "", ""));

    MergeReport report = merge("m", "d", "a");
    merge("n", "a", "d");

    for (String merged : List.of("m", "n")) {
      assertThat(EveryEngine.list(store, new GrantQuery.Scan(merged)))
          .containsExactly(Grants.grant("h", "e", "b", LATE));
    }
    assertThat(report)
        .isEqualTo(
            new MergeReport(
                store.sync("m").orElseThrow(), MergePolicy.REBUILD, 5, 1, 0, 1, 3, 0, List.of()));
  }

  @Test
  void aNanosecondDecides() {
    Grant newest = Grants.grant("g", "new", "ann", LATE.plusNanos(1));
    sealed("a", "full", newest);
    sealed("b", "full", Grants.grant("g", "old", "ann", LATE));

    assertThat(merge("m", "a", "b").ties()).isZero();
    assertThat(EveryEngine.list(store, new GrantQuery.Scan("m"))).containsExactly(newest);
  }

  @Test
  void theMergedSyncSpansItsSources() {
    store.startSync("a", "full", EARLY);
    store.seal("a", LATE);
    store.startSync("b", "full", EARLY.plusSeconds(1));
    store.seal("b", LATE.minusSeconds(1));

    for (List<String> order : List.of(List.of("b", "a"), List.of("a", "b"))) {
      SyncRun merged = merge("m" + order, order.toArray(String[]::new)).sync();

      assertThat(merged.type()).isEqualTo(SyncMerge.MERGED);
      assertThat(merged.startedAt()).isEqualTo(EARLY);
      assertThat(merged.endedAt()).contains(LATE);
    }
  }

  @Test
  void atMostTenTiesAreNamed() {
    sealed("a", "full", ties("e1"));
    sealed("b", "full", ties("e2"));

    MergeReport report = merge("m", "a", "b");

    assertThat(report.ties()).isEqualTo(30);
    assertThat(report.firstTies())
        .containsExactlyElementsOf(IntStream.range(10, 20).mapToObj(i -> "g" + i).toList());
  }

  @Test
  void whatCannotBeMergedIsRefusedAndLeavesNothing() {
    sealed("a", "full", Grants.grant("g", "e", "ann"));
    store.startSync("open", "full", EARLY);
    SyncMerge.Source a = new SyncMerge.Source(store, "a");

    assertThatThrownBy(() -> merge("m")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                SyncMerge.newestWins(Collections.nCopies(SyncMerge.MAX_SOURCES + 1, a), store, "m"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 1000")
        .hasMessageContaining("given=1001");
    assertThatThrownBy(() -> merge("m", "a", "open"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("\"open\"");
    assertReason(Reason.SYNC_UNKNOWN, "m", "a", "no");
    assertReason(Reason.SYNC_EXISTS, "a", "a");
    assertThat(store.syncs()).extracting(SyncRun::id).containsExactly("a", "open");
    assertThat(merge("m", Collections.nCopies(SyncMerge.MAX_SOURCES, "a").toArray(new String[0])))
        .satisfies(r -> assertThat(r.replaced()).isEqualTo(SyncMerge.MAX_SOURCES - 1))
        .satisfies(r -> assertThat(r.ties()).isZero());
  }

  @Test
  void anInterruptedMergeLeavesNothing() {
    sealed("a", "full", Grants.grant("g", "e", "ann"));
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> merge("m", "a"))
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(store.sync("m")).isEmpty();
  }

  private static Grant[] ties(String entitlement) {
    return IntStream.range(10, 40)
        .mapToObj(i -> Grants.grant("g" + i, entitlement, "ann"))
        .toArray(Grant[]::new);
  }

  private void assertReason(Reason reason, String target, String... sources) {
    assertThatThrownBy(() -> merge(target, sources))
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private MergeReport merge(String target, String... sources) {
    return SyncMerge.newestWins(
        List.of(sources).stream().map(id -> new SyncMerge.Source(store, id)).toList(),
        store,
        target);
  }

  private void sealed(String sync, String type, Grant... grants) {
    store.startSync(sync, type, EARLY);
    store.putAll(sync, List.of(grants));
    store.seal(sync, LATE);
  }
}
