package dev.grantstore.mvstore;

import static dev.grantstore.mvstore.Samples.SYNC;
import static dev.grantstore.mvstore.Samples.count;
import static dev.grantstore.mvstore.Samples.everything;
import static dev.grantstore.mvstore.Samples.fill;
import static dev.grantstore.mvstore.Samples.grant;
import static dev.grantstore.mvstore.Samples.grants;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.Annotation;
import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.Bytes;
import dev.grantstore.Durability;
import dev.grantstore.Grant;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.StoreStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is the MVStore engine's own; the contract suite tests the rest. */
final class MvGrantStoreTest {
  /** By how much a file may grow before older versions are let go. */
  private static final long GROWTH_BYTES = 32 << 20;

  @TempDir private Path temp;
  private Path location;

  @BeforeEach
  void chooseLocation() {
    location = temp.resolve("store");
  }

  @Test
  void aWriterKeepsReadersOutAndReadersAWriter() {
    try (GrantStore writer = open(OpenMode.CREATE)) {
      assertRefused(Reason.LOCKED, () -> open(OpenMode.READ_ONLY));
      assertThat(writer.syncs()).isEmpty();
    }
    try (GrantStore reader = open(OpenMode.READ_ONLY)) {
      open(OpenMode.READ_ONLY).close();
      assertRefused(Reason.LOCKED, () -> open(OpenMode.OPEN));
      assertThat(reader.syncs()).isEmpty();
    }
    open(OpenMode.OPEN).close();
  }

  @Test
  void optionsArriveAndUnknownOnesAreRefused() {
    StoreOptions options =
        StoreOptions.of(OpenMode.CREATE)
            .withCacheBytes((3 << 20) + 5)
            .withEngineOption("keysPerPage", "16")
            .withEngineOption("pageSplitSize", "2048")
            .withEngineOption("compress", "2");
    try (GrantStore store = Samples.open(location, options)) {
      assertThat(store.stats().engine())
          .containsEntry("keysPerPage", "16")
          .containsEntry("pageSplitSize", "2048")
          .containsEntry("compress", "2")
          .containsEntry("cacheSize-mebibytes", "3");
    }
    StoreOptions create = StoreOptions.of(OpenMode.OPEN_OR_CREATE);
    for (StoreOptions bad :
        List.of(
            create.withEngineOption("cacheSize", "1"),
            create.withEngineOption("compress", "3"),
            create.withEngineOption("keysPerPage", "many"))) {
      assertThatThrownBy(() -> Samples.open(temp.resolve("other"), bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(temp.resolve("other")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void aSnapshotStaysWhatItWasWhileSpaceIsUsedAgain(Durability durability) {
    StoreOptions options =
        StoreOptions.of(OpenMode.CREATE).withDurability(durability).withCacheBytes(0);
    try (GrantStore store = Samples.open(location, options)) {
      fill(store, 300);
      List<Grant> before;
      try (GrantSnapshot snapshot = store.snapshot()) {
        before = everything(snapshot);
        for (int round = 0; round < 6; round++) {
          store.deleteAll(SYNC, grants(0, 300).stream().map(Grant::id).toList());
          store.putAll(SYNC, grants(round, 300));
          store.flush();
        }
        store.settle(Duration.ofMinutes(5));
        assertThat(everything(snapshot)).isEqualTo(before);
        store.drop(SYNC);
        store.settle(Duration.ofMinutes(5));
        assertThat(everything(snapshot)).isEqualTo(before);
      }
      assertThat(store.syncs()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void settlingGivesBackTheRoomOfWhatWasReplaced(Durability durability) {
    StoreOptions options =
        StoreOptions.of(OpenMode.CREATE).withDurability(durability).withCacheBytes(0);
    try (GrantStore store = Samples.open(location, options)) {
      fill(store, 1_000);
      store.flush();
      long once = figure(store, "file-bytes");
      for (int round = 0; round < 20; round++) {
        store.putAll(SYNC, grants(0, 1_000));
      }
      if (durability == Durability.SYNC) {
        // Each write is durable, so no older one is kept.
        assertThat(figure(store, "file-bytes")).isLessThan(figure(store, "written-bytes") / 3);
      }
      store.settle(Duration.ofMinutes(5));

      assertThat(figure(store, "file-bytes")).isLessThan(2 * once);
      assertThat(count(store)).isEqualTo(1_000);
    }
  }

  @Test
  void writesUseRoomAgainWithoutSettling() {
    StoreOptions options =
        StoreOptions.of(OpenMode.CREATE).withDurability(Durability.WAL).withCacheBytes(0);
    List<Grant> large = grants(0, 30).stream().map(MvGrantStoreTest::enlarged).toList();
    try (GrantStore store = Samples.open(location, options)) {
      store.startSync(SYNC, "full", Samples.NOW);
      while (figure(store, "written-bytes") < 2 * GROWTH_BYTES) {
        store.putAll(SYNC, large);
      }

      assertThat(figure(store, "file-bytes")).isLessThan(GROWTH_BYTES + GROWTH_BYTES / 2);
      assertThat(everything(store)).contains(large.get(29));
    }
  }

  @Test
  void aLoadFillsItsPages() throws IOException {
    try (GrantStore store = open(OpenMode.CREATE);
        BulkLoad load = store.bulkLoad(SYNC, "full", Samples.NOW, BulkLoadOptions.defaults())) {
      try (BulkPart part = load.openPart()) {
        grants(0, 20_000).forEach(part::add);
      }
      load.commit(Samples.NOW);

      StoreStats.Keyspace rows = store.stats().keyspaces().get(0);
      assertThat(rows.rowsEstimate()).isEqualTo(20_000);
      assertThat(count(store)).isEqualTo(20_000);
    }
    try (Stream<Path> files = Files.list(location)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("FORMAT", "LOCK", "WATERMARK", "WATERMARK.base", "db");
    }
    try (GrantStore store = open(OpenMode.OPEN)) {
      store.drop(SYNC);
      store.settle(Duration.ofMinutes(5));
      assertThat(figure(store, "file-bytes")).isLessThan(200_000);
    }
  }

  @Test
  void anInterruptStopsNothingAndIsKept() {
    StoreOptions options = StoreOptions.of(OpenMode.CREATE).withCacheBytes(0);
    Thread.currentThread().interrupt();
    try (GrantStore store = Samples.open(location, options)) {
      fill(store, 500);
      store.deleteAll(SYNC, List.of("g3"));
      assertThat(store.get(SYNC, "g4")).contains(grant(4));
      assertThat(everything(store)).isNotEmpty();
      try (GrantSnapshot snapshot = store.snapshot()) {
        assertThat(count(snapshot)).isEqualTo(499);
      }
      store.settle(Duration.ofMinutes(5));
      store.seal(SYNC, Samples.NOW);
      assertThat(store.stats().fileBytes()).isPositive();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    try (GrantStore store = open(OpenMode.READ_ONLY)) {
      assertThat(count(store)).isEqualTo(499);
    }
  }

  @Test
  void aNewerFormatIsRefused() throws IOException {
    open(OpenMode.CREATE).close();
    Path format = location.resolve("FORMAT");
    // Without a checksum: who knows how a newer one is written.
    Files.writeString(format, "grantstore mvstore\nformat 7\nmore\n");

    assertThatThrownBy(() -> open(OpenMode.OPEN))
        .isInstanceOfSatisfying(
            GrantStoreException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.VERSION_TOO_NEW))
        .hasMessageContaining("written=7");
  }

  private GrantStore open(OpenMode mode) {
    return Samples.open(location, mode);
  }

  private static Grant enlarged(Grant grant) {
    return new Grant(
        grant.id(),
        grant.entitlement(),
        grant.principal(),
        grant.discoveredAt(),
        false,
        Optional.empty(),
        List.of(),
        List.of(new Annotation("filler", Bytes.copyOf(new byte[100_000]))));
  }

  private static long figure(GrantStore store, String name) {
    String text = store.stats().engine().get(name);
    assertThat(text).as(name).isNotNull();
    return Long.parseLong(text);
  }

  private static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
