package dev.grantstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.CorruptionException;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
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
import dev.grantstore.layout.FormatVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is the SQLite engine's own; the contract suite tests the rest. */
final class SqliteGrantStoreTest {
  private static final String SYNC = "sync-1";
  private static final PrincipalRef NOBODY = new PrincipalRef("user", "nobody");
  private static final Instant NOW = Instant.parse("2024-03-01T10:00:00Z");

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

    assertThatThrownBy(() -> GrantStores.open("sqlite:" + location, options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("page");
    assertThat(location).doesNotExist();
  }

  @Test
  void aNewerFormatIsRefusedWithBothVersions() throws SQLException {
    open(OpenMode.CREATE).close();
    execute("PRAGMA user_version = 7");

    for (OpenMode mode : List.of(OpenMode.OPEN, OpenMode.READ_ONLY, OpenMode.OPEN_OR_CREATE)) {
      assertThatThrownBy(() -> open(mode))
          .isInstanceOfSatisfying(
              GrantStoreException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.VERSION_TOO_NEW))
          .hasMessageContaining("written=7")
          .hasMessageContaining("supported=" + FormatVersion.CURRENT);
    }
  }

  @Test
  void anotherApplicationsDatabaseIsRefusedAndLeftAlone() throws SQLException, IOException {
    Files.createDirectory(location);
    execute("CREATE TABLE notes (text)");
    byte[] before = Files.readAllBytes(database());

    for (OpenMode mode : List.of(OpenMode.CREATE, OpenMode.OPEN, OpenMode.OPEN_OR_CREATE)) {
      assertRefused(Reason.NOT_A_STORE, () -> open(mode));
    }

    assertThat(names(location)).containsExactly("grants.db");
    assertThat(Files.readAllBytes(database())).isEqualTo(before);
  }

  @Test
  void aStoreThatWasNeverFinishedCanBeCreated() throws IOException {
    Files.createDirectory(location);
    Files.createFile(location.resolve("LOCK"));
    Files.write(location.resolve("grants.db.new"), new byte[5_000]);

    assertRefused(Reason.NOT_A_STORE, () -> open(OpenMode.OPEN));
    assertRefused(Reason.NOT_A_STORE, () -> open(OpenMode.READ_ONLY));

    open(OpenMode.CREATE).close();
    assertThat(names(location)).containsExactly("LOCK", "WATERMARK", "WATERMARK.base", "grants.db");
  }

  /** F9: A database is renamed into place when it is whole: an empty one has lost everything. */
  @Test
  void anEmptyDatabaseIsALossInEveryMode() throws IOException {
    Files.createDirectory(location);
    Files.createFile(location.resolve("LOCK"));
    Files.createFile(database());

    for (OpenMode mode : OpenMode.values()) {
      assertRefused(Reason.DATA_LOSS, () -> open(mode));
    }
    Files.write(location.resolve("grants.db-wal"), new byte[5_000]);
    for (OpenMode mode : OpenMode.values()) {
      assertRefused(Reason.DATA_LOSS, () -> open(mode));
    }
  }

  @Test
  void aStoreWhoseDatabaseIsGoneIsALossAndNoNewStore() throws IOException {
    try (GrantStore store = open(OpenMode.CREATE)) {
      fill(store);
    }
    Files.delete(database());

    for (OpenMode mode : OpenMode.values()) {
      assertRefused(Reason.DATA_LOSS, () -> open(mode));
    }
    assertThat(database()).doesNotExist();
  }

  /** F10. */
  @Test
  void readersAreAsManyAsTheOptionSays() {
    StoreOptions two = StoreOptions.of(OpenMode.CREATE).withEngineOption("max_readers", "2");
    try (GrantStore store = GrantStores.open("sqlite:" + location, two)) {
      fill(store);
      GrantCursor first = store.cursor(new GrantQuery.Scan(SYNC));
      try (GrantSnapshot second = store.snapshot()) {
        for (int i = 0; i < 3; i++) {
          assertThat(store.get(SYNC, "g1")).contains(grant(1));
          assertThatThrownBy(() -> store.cursor(new GrantQuery.Scan(SYNC)))
              .isInstanceOfSatisfying(
                  GrantStoreException.class,
                  e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED))
              .hasMessageContaining("max_readers")
              .hasMessageContaining("2");
        }
        assertThat(second.get(SYNC, "g1")).contains(grant(1));
        store.put(SYNC, grant(10));
      }
      assertThat(store.get(SYNC, "g10")).contains(grant(10));
      first.close();
      assertThat(ids(store)).hasSize(11);
    }
    for (String value : List.of("0", "65535", "many", "")) {
      StoreOptions wrong = StoreOptions.of(OpenMode.OPEN).withEngineOption("max_readers", value);
      assertThatThrownBy(() -> GrantStores.open("sqlite:" + location, wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("max_readers");
    }
  }

  @Test
  void readersThatCouldNotBeOpenedAreNotCounted() throws IOException {
    StoreOptions two = StoreOptions.of(OpenMode.CREATE).withEngineOption("max_readers", "2");
    try (GrantStore store = GrantStores.open("sqlite:" + location, two)) {
      fill(store);
      Path file = location.resolve("grants.db");
      Path away = Files.move(file, location.resolve("away.db"));
      for (int i = 0; i < 3; i++) {
        assertRefused(Reason.IO, () -> store.cursor(new GrantQuery.Scan(SYNC)));
      }
      Files.move(away, file);

      try (GrantCursor first = store.cursor(new GrantQuery.Scan(SYNC));
          GrantCursor second = store.cursor(new GrantQuery.Scan(SYNC))) {
        assertThat(first.next()).isTrue();
        assertThat(second.next()).isTrue();
      }
    }
  }

  /** As many as no option allows at a time; one after the other they are answered all the same. */
  @Test
  void anyNumberOfThreadsIsAnswered() throws Exception {
    StoreOptions one = StoreOptions.of(OpenMode.CREATE).withEngineOption("max_readers", "1");
    int threads = 300;
    GrantQuery none = new GrantQuery.ByEntitlements(SYNC, List.of());
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (GrantStore store = GrantStores.open("sqlite:" + location, one)) {
      fill(store);
      GrantCursor kept = store.cursor(new GrantQuery.Scan(SYNC));
      CountDownLatch start = new CountDownLatch(threads);
      List<Future<Boolean>> answers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        answers.add(
            pool.submit(
                () -> {
                  start.countDown();
                  start.await();
                  return store.get(SYNC, "g1").equals(Optional.of(grant(1)))
                      && store.page(new GrantQuery.Scan(SYNC), 3, PageToken.START).grants().size()
                          == 3
                      && store.page(none, 3, PageToken.START).grants().isEmpty();
                }));
      }
      for (Future<Boolean> answer : answers) {
        assertThat(answer.get()).isTrue();
      }
      assertThat(kept.next()).isTrue();
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void readersAreBoundedUnlessAnOptionSaysOtherwise() {
    try (GrantStore store = open(OpenMode.CREATE)) {
      fill(store);
      List<GrantCursor> open = new java.util.ArrayList<>();
      for (int i = 0; i < 256; i++) {
        open.add(store.cursor(new GrantQuery.Scan(SYNC)));
      }
      assertRefused(Reason.UNSUPPORTED, () -> store.cursor(new GrantQuery.Scan(SYNC)));
      open.forEach(GrantCursor::close);
      assertThat(ids(store)).hasSize(10);
    }
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
    assertThat(names(location)).containsExactly("LOCK", "WATERMARK", "WATERMARK.base", "grants.db");
  }

  @Test
  void whatIsLeftAfterAKillIsReadAndWrittenOn() throws IOException {
    Path killed = temp.resolve("killed");
    try (GrantStore store = open(OpenMode.CREATE)) {
      fill(store);
      Files.createDirectory(killed);
      Files.createFile(killed.resolve("LOCK"));
      Files.copy(database(), killed.resolve("grants.db"));
      for (String name : List.of("grants.db-wal", "WATERMARK", "WATERMARK.base")) {
        Files.copy(location.resolve(name), killed.resolve(name));
      }
      Files.createDirectory(killed.resolve("bulk-7"));
      Files.createFile(killed.resolve("bulk-7").resolve("run-0"));
    }
    location = killed;
    try (GrantStore store = open(OpenMode.READ_ONLY)) {
      assertThat(store.get(SYNC, "g9")).contains(grant(9));
    }
    try (GrantStore store = open(OpenMode.OPEN)) {
      store.put(SYNC, grant(10));
      assertThat(ids(store)).hasSize(11);
    }
    assertThat(names(killed)).containsExactly("LOCK", "WATERMARK", "WATERMARK.base", "grants.db");
  }

  @Test
  void aRowThatDoesNotDecodeIsCorruptionAndNamesItsKeyspace() throws SQLException {
    try (GrantStore store = open(OpenMode.CREATE)) {
      fill(store);
    }
    execute("UPDATE grants SET value = x''");

    try (GrantStore store = open(OpenMode.OPEN)) {
      assertThatThrownBy(() -> store.get(SYNC, "g3"))
          .isInstanceOf(CorruptionException.class)
          .hasMessageContaining("keyspace=grants");
      assertThatThrownBy(() -> ids(store)).isInstanceOf(CorruptionException.class);
      assertThatThrownBy(() -> store.put(SYNC, grant(3))).isInstanceOf(CorruptionException.class);
      store.put(SYNC, grant(99));
      assertThat(store.get(SYNC, "g99")).contains(grant(99));
    }
  }

  @Test
  void aSyncNumberThatWasNeverGivenOutIsCorruption() throws SQLException, IOException {
    try (GrantStore store = open(OpenMode.CREATE)) {
      fill(store);
    }
    execute("DELETE FROM \"default\" WHERE key = x'6e6578742d73796e6300'");
    byte[] before = Files.readAllBytes(database());

    for (OpenMode mode : List.of(OpenMode.OPEN, OpenMode.OPEN_OR_CREATE, OpenMode.READ_ONLY)) {
      assertThatThrownBy(() -> open(mode)).isInstanceOf(CorruptionException.class);
    }

    assertThat(Files.readAllBytes(database())).isEqualTo(before);
  }

  @Test
  void aDamagedPageIsCorruptionAndNoSilentEnd() throws IOException {
    try (GrantStore store = open(OpenMode.CREATE)) {
      store.startSync(SYNC, "full", NOW);
      store.putAll(SYNC, Stream.iterate(0, i -> i + 1).limit(2_000).map(i -> grant(i)).toList());
    }
    byte[] bytes = Files.readAllBytes(database());
    for (int page = 8; page < bytes.length / 4096; page++) {
      java.util.Arrays.fill(bytes, page * 4096, page * 4096 + 64, (byte) 0xee);
    }
    Files.write(database(), bytes);

    try (GrantStore store = open(OpenMode.READ_ONLY)) {
      assertThatThrownBy(() -> ids(store)).isInstanceOf(CorruptionException.class);
    }
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
    assertThat(names(location)).containsExactly("LOCK", "WATERMARK", "WATERMARK.base", "grants.db");
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
  void aStoreWithoutSyncNumbersRefusesAnotherSync() throws SQLException {
    try (GrantStore store = open(OpenMode.CREATE)) {
      fill(store);
    }
    execute("UPDATE \"default\" SET value = x'7fffffff' WHERE key = x'6e6578742d73796e6300'");

    try (GrantStore store = open(OpenMode.OPEN)) {
      assertRefused(Reason.UNSUPPORTED, () -> store.startSync("more", "full", NOW));
      assertRefused(
          Reason.UNSUPPORTED,
          () -> store.bulkLoad("more", "full", NOW, BulkLoadOptions.defaults()));
      store.put(SYNC, grant(10));
      assertThat(ids(store)).hasSize(11);
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
    return GrantStores.open("sqlite:" + location, StoreOptions.of(mode));
  }

  private Path database() {
    return location.resolve("grants.db");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database())) {
      SqliteFile.execute(connection, sql);
    }
  }

  private static void fill(GrantStore store) {
    store.startSync(SYNC, "full", NOW);
    store.putAll(SYNC, Stream.iterate(0, i -> i + 1).limit(10).map(i -> grant(i)).toList());
  }

  private static Grant grant(int number) {
    return Grant.of(
        "g" + number,
        new EntitlementRef("app", "app-" + number % 7, "member"),
        new PrincipalRef("user", "u" + number % 11),
        NOW);
  }

  private static List<String> ids(GrantStore store) {
    List<String> ids = new java.util.ArrayList<>();
    try (GrantCursor cursor = store.cursor(new GrantQuery.Scan(SYNC))) {
      while (cursor.next()) {
        ids.add(cursor.grant().id());
      }
    }
    return ids;
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
