package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.Durability;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A read that is refused after it has opened rows closes them: there may be a few readers only. */
final class RefusedReadsTest {
  private static final int READERS = 4;

  @TempDir Path folder;

  private interface Read {
    void of(GrantStore store, GrantQuery query);
  }

  @AfterEach
  void letItBe() {
    YieldPoint.listen(null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "lmdb"})
  void whatARefusedReadHadOpenIsClosed(String engine) {
    EntitlementRef e = new EntitlementRef("app", "a", "e");
    List<GrantQuery> queries =
        List.of(
            new GrantQuery.Scan("s"),
            new GrantQuery.ByEntitlements("s", List.of(e, new EntitlementRef("app", "a", "f"))));
    List<Read> reads =
        List.of(
            (store, query) -> store.cursor(query).close(),
            (store, query) -> store.page(query, 10, PageToken.START));
    StoreOptions options =
        new StoreOptions(
            OpenMode.CREATE,
            Durability.WAL,
            StoreOptions.DEFAULT_CACHE_BYTES,
            Map.of("max_readers", String.valueOf(READERS)));
    try (GrantStore store = GrantStores.open(engine + ":" + folder.resolve("store"), options)) {
      for (GrantQuery query : queries) {
        for (Read read : reads) {
          for (int i = 0; i < 2 * READERS; i++) {
            store.startSync("s", "full", Instant.EPOCH);
            store.put("s", Grant.of("g", e, new PrincipalRef("user", "u"), Instant.EPOCH));
            at("iterator made", () -> store.drop("s"));
            assertThatThrownBy(() -> read.of(store, query))
                .isInstanceOfSatisfying(
                    GrantStoreException.class,
                    refused -> assertThat(refused.reason()).isEqualTo(Reason.SYNC_UNKNOWN));
          }
        }
      }
    }
  }

  /** It was counted before it was opened. */
  @Test
  void aReaderThatCouldNotBeOpenedIsNotCounted() throws IOException {
    Path place = folder.resolve("store");
    Path file = place.resolve("grants.db");
    Path away = folder.resolve("away.db");
    StoreOptions options =
        StoreOptions.of(OpenMode.CREATE).withEngineOption("max_readers", String.valueOf(READERS));
    try (GrantStore store = GrantStores.open("sqlite:" + place, options)) {
      List<GrantSnapshot> opened = new ArrayList<>();
      opened.add(store.snapshot());
      for (int i = 0; i < READERS; i++) {
        at("no session idle", () -> move(file, away));
        assertThatThrownBy(store::snapshot)
            .isInstanceOfSatisfying(
                GrantStoreException.class,
                refused -> assertThat(refused.reason()).isEqualTo(Reason.IO));
        move(away, file);
      }
      while (opened.size() < READERS) {
        opened.add(store.snapshot());
      }
      opened.forEach(GrantSnapshot::close);
    }
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void at(String moment, Runnable then) {
    YieldPoint.listen(
        new YieldPoint.Listener() {
          @Override
          public void reached(String point) {
            if (point.equals(moment)) {
              YieldPoint.listen(null);
              then.run();
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
}
