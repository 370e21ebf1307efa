package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.BulkLoadOptions;
import dev.grantstore.Durability;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PrincipalRef;
import dev.grantstore.StoreOptions;
import dev.grantstore.diff.MergePolicy;
import dev.grantstore.diff.SyncMerge;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folds beside which something happens to the base. */
final class FoldUnderWayTest {
  private static final Instant AT = Instant.parse("2026-11-01T00:00:00Z");
  private static final int ROWS = 300;

  @TempDir Path folder;

  @AfterEach
  void listenNoMore() {
    YieldPoint.listen(null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"load reserved", "parts sorted"})
  void aBaseThatIsDroppedMeanwhileIsFoldedAsItWas(String point) {
    try (GrantStore store = open("store")) {
      fill(store);
      once(
          point,
          () -> {
            store.drop("base");
            store.settle(Duration.ofMinutes(1));
          });
      fold(store, store);

      assertThat(store.sync("base")).isEmpty();
      assertThat(store.sync("merged").orElseThrow().digest().orElseThrow().count())
          .isEqualTo(ROWS + 5);
      assertThat(store.verify().findings()).isEmpty();
    }
  }

  private static void fold(GrantStore from, GrantStore to) {
    SyncMerge.newestWins(
        List.of(new SyncMerge.Source(from, "base"), new SyncMerge.Source(from, "few")),
        to,
        "merged",
        MergePolicy.FOLD,
        BulkLoadOptions.defaults());
  }

  private GrantStore open(String name) {
    return GrantStores.open(
        "rocksdb:" + folder.resolve(name),
        StoreOptions.of(OpenMode.CREATE)
            .withDurability(Durability.BULK)
            .withEngineOption("page_bytes", "300"));
  }

  private static void fill(GrantStore store) {
    put(store, "base", IntStream.range(0, ROWS).mapToObj(i -> grant(i, AT)).toList());
    List<Grant> few = new ArrayList<>();
    IntStream.range(ROWS, ROWS + 5).forEach(i -> few.add(grant(i, AT)));
    few.add(grant(17, AT.plusSeconds(3)));
    put(store, "few", few);
  }

  private static void put(GrantStore store, String sync, List<Grant> grants) {
    store.startSync(sync, "full", AT);
    store.putAll(sync, grants);
    store.seal(sync, AT);
  }

  private static Grant grant(int i, Instant at) {
    return Grant.of(
        "g" + i,
        new EntitlementRef("app", "app-" + i % 7, "member"),
        new PrincipalRef("user", "u" + i % 21),
        at);
  }

  /** Runs something when this thread comes to a point for the first time. */
  private static void once(String point, Runnable action) {
    Thread here = Thread.currentThread();
    YieldPoint.listen(
        new YieldPoint.Listener() {
          private boolean done;

          @Override
          public void reached(String reached) {
            if (Thread.currentThread().equals(here) && !done && reached.equals(point)) {
              done = true;
              action.run();
            }
          }

          @Override
          public void outside(String reached) {}

          @Override
          public boolean waiting() {
            return false;
          }
        });
  }
}
