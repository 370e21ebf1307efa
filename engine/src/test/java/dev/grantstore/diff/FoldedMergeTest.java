package dev.grantstore.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.Durability;
import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.SyncRun;
import dev.grantstore.container.SaveOptions;
import dev.grantstore.container.SyncFiles;
import dev.grantstore.packed.ShapedGrants;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FoldedMergeTest {
  private static final Instant EARLY = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant LATE = Instant.parse("2026-11-09T00:00:00Z");
  private static final int MANY = 300;

  @TempDir Path folder;

  private GrantStore store;

  static Stream<Long> seeds() {
    return Stream.iterate(1L, seed -> seed + 1).limit(Boolean.getBoolean("tests.deep") ? 200 : 4);
  }

  @BeforeEach
  void open() {
    store = open("store");
  }

  @AfterEach
  void close() {
    store.close();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void itIsWhatARebuildMakes(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Grant> all = new ShapedGrants(seed).some(random.nextInt(500));
    put("base", "full", some(all, random, 10));
    put("few", "partial", some(all, random, 1 + random.nextInt(4)));
    put("gone", SyncMerge.DELETIONS, some(all, random, 1));
    put("other", "partial", some(all, random, 1));
    List<SyncRun> before = runs();

    for (List<String> order :
        List.of(
            List.of("base", "few", "gone", "other"),
            List.of("other", "gone", "few", "base"),
            List.of("few", "base", "other", "gone"))) {
      MergeReport rebuilt = merge(MergePolicy.REBUILD, "rebuilt", order);
      MergeReport folded = merge(MergePolicy.FOLD, "folded", order);

      assertThat(folded)
          .isEqualTo(
              new MergeReport(
                  store.sync("folded").orElseThrow(),
                  MergePolicy.FOLD,
                  rebuilt.rowsRead(),
                  rebuilt.written(),
                  rebuilt.replaced(),
                  rebuilt.deleted(),
                  rebuilt.deletions(),
                  rebuilt.ties(),
                  rebuilt.firstTies()));
      assertThat(folded.sync().digest()).isEqualTo(rebuilt.sync().digest());
      assertThat(lists("folded")).isEqualTo(lists("rebuilt"));
      assertThat(store.verify().findings()).isEmpty();
      store.drop("rebuilt");
      store.drop("folded");
    }
    assertThat(runs()).isEqualTo(before);
  }

  @Test
  void theBaseMayBeInAnotherStoreAndIsLeftAlone() {
    List<Grant> all = many();
    try (GrantStore other = open("other")) {
      put(other, "base", "full", all);
      put("few", "partial", List.of(Grants.withTime(all.get(7), LATE)));
      MergeReport report =
          SyncMerge.newestWins(
              List.of(new SyncMerge.Source(other, "base"), new SyncMerge.Source(store, "few")),
              store,
              "merged",
              MergePolicy.AUTO,
              EveryEngine.SMALL);

      assertThat(report.policy()).isEqualTo(MergePolicy.FOLD);
      assertThat(EveryEngine.list(other, new GrantQuery.Scan("base")))
          .containsExactlyInAnyOrderElementsOf(all);
      assertThat(store.get("merged", all.get(7).id()).orElseThrow().discoveredAt()).isEqualTo(LATE);
      assertThat(store.verify().findings()).isEmpty();
    }
  }

  @Test
  void autoTakesWhatIsFaster() {
    List<Grant> all = many();
    put("base", "full", all);
    put("few", "partial", all.subList(0, 10));
    put("most", "partial", all.subList(0, 200));

    assertThat(merge(MergePolicy.AUTO, "a", List.of("base", "few")).policy())
        .isEqualTo(MergePolicy.FOLD);
    assertThat(merge(MergePolicy.AUTO, "b", List.of("base", "most")).policy())
        .isEqualTo(MergePolicy.REBUILD);
    assertThat(
            SyncMerge.newestWins(
                    List.of(source(store.asOf(EARLY), "base"), source(store, "few")),
                    store,
                    "c",
                    MergePolicy.AUTO,
                    EveryEngine.SMALL)
                .policy())
        .isEqualTo(MergePolicy.REBUILD);
  }

  @Test
  void whatCannotBeFoldedIsRefusedAndLeavesNothing() {
    put("base", "full", many());
    put("gone", SyncMerge.DELETIONS, many().subList(0, 10));
    Path file = folder.resolve("file.gsync");
    SyncFiles.save(store, List.of("base"), file, SaveOptions.defaults());
    try (GrantStore memory = GrantStores.open("memory:", StoreOptions.of(OpenMode.CREATE));
        GrantStore container = SyncFiles.open(file, 0)) {
      assertUnsupported(List.of(source(store, "base")), memory);
      assertUnsupported(List.of(source(store, "gone")), store);
      // Whoever wrote the file may have put other grants into one list than into another.
      assertUnsupported(List.of(source(container, "base")), store);
      try (GrantSnapshot moment = container.snapshot()) {
        assertUnsupported(List.of(source(moment, "base")), store);
      }
      assertThat(memory.syncs()).isEmpty();
    }
    assertThat(store.syncs()).extracting(SyncRun::id).containsExactly("base", "gone");
    assertThatThrownBy(() -> merge(MergePolicy.FOLD, "gone", List.of("base")))
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.SYNC_EXISTS));
  }

  @Test
  void theBaseOfAStoreWithReadsOfItsOwnIsReadByThem() {
    List<Grant> all = many();
    put("base", "full", all);
    put("few", "partial", List.of(Grants.withTime(all.get(7), LATE)));
    // Not closed: neither it nor its snapshots have anything of their own.
    GrantStore decorated =
        new ForwardingGrantStore(store) {
          @Override
          public GrantCursor cursor(GrantQuery query) {
            GrantCursor cursor = super.cursor(query);
            cursor.next();
            return cursor;
          }

          @Override
          public GrantSnapshot snapshot() {
            return store.snapshot();
          }
        };
    List<SyncMerge.Source> sources = List.of(source(decorated, "base"), source(store, "few"));

    MergeReport report =
        SyncMerge.newestWins(sources, store, "m", MergePolicy.AUTO, EveryEngine.SMALL);

    assertThat(report.policy()).isEqualTo(MergePolicy.REBUILD);
    assertThat(report.written()).isEqualTo(MANY - 1);
    assertThat(store.get("m", all.get(0).id())).isEmpty();
    assertUnsupported(sources, store);
  }

  @Test
  void anInterruptedFoldLeavesNothing() {
    put("base", "full", many());
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> merge(MergePolicy.FOLD, "m", List.of("base")))
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(store.sync("m")).isEmpty();
    assertThat(merge(MergePolicy.FOLD, "m", List.of("base")).written()).isEqualTo(MANY);
  }

  @Test
  void moreSourcesThanCursorsAreMerged() {
    int sources = 70;
    List<String> names = new ArrayList<>();
    Map<String, Grant> newest = new LinkedHashMap<>();
    for (int i = 0; i < sources; i++) {
      String name = "s" + i;
      Grant own = Grants.grant("own" + i, "e", "u");
      Grant shared = Grants.grant("shared", "e" + i, "u", EARLY.plusSeconds((i * 37) % sources));
      boolean isLast = shared.discoveredAt().equals(EARLY.plusSeconds(sources - 1));
      put(name, "full", List.of(own, shared));
      newest.put(own.id(), own);
      if (isLast) {
        newest.put(shared.id(), shared);
      }
      names.add(name);
    }
    put("gone", SyncMerge.DELETIONS, List.of(Grants.grant("own69", "", "", LATE)));
    names.add("gone");
    newest.remove("own69");

    MergeReport report = merge(MergePolicy.REBUILD, "m", names);

    assertThat(EveryEngine.list(store, new GrantQuery.Scan("m")))
        .containsExactlyInAnyOrderElementsOf(newest.values());
    assertThat(report.rowsRead()).isEqualTo(2L * sources + 1);
    assertThat(merge(MergePolicy.FOLD, "n", names).sync().digest())
        .isEqualTo(report.sync().digest());
  }

  private void assertUnsupported(List<SyncMerge.Source> sources, GrantStore target) {
    assertThatThrownBy(
            () -> SyncMerge.newestWins(sources, target, "m", MergePolicy.FOLD, EveryEngine.SMALL))
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED));
  }

  private GrantStore open(String name) {
    StoreOptions options =
        StoreOptions.of(OpenMode.CREATE)
            .withDurability(Durability.BULK)
            .withEngineOption("page_bytes", "300");
    return GrantStores.open("rocksdb:" + folder.resolve(name), options);
  }

  /** Some of the grants, of which some were found at another time, or are others. */
  private static List<Grant> some(List<Grant> all, SplittableRandom random, int tenths) {
    List<Grant> some = new ArrayList<>();
    for (Grant grant : all) {
      if (random.nextInt(10) < tenths) {
        some.add(
            switch (random.nextInt(5)) {
              case 0 -> Grants.withTime(grant, LATE);
              case 1 -> Grants.withTime(grant, EARLY);
              case 2 -> Grants.grant(grant.id(), "moved" + random.nextInt(3), "ann", LATE);
              default -> grant;
            });
      }
    }
    return some;
  }

  private List<List<Grant>> lists(String sync) {
    Grant one = Grants.grant("g", "moved1", "ann");
    return Stream.of(
            new GrantQuery.Scan(sync),
            new GrantQuery.ScanByEntitlement(sync),
            new GrantQuery.ByEntitlement(sync, one.entitlement()),
            new GrantQuery.ByPrincipal(sync, one.principal()),
            new GrantQuery.NeedingExpansion(sync))
        .map(query -> EveryEngine.list(store, query))
        .toList();
  }

  private static List<Grant> many() {
    return IntStream.range(0, MANY)
        .mapToObj(i -> Grants.grant("g" + i, "e" + i % 7, "u" + i % 20))
        .toList();
  }

  private List<SyncRun> runs() {
    return store.syncs();
  }

  private MergeReport merge(MergePolicy policy, String name, List<String> sources) {
    return SyncMerge.newestWins(
        sources.stream().map(id -> source(store, id)).toList(),
        store,
        name,
        policy,
        EveryEngine.SMALL);
  }

  private static SyncMerge.Source source(GrantReader reader, String id) {
    return new SyncMerge.Source(reader, id);
  }

  private void put(String sync, String type, List<Grant> grants) {
    put(store, sync, type, grants);
  }

  private static void put(GrantStore to, String sync, String type, List<Grant> grants) {
    to.startSync(sync, type, EARLY);
    to.putAll(sync, grants);
    to.seal(sync, LATE);
  }
}
