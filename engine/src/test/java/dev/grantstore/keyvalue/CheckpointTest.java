package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.CheckpointFiles;
import dev.grantstore.Durability;
import dev.grantstore.EntitlementDigests;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PageToken;
import dev.grantstore.PrincipalRef;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.container.SaveOptions;
import dev.grantstore.container.SyncFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CheckpointTest {
  static final Instant AT = Instant.parse("2026-12-01T00:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String TAKEN = "checkpoint taken";

  @TempDir Path folder;

  @AfterEach
  void listenNoMore() {
    YieldPoint.listen(null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void isAStoreOfItsOwnWithWhatWasThere(String engine) throws IOException {
    try (GrantStore store = filled(engine, OpenMode.CREATE, Durability.WAL)) {
      store.settle(MINUTE);
      store.putAll("open", grants(50, 60));
      List<String> before = answers(store);
      store.checkpoint(folder.resolve("copy"));

      try (GrantStore copy = open(engine, "copy", OpenMode.OPEN)) {
        assertThat(answers(copy)).isEqualTo(before).anyMatch(line -> line.startsWith("digest"));
        assertThat(copy.verify().findings()).isEmpty();
        assertTokensAreRefused(store, copy);
        assertTokensAreRefused(copy, store);
        copy.putAll("open", grants(60, 70));
        copy.drop("sealed");
        assertThat(answers(store)).isEqualTo(before);
        List<String> parted = answers(copy);
        store.putAll("open", grants(100, 105));
        store.seal("open", AT);
        store.settle(MINUTE);
        assertThat(answers(copy)).isEqualTo(parted);
        copy.seal("open", AT);
        assertThat(copy.entitlementDigests("open")).isEmpty();
      }
      try (GrantStore copy = open(engine, "copy", OpenMode.READ_ONLY)) {
        assertThat(copy.sync("open").orElseThrow().digest().orElseThrow().count()).isEqualTo(70);
        assertThat(copy.verify().findings()).isEmpty();
      }
      assertThat(store.verify().findings()).isEmpty();
    }
    assertThat(leftovers()).isEmpty();
    try (GrantStore reopened = open(engine, "store", OpenMode.OPEN)) {
      assertThat(reopened.verify().findings()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "lmdb", "mvstore"})
  void whatIsWrittenAfterItsMomentIsNotInIt(String engine) {
    for (Durability durability : Durability.values()) {
      String copyName = "copy-" + durability;
      try (GrantStore store = filled(engine, OpenMode.OPEN_OR_CREATE, durability)) {
        List<String> before = answers(store);
        at(
            TAKEN,
            () -> {
              store.putAll("open", grants(200, 400));
              store.startSync("later", "", AT);
              store.seal("open", AT);
              store.drop("sealed");
              store.flush();
            });
        store.checkpoint(folder.resolve(copyName));
        YieldPoint.listen(null);

        try (GrantStore copy = open(engine, copyName, OpenMode.OPEN)) {
          assertThat(answers(copy)).isEqualTo(before);
          assertThat(copy.verify().findings()).isEmpty();
        }
        store.drop("open");
        store.drop("later");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void writersGoOnAndEachWriteIsInItWholeOrNotAtAll(String engine) throws Exception {
    try (GrantStore store = filled(engine, OpenMode.CREATE, Durability.BULK)) {
      AtomicBoolean over = new AtomicBoolean();
      AtomicInteger written = new AtomicInteger();
      Thread writer =
          new Thread(
              () -> {
                for (int i = 0; !over.get() && i < 2_000; i++) {
                  store.putAll("open", grants(1_000 + 10 * i, 1_010 + 10 * i));
                  written.set(i + 1);
                }
              });
      writer.start();
      try {
        for (int i = 0; i < 3; i++) {
          int least = written.get();
          store.checkpoint(folder.resolve("copy-" + i));
          int most = written.get() + 1;
          try (GrantStore copy = open(engine, "copy-" + i, OpenMode.READ_ONLY)) {
            List<String> rows = rows(copy, "open");
            int batches = (rows.size() - 50) / 10;
            assertThat(batches).isBetween(least, most);
            assertThat(rows).hasSize(50 + 10 * batches);
            assertThat(new HashSet<>(rows).containsAll(ids(1_000, 1_000 + 10 * batches))).isTrue();
            assertThat(copy.verify().findings()).isEmpty();
          }
        }
      } finally {
        over.set(true);
        writer.join();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void hasNothingOfALoadThatIsGoingOn(String engine) throws IOException {
    try (GrantStore store = filled(engine, OpenMode.CREATE, Durability.WAL);
        BulkLoad load = store.bulkLoad("loaded", "", AT, BulkLoadOptions.defaults())) {
      try (BulkPart part = load.openPart()) {
        grants(0, 3_000).forEach(part::add);
      }
      List<String> before = answers(store);
      Map<String, Runnable> copying = new HashMap<>();
      // In RocksDB: once its row is there, and once its files are, which its row does not say yet.
      for (String point : List.of("load prepared", "load marked", "rows ingested")) {
        copying.put(point, () -> store.checkpoint(folder.resolve(point)));
      }
      listen(copying);
      load.commit(AT);
      YieldPoint.listen(null);

      List<String> copies = List.of("load prepared", "load marked", "rows ingested");
      for (String name : engine.equals("rocksdb") ? copies : copies.subList(0, 1)) {
        try (GrantStore copy = open(engine, name, OpenMode.OPEN)) {
          assertThat(answers(copy)).as(name).isEqualTo(before);
          assertThat(copy.verify().findings()).as(name).isEmpty();
          copy.startSync("loaded", "", AT);
        }
      }
      assertThat(rows(store, "loaded")).hasSize(3_000);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void whateverIsInItsPlaceStaysAsItIs(String engine) throws IOException {
    Files.writeString(folder.resolve("file"), "mine");
    Files.createDirectory(folder.resolve("empty"));
    Files.createSymbolicLink(folder.resolve("link"), Path.of("nowhere"));
    try (GrantStore store = filled(engine, OpenMode.CREATE, Durability.WAL)) {
      for (String name : List.of("file", "empty", "link", "store")) {
        assertRefused(Reason.STORE_EXISTS, () -> store.checkpoint(folder.resolve(name)));
      }
      at(TAKEN, () -> makeFile(folder.resolve("meanwhile")));
      assertRefused(Reason.STORE_EXISTS, () -> store.checkpoint(folder.resolve("meanwhile")));
      assertRefused(Reason.STORE_MISSING, () -> store.checkpoint(folder.resolve("no/store")));
      assertRefused(Reason.NOT_A_STORE, () -> store.checkpoint(Path.of("/")));
      assertThat(answers(store)).isNotEmpty();
    }
    assertThat(folder.resolve("file")).hasContent("mine");
    assertThat(folder.resolve("meanwhile")).hasContent("mine");
    assertThat(folder.resolve("empty")).isEmptyDirectory();
    assertThat(Files.isSymbolicLink(folder.resolve("link"))).isTrue();
    assertThat(leftovers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void aStoreThatIsOpenForReadingIsCopiedToo(String engine) throws IOException {
    List<String> before;
    try (GrantStore store = filled(engine, OpenMode.CREATE, Durability.WAL)) {
      store.settle(MINUTE);
      store.putAll("open", grants(50, 60));
      before = answers(store);
    }
    for (CheckpointFiles files : CheckpointFiles.values()) {
      try (GrantStore store = open(engine, "store", OpenMode.READ_ONLY)) {
        store.checkpoint(folder.resolve("copy-" + files), files);
      }
      try (GrantStore copy = open(engine, "copy-" + files, OpenMode.OPEN)) {
        assertThat(answers(copy)).isEqualTo(before);
        assertThat(copy.verify().findings()).isEmpty();
        copy.putAll("open", grants(60, 70));
      }
    }
    try (GrantStore store = open(engine, "store", OpenMode.READ_ONLY)) {
      assertThat(answers(store)).isEqualTo(before);
      assertThat(store.verify().findings()).isEmpty();
    }
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void aReaderThatAWriterHasLeftBehindIsRefusedAnotherMoment() throws IOException {
    try (GrantStore store = filled("rocksdb", OpenMode.CREATE, Durability.WAL);
        GrantStore reader = open("rocksdb", "store", OpenMode.READ_ONLY)) {
      reader.checkpoint(folder.resolve("same"));
      store.putAll("open", grants(50, 60));
      assertRefused(Reason.IO, () -> reader.checkpoint(folder.resolve("later")));
      assertThat(folder.resolve("later")).doesNotExist();
    }
    assertThat(leftovers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void anInterruptEndsItAndLeavesNothing(String engine) throws IOException {
    try (GrantStore store = filled(engine, OpenMode.CREATE, Durability.WAL)) {
      Thread.currentThread().interrupt();
      assertRefused(Reason.TIMEOUT, () -> store.checkpoint(folder.resolve("copy")));
      assertThat(Thread.interrupted()).isTrue();
      at(TAKEN, () -> Thread.currentThread().interrupt());
      assertRefused(Reason.TIMEOUT, () -> store.checkpoint(folder.resolve("copy")));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(folder.resolve("copy")).doesNotExist();
      assertThat(leftovers()).isEmpty();
      store.checkpoint(folder.resolve("copy"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void aStoreThatClosesWaitsForItAndItLeavesNothing(String engine) throws Exception {
    GrantStore store = filled(engine, OpenMode.CREATE, Durability.WAL);
    Thread closing = new Thread(store::close);
    at(
        TAKEN,
        () -> {
          closing.start();
          awaitShut(store);
          assertThat(closing.isAlive()).isTrue();
        });
    assertThatThrownBy(() -> store.checkpoint(folder.resolve("copy")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    closing.join();
    assertThat(folder.resolve("copy")).doesNotExist();
    assertThat(leftovers()).isEmpty();
    open(engine, "store", OpenMode.OPEN).close();
  }

  @Test
  void digestsThatAreDamagedDoNotComeAlong() throws IOException {
    try (GrantStore store = filled("lmdb", OpenMode.CREATE, Durability.WAL)) {
      store.settle(MINUTE);
      Path digests = folder.resolve("store").resolve("digests-0");
      byte[] bytes = Files.readAllBytes(digests);
      bytes[bytes.length - 1] ^= 1;
      Files.write(digests, bytes);
      store.checkpoint(folder.resolve("copy"));
    }
    try (GrantStore copy = open("lmdb", "copy", OpenMode.OPEN)) {
      assertThat(copy.entitlementDigests("sealed")).isEmpty();
    }
  }

  @Test
  void whatCannotBeCopiedSaysSo() throws IOException {
    Path container = folder.resolve("x.gsync");
    try (GrantStore memory = filled("memory", OpenMode.CREATE, Durability.WAL)) {
      assertRefused(Reason.UNSUPPORTED, () -> memory.checkpoint(folder.resolve("copy")));
      SyncFiles.save(memory, List.of("sealed"), container, SaveOptions.defaults());
    }
    try (GrantStore store =
        GrantStores.open("gsync:" + container, StoreOptions.of(OpenMode.READ_ONLY))) {
      assertRefused(Reason.UNSUPPORTED, () -> store.checkpoint(folder.resolve("copy")));
    }
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void aNameMayBeAsLongAsTheFileSystemTakesIt() throws IOException {
    try (GrantStore store = filled("lmdb", OpenMode.CREATE, Durability.WAL)) {
      for (int length : new int[] {200, 201, 255}) {
        store.checkpoint(folder.resolve("x".repeat(length)));
      }
    }
    assertThat(leftovers()).isEmpty();
  }

  private static void assertTokensAreRefused(GrantStore from, GrantStore by) {
    GrantQuery query = new GrantQuery.Scan("open");
    GrantPage page = from.page(query, 3, PageToken.START);
    assertRefused(Reason.INVALID_PAGE_TOKEN, () -> by.page(query, 3, page.next().orElseThrow()));
  }

  private static void assertRefused(Reason reason, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).as("%s", e).isEqualTo(reason));
  }

  /** Runs something when a store comes to a point for the first time. */
  private static void at(String point, Runnable action) {
    listen(new HashMap<>(Map.of(point, action)));
  }

  private static void listen(Map<String, Runnable> actions) {
    YieldPoint.listen(
        new YieldPoint.Listener() {
          @Override
          public void reached(String point) {
            Runnable action = actions.remove(point);
            if (action != null) {
              action.run();
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

  static void awaitShut(GrantStore store) {
    try {
      Await.until("the store is closing", ChildJvm.TIMEOUT, () -> isShut(store));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isShut(GrantStore store) {
    try {
      store.syncs();
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  private static void makeFile(Path file) {
    try {
      Files.writeString(file, "mine");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A sealed sync and an open one, of 50 grants each. */
  private GrantStore filled(String engine, OpenMode mode, Durability durability) {
    return fill(folder.resolve("store"), engine, mode, durability);
  }

  static GrantStore fill(Path place, String engine, OpenMode mode, Durability durability) {
    String location = engine.equals("memory") ? "" : place.toString();
    GrantStore store =
        GrantStores.open(engine + ":" + location, StoreOptions.of(mode).withDurability(durability));
    store.startSync("sealed", "full", AT);
    store.putAll("sealed", grants(0, 50));
    store.seal("sealed", AT);
    store.startSync("open", "full", AT);
    store.putAll("open", grants(0, 50));
    return store;
  }

  private GrantStore open(String engine, String name, OpenMode mode) {
    return GrantStores.open(engine + ":" + folder.resolve(name), StoreOptions.of(mode));
  }

  private List<String> leftovers() throws IOException {
    return leftovers(folder);
  }

  static List<String> leftovers(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.contains(".checkpoint-"))
          .toList();
    }
  }

  /** All that a store says of its syncs, the digests of their entitlements included. */
  static List<String> answers(GrantStore store) {
    List<String> answers = new ArrayList<>(Folders.read(store));
    store
        .syncs()
        .forEach(
            run ->
                store
                    .entitlementDigests(run.id())
                    .ifPresent(
                        digests -> {
                          try (EntitlementDigests open = digests) {
                            while (open.next()) {
                              answers.add("digest " + open.entitlement() + open.digest());
                            }
                          }
                        }));
    return answers;
  }

  private static List<String> rows(GrantReader store, String sync) {
    List<String> rows = new ArrayList<>();
    try (GrantCursor cursor = store.cursor(new GrantQuery.Scan(sync))) {
      while (cursor.next()) {
        rows.add(cursor.grant().id());
      }
    }
    return rows;
  }

  private static List<String> ids(int from, int to) {
    return grants(from, to).stream().map(Grant::id).toList();
  }

  static List<Grant> grants(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            i ->
                Grant.of(
                    "g" + i,
                    new EntitlementRef("app", "app-" + i % 7, "member"),
                    new PrincipalRef("user", "u" + i % 11),
                    AT))
        .toList();
  }
}
