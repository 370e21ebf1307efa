package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PrincipalRef;
import dev.grantstore.StoreOptions;
import dev.grantstore.SyncRun;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A write that fails at any moment before its commit changes nothing: not then, not with the write
 * after it, be that another or the same once more, and not after opening again.
 */
final class FailedWritesTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.000000006Z");
  private static final List<String> MOMENTS =
      List.of(
          "lock taken",
          "id free",
          "number taken",
          "old row read",
          "batch made",
          "load prepared",
          "load marked",
          "rows ingested");
  private static final Map<String, Consumer<GrantStore>> WRITES =
      new TreeMap<>(
          Map.of(
              "start", store -> store.startSync("new", "full", NOW),
              "put", store -> store.putAll("s", List.of(grant(0, 7), grant(9, 7), grant(1, 7))),
              "delete", store -> store.deleteAll("s", List.of("g1", "g2", "g8")),
              "load", FailedWritesTest::load,
              "seal", store -> store.seal("s", NOW),
              "drop", store -> store.drop("s")));

  @TempDir Path folder;

  private static final class Planted extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @AfterEach
  void letItBe() {
    YieldPoint.listen(null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void nothingOfItShowsThenOrLater(String engine) {
    Consumer<GrantStore> other = store -> store.put("other", grant(50, 1));
    int failures = 0;
    for (Map.Entry<String, Consumer<GrantStore>> write : WRITES.entrySet()) {
      for (String moment : MOMENTS) {
        for (Consumer<GrantStore> next : List.of(other, write.getValue())) {
          for (int at = 1; failsThere(engine, write.getValue(), moment, at, next); at++) {
            failures++;
          }
        }
      }
    }
    assertThat(failures).isGreaterThanOrEqualTo(2 * (5 + 6));
  }

  /** Whether the write comes to that moment so often. */
  private boolean failsThere(
      String engine, Consumer<GrantStore> write, String moment, int at, Consumer<GrantStore> next) {
    String address = engine + ":" + folder.resolve("store-" + System.nanoTime());
    try (GrantStore right = GrantStores.open("memory:", StoreOptions.of(OpenMode.OPEN_OR_CREATE))) {
      fill(right);
      try (GrantStore store = GrantStores.open(address, StoreOptions.of(OpenMode.CREATE))) {
        fill(store);
        failAt(moment, at);
        try {
          write.accept(store);
          return false;
        } catch (Planted e) {
          // as planted
        } finally {
          YieldPoint.listen(null);
        }
        String where = engine + " " + moment + " " + at;
        assertThat(content(store)).as(where + ": at once").isEqualTo(content(right));
        if (takes(store, next)) {
          next.accept(right);
        }
        assertThat(content(store)).as(where + ": after another write").isEqualTo(content(right));
      }
      try (GrantStore store = GrantStores.open(address, StoreOptions.of(OpenMode.OPEN))) {
        assertThat(content(store)).as("opened again").isEqualTo(content(right));
        assertThat(store.seal("other", NOW)).isEqualTo(right.seal("other", NOW));
      }
      return true;
    }
  }

  /** A store that does not know what is there of a write may take no more until it is opened. */
  private static boolean takes(GrantStore store, Consumer<GrantStore> write) {
    try {
      write.accept(store);
      return true;
    } catch (GrantStoreException e) {
      assertThat(e.getMessage()).contains("reopen the store to write again");
      return false;
    }
  }

  private static void failAt(String moment, int at) {
    AtomicInteger left = new AtomicInteger(at);
    YieldPoint.listen(
        new YieldPoint.Listener() {
          @Override
          public void reached(String point) {
            if (point.equals(moment) && left.decrementAndGet() == 0) {
              throw new Planted();
            }
          }

          @Override
          public void outside(String point) {}

          @Override
          public boolean waiting() {
            return false;
          }
        });
  }

  private static void load(GrantStore store) {
    try (BulkLoad load = store.bulkLoad("loaded", "full", NOW, BulkLoadOptions.defaults())) {
      try (BulkPart part = load.openPart()) {
        for (int i = 0; i < 6; i++) {
          part.add(grant(i % 5, i));
        }
      }
      load.commit(NOW);
    }
  }

  private static void fill(GrantStore store) {
    for (String sync : List.of("s", "other")) {
      store.startSync(sync, "full", NOW);
      for (int i = 0; i < 4; i++) {
        store.put(sync, grant(i, 0));
      }
    }
  }

  private static Grant grant(int number, int version) {
    return new Grant(
        "g" + number,
        new EntitlementRef("app", "a", "e" + (number + version) % 3),
        new PrincipalRef("user", "u" + number),
        NOW.plusSeconds(version),
        (number + version) % 2 == 0,
        Optional.empty(),
        List.of(),
        List.of());
  }

  /** Everything that every keyspace shows. */
  private static List<String> content(GrantStore store) {
    List<String> all = new ArrayList<>();
    for (SyncRun sync : store.syncs()) {
      all.add(sync.toString());
      List<GrantQuery> queries = new ArrayList<>();
      queries.add(new GrantQuery.Scan(sync.id()));
      queries.add(new GrantQuery.NeedingExpansion(sync.id()));
      for (int i = 0; i < 3; i++) {
        queries.add(
            new GrantQuery.ByEntitlement(sync.id(), new EntitlementRef("app", "a", "e" + i)));
      }
      for (int i : new int[] {0, 1, 2, 3, 9, 50}) {
        queries.add(new GrantQuery.ByPrincipal(sync.id(), new PrincipalRef("user", "u" + i)));
      }
      for (GrantQuery query : queries) {
        all.add(query.toString());
        try (GrantCursor cursor = store.cursor(query)) {
          while (cursor.next()) {
            all.add(cursor.grant().toString());
          }
        }
      }
    }
    return all;
  }
}
