package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PageToken;
import dev.grantstore.StoreOptions;
import dev.grantstore.SyncRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Stores that were made in format 2: their folders are in {@code format-2.zip}, that of a killed
 * SQLite writer too, with its log. {@link FormatTwoStore} says what they hold.
 */
final class FormatTwoTest {
  private static final Map<String, String> DIGESTS =
      Map.of(
          "full", "2548ffcf0d17a6035268933ffeba059d/58",
          "loaded", "ac01dfbb32d6dcb4052d5b54fab21b55/60",
          "empty", "00000000000000000000000000000000/0");

  private static final int MOST_CRASH_POINTS = 20;
  private static final int PAGE_ROWS = 7;

  @TempDir private Path temp;
  private int copies;

  @BeforeEach
  void unpack() throws IOException {
    unpack(temp.resolve("given"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "killed-sqlite", "lmdb", "mvstore"})
  void isReadAndStaysAsItIs(String folder) throws Exception {
    Path location = temp.resolve("given").resolve(folder);
    Map<Path, byte[]> before = Folders.contents(location);
    for (int opening = 0; opening < 2; opening++) {
      try (GrantStore store = open(location, OpenMode.READ_ONLY)) {
        assertWhole(store, FormatTwoStore.contents());
      }
    }
    before
        .keySet()
        .removeIf(file -> file.endsWith("grants.db-shm") || file.endsWith("grants.mdb-lock"));
    Folders.contents(location)
        .forEach(
            (file, bytes) ->
                assertThat(bytes).as("%s", file).isEqualTo(before.getOrDefault(file, bytes)));
    assertThat(format(location)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "killed-sqlite", "lmdb", "mvstore"})
  void becomesFormatThreeByItsFirstOpeningForWriting(String folder) throws Exception {
    Path location = temp.resolve("given").resolve(folder);
    open(location, OpenMode.OPEN).close();
    assertThat(format(location)).isEqualTo(3);
    for (OpenMode mode : List.of(OpenMode.READ_ONLY, OpenMode.OPEN, OpenMode.READ_ONLY)) {
      try (GrantStore store = open(location, mode)) {
        assertWhole(store, FormatTwoStore.contents());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "killed-sqlite", "lmdb", "mvstore"})
  void isWrittenOn(String folder) throws Exception {
    Path location = temp.resolve("given").resolve(folder);
    Map<String, List<Grant>> expected = FormatTwoStore.contents();
    try (GrantStore store = open(location, OpenMode.OPEN)) {
      // Some new, some over those of format 2, and some of those taken away.
      store.putAll(FormatTwoStore.OPEN, FormatTwoStore.grants(5, 25, "other"));
      store.deleteAll(FormatTwoStore.OPEN, List.of("g 0", "g 5", "g 24"));
      List<Grant> open = new ArrayList<>(FormatTwoStore.grants(1, 5, "u"));
      open.addAll(FormatTwoStore.grants(6, 24, "other"));
      expected.put(FormatTwoStore.OPEN, open);
      assertWhole(store, expected);
      store.seal(FormatTwoStore.OPEN, FormatTwoStore.NOW);
      store.startSync("new", "full", FormatTwoStore.NOW);
      store.putAll("new", FormatTwoStore.grants(0, 30, "new"));
      expected.put("new", FormatTwoStore.grants(0, 30, "new"));
      try (BulkLoad load =
          store.bulkLoad("more", "full", FormatTwoStore.NOW, BulkLoadOptions.defaults())) {
        try (BulkPart part = load.openPart()) {
          FormatTwoStore.grants(0, 40, "replaced").forEach(part::add);
          FormatTwoStore.grants(0, 40, "more").forEach(part::add);
        }
        load.commit(FormatTwoStore.NOW);
      }
      expected.put("more", FormatTwoStore.grants(0, 40, "more"));
      store.drop("loaded");
      expected.remove("loaded");
    }
    for (OpenMode mode : List.of(OpenMode.READ_ONLY, OpenMode.OPEN)) {
      try (GrantStore store = open(location, mode)) {
        assertWhole(store, expected);
      }
    }
    assertThat(format(location)).isEqualTo(3);
  }

  /** The version byte of a value says whether a checksum ends it. */
  @Test
  void rowsStayAsTheyAreAndNewOnesHaveChecksums() throws Exception {
    Path location = temp.resolve("given").resolve("sqlite");
    Map<Integer, Integer> before = valuesByVersion(location);
    assertThat(before).containsOnlyKeys(1);
    try (GrantStore store = open(location, OpenMode.OPEN)) {
      store.putAll(FormatTwoStore.OPEN, FormatTwoStore.grants(8, 12, "u"));
    }
    // Two of the four replace rows.
    assertThat(valuesByVersion(location)).isEqualTo(Map.of(1, before.getOrDefault(1, 0) - 2, 2, 4));
  }

  /**
   * A JVM for each moment: one engine of a folder and one of a file, with a log to recover; all in
   * the deep tier.
   */
  static Stream<String> firstOpenedByOneThatDies() {
    return Boolean.getBoolean("tests.deep")
        ? Stream.of("rocksdb", "sqlite", "killed-sqlite", "lmdb", "mvstore")
        : Stream.of("rocksdb", "killed-sqlite");
  }

  /** Before the version is written it is the old store, and after it the new one. */
  @ParameterizedTest
  @MethodSource("firstOpenedByOneThatDies")
  void isWholeWhereverTheFirstOpeningDies(String folder) throws Exception {
    List<Integer> formats = new ArrayList<>();
    boolean died = true;
    for (int at = 1; died; at++) {
      assertThat(at).isLessThan(MOST_CRASH_POINTS);
      unpack(temp.resolve("crash-" + at));
      Path location = temp.resolve("crash-" + at).resolve(folder);
      try (ChildJvm child =
          ChildJvm.start(
              temp,
              List.of("-D" + CrashPoint.PROPERTY + "=" + at),
              OpeningChild.class,
              address(location))) {
        died = child.awaitExit() != 0;
        assertThat(child.output().contains(OpeningChild.DONE)).isNotEqualTo(died);
      }
      try (GrantStore store = open(location, OpenMode.READ_ONLY)) {
        assertWhole(store, FormatTwoStore.contents());
      }
      formats.add(format(location));
      try (GrantStore store = open(location, OpenMode.OPEN)) {
        assertWhole(store, FormatTwoStore.contents());
      }
      assertThat(format(location)).isEqualTo(3);
    }
    assertThat(formats).isSorted().contains(2, 3);
  }

  /** Opens a store for writing, and closes it. */
  static final class OpeningChild {
    static final String DONE = "closed";

    private OpeningChild() {}

    public static void main(String[] arguments) {
      GrantStores.open(arguments[0], StoreOptions.of(OpenMode.OPEN)).close();
      System.out.println(DONE);
    }
  }

  private static GrantStore open(Path location, OpenMode mode) {
    return GrantStores.open(address(location), StoreOptions.of(mode));
  }

  private static String address(Path location) {
    return location.getFileName().toString().replace("killed-", "") + ":" + location;
  }

  /** The format that the files say; to look at SQLite's changes them. */
  private int format(Path location) throws IOException, SQLException {
    Path format = location.resolve("FORMAT");
    if (Files.exists(format)) {
      return Files.readString(format).contains("format 3\n") ? 3 : 2;
    }
    Path lmdb = location.resolve("grants.mdb");
    if (Files.exists(lmdb)) {
      String bytes = new String(Files.readAllBytes(lmdb), StandardCharsets.ISO_8859_1);
      return bytes.contains("format\0\0\0\0\3") ? 3 : 2;
    }
    Path copy = temp.resolve("copy-" + ++copies);
    Folders.copy(location, copy);
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + copy.resolve("grants.db"));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return row.getInt(1) & 0xff;
    }
  }

  private Map<Integer, Integer> valuesByVersion(Path location) throws IOException, SQLException {
    Path copy = temp.resolve("copy-" + ++copies);
    Folders.copy(location, copy);
    Map<Integer, Integer> values = new HashMap<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + copy.resolve("grants.db"));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT substr(value, 1, 1) FROM grants")) {
      while (rows.next()) {
        values.merge((int) rows.getBytes(1)[0], 1, Integer::sum);
      }
    }
    return values;
  }

  private static void assertWhole(GrantStore store, Map<String, List<Grant>> contents) {
    assertThat(store.syncs())
        .extracting(SyncRun::id)
        .containsExactlyInAnyOrderElementsOf(contents.keySet());
    contents.forEach(
        (sync, grants) -> {
          SyncRun run = store.sync(sync).orElseThrow();
          if (run.state() == SyncRun.State.SEALED) {
            assertThat(run.digest()).contains(digest(grants));
          }
          String golden = DIGESTS.get(sync);
          if (golden != null) {
            assertThat(run.digest().orElseThrow()).hasToString(golden);
          }
          assertLists(store, sync, grants);
          assertRows(store, sync, grants);
        });
  }

  private static void assertLists(GrantReader store, String sync, List<Grant> grants) {
    assertThat(list(store, new GrantQuery.Scan(sync))).containsExactlyInAnyOrderElementsOf(grants);
    assertThat(list(store, new GrantQuery.NeedingExpansion(sync)))
        .containsExactlyInAnyOrderElementsOf(
            grants.stream().filter(Grant::needsExpansion).toList());
    Map<GrantQuery, List<Grant>> lists = new LinkedHashMap<>();
    for (Grant grant : grants) {
      for (GrantQuery query :
          List.of(
              new GrantQuery.ByEntitlement(sync, grant.entitlement()),
              new GrantQuery.ByPrincipal(sync, grant.principal()))) {
        lists.computeIfAbsent(query, q -> new ArrayList<>()).add(grant);
      }
    }
    lists.forEach(
        (query, expected) ->
            assertThat(list(store, query)).containsExactlyInAnyOrderElementsOf(expected));
  }

  private static void assertRows(GrantReader store, String sync, List<Grant> grants) {
    for (Grant grant : grants) {
      assertThat(store.get(sync, grant.id())).contains(grant);
      assertThat(store.holds(sync, grant.principal(), grant.entitlement())).isTrue();
    }
    assertThat(store.get(sync, "no such grant")).isEmpty();
    assertThat(store.getAll(sync, grants.stream().map(Grant::id).toList()))
        .isEqualTo(grants.stream().map(Optional::of).toList());
  }

  /** By cursor and by pages. */
  private static List<Grant> list(GrantReader store, GrantQuery query) {
    List<Grant> grants = new ArrayList<>();
    try (GrantCursor cursor = store.cursor(query)) {
      while (cursor.next()) {
        grants.add(cursor.grant());
      }
    }
    List<Grant> paged = new ArrayList<>();
    Optional<PageToken> next = Optional.of(PageToken.START);
    while (next.isPresent()) {
      GrantPage page = store.page(query, PAGE_ROWS, next.get());
      paged.addAll(page.grants());
      next = page.next();
    }
    assertThat(paged).isEqualTo(grants);
    return grants;
  }

  private static ContentDigest digest(List<Grant> grants) {
    DigestAccumulator sum = new DigestAccumulator();
    grants.forEach(sum::add);
    return sum.digest();
  }

  private static void unpack(Path target) throws IOException {
    try (InputStream in = FormatTwoTest.class.getResourceAsStream("format-2.zip")) {
      assertThat(in).isNotNull();
      ZipInputStream zip = new ZipInputStream(in);
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path path = target.resolve(entry.getName());
        Files.createDirectories(entry.isDirectory() ? path : path.getParent());
        if (!entry.isDirectory()) {
          Files.write(path, zip.readAllBytes());
        }
      }
    }
  }
}
