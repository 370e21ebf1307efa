package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.Bytes;
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
import dev.grantstore.layout.FormatVersion;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Stores that were made in formats 2 to 4: their folders are in {@code format-2.zip}, {@code
 * format-3.zip} and {@code format-4.zip}, those of killed SQLite writers too, with their logs. From
 * format 3 on sealed syncs of RocksDB are packed. {@link EarlierFormatStore} says what they hold.
 */
final class EarlierFormatsTest {
  private static final Map<String, String> DIGESTS =
      Map.of(
          "full", "2548ffcf0d17a6035268933ffeba059d/58",
          "loaded", "ac01dfbb32d6dcb4052d5b54fab21b55/60",
          "empty", "00000000000000000000000000000000/0");

  private static final List<String> FOLDERS =
      List.of("rocksdb", "sqlite", "killed-sqlite", "lmdb", "mvstore");

  private static final int MOST_CRASH_POINTS = 20;
  private static final int PAGE_ROWS = 7;

  @TempDir private Path temp;
  private int copies;

  static List<Arguments> stores() {
    List<Arguments> stores = new ArrayList<>();
    for (int format = 2; format < FormatVersion.CURRENT; format++) {
      for (String folder : FOLDERS) {
        stores.add(Arguments.of(format, folder));
      }
    }
    return stores;
  }

  @ParameterizedTest
  @MethodSource("stores")
  void isReadAndStaysAsItIs(int format, String folder) throws Exception {
    Path location = unpack(format).resolve(folder);
    Map<Path, byte[]> before = Folders.contents(location);
    for (int opening = 0; opening < 2; opening++) {
      try (GrantStore store = open(location, OpenMode.READ_ONLY)) {
        assertWhole(store, EarlierFormatStore.contents());
      }
    }
    before
        .keySet()
        .removeIf(file -> file.endsWith("grants.db-shm") || file.endsWith("grants.mdb-lock"));
    Folders.contents(location)
        .forEach(
            (file, bytes) ->
                assertThat(bytes).as("%s", file).isEqualTo(before.getOrDefault(file, bytes)));
    assertThat(format(location)).isEqualTo(format);
  }

  @ParameterizedTest
  @MethodSource("stores")
  void becomesTheNewestByItsFirstOpeningForWriting(int format, String folder) throws Exception {
    Path location = unpack(format).resolve(folder);
    open(location, OpenMode.OPEN).close();
    assertThat(format(location)).isEqualTo(FormatVersion.CURRENT);
    for (OpenMode mode : List.of(OpenMode.READ_ONLY, OpenMode.OPEN, OpenMode.READ_ONLY)) {
      try (GrantStore store = open(location, mode)) {
        assertWhole(store, EarlierFormatStore.contents());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("stores")
  void isWrittenOn(int format, String folder) throws Exception {
    Path location = unpack(format).resolve(folder);
    Map<String, List<Grant>> expected = EarlierFormatStore.contents();
    Bytes token = Bytes.copyOf(new byte[] {1, 2, 3});
    try (GrantStore store = open(location, OpenMode.OPEN)) {
      assertThat(store.sync(EarlierFormatStore.OPEN).orElseThrow().resumeToken()).isEmpty();
      // No older format could hold one.
      store.putAll(EarlierFormatStore.OPEN, List.of(), token);
    }
    try (GrantStore store = open(location, OpenMode.OPEN)) {
      assertThat(store.sync(EarlierFormatStore.OPEN).orElseThrow().resumeToken()).contains(token);
      // Some new, some over those of the older format, and some of those taken away.
      store.putAll(EarlierFormatStore.OPEN, EarlierFormatStore.grants(5, 25, "other"));
      store.deleteAll(EarlierFormatStore.OPEN, List.of("g 0", "g 5", "g 24"));
      List<Grant> open = new ArrayList<>(EarlierFormatStore.grants(1, 5, "u"));
      open.addAll(EarlierFormatStore.grants(6, 24, "other"));
      expected.put(EarlierFormatStore.OPEN, open);
      assertWhole(store, expected);
      store.seal(EarlierFormatStore.OPEN, EarlierFormatStore.NOW);
      store.startSync("new", "full", EarlierFormatStore.NOW);
      store.putAll("new", expiring());
      expected.put("new", expiring());
      try (BulkLoad load =
          store.bulkLoad("more", "full", EarlierFormatStore.NOW, BulkLoadOptions.defaults())) {
        try (BulkPart part = load.openPart()) {
          EarlierFormatStore.grants(0, 40, "replaced").forEach(part::add);
          EarlierFormatStore.grants(0, 40, "more").forEach(part::add);
        }
        load.commit(EarlierFormatStore.NOW);
      }
      expected.put("more", EarlierFormatStore.grants(0, 40, "more"));
      store.drop("loaded");
      expected.remove("loaded");
    }
    for (OpenMode mode : List.of(OpenMode.READ_ONLY, OpenMode.OPEN)) {
      try (GrantStore store = open(location, mode)) {
        assertWhole(store, expected);
      }
    }
    assertThat(format(location)).isEqualTo(FormatVersion.CURRENT);
  }

  /** The version byte of a value says whether a checksum ends it. */
  @Test
  void rowsStayAsTheyAreAndNewOnesHaveChecksums() throws Exception {
    Path location = unpack(2).resolve("sqlite");
    Map<Integer, Integer> before = valuesByVersion(location);
    assertThat(before).containsOnlyKeys(1);
    try (GrantStore store = open(location, OpenMode.OPEN)) {
      store.putAll(EarlierFormatStore.OPEN, EarlierFormatStore.grants(8, 12, "u"));
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
        ? FOLDERS.stream()
        : Stream.of("rocksdb", "killed-sqlite");
  }

  @ParameterizedTest
  @MethodSource("firstOpenedByOneThatDies")
  void isWholeWhereverTheFirstOpeningDies(String folder) throws Exception {
    assertWholeWhereverItDies(3, folder);
  }

  @Tag("deep")
  @ParameterizedTest
  @FieldSource("FOLDERS")
  void anOlderOneIsWholeWhereverTheFirstOpeningDies(String folder) throws Exception {
    assertWholeWhereverItDies(2, folder);
  }

  /** Before the version is written it is the old store, and after it the new one. */
  private void assertWholeWhereverItDies(int format, String folder) throws Exception {
    List<Integer> formats = new ArrayList<>();
    boolean died = true;
    for (int at = 1; died; at++) {
      assertThat(at).isLessThan(MOST_CRASH_POINTS);
      Path location = unpack(format).resolve(folder);
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
        assertWhole(store, EarlierFormatStore.contents());
      }
      formats.add(format(location));
      try (GrantStore store = open(location, OpenMode.OPEN)) {
        assertWhole(store, EarlierFormatStore.contents());
      }
      assertThat(format(location)).isEqualTo(FormatVersion.CURRENT);
    }
    assertThat(formats).isSorted().contains(format, FormatVersion.CURRENT);
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

  /** Grants that no older format could hold. */
  private static List<Grant> expiring() {
    return EarlierFormatStore.grants(0, 30, "new").stream()
        .map(grant -> grant.withExpiresAt(Optional.of(grant.discoveredAt().plusNanos(1))))
        .toList();
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
      String named = Files.readAllLines(format).get(1);
      return Integer.parseInt(named.substring("format ".length()));
    }
    Path lmdb = location.resolve("grants.mdb");
    if (Files.exists(lmdb)) {
      String bytes = new String(Files.readAllBytes(lmdb), StandardCharsets.ISO_8859_1);
      int newest = FormatVersion.CURRENT;
      while (!bytes.contains("format\0\0\0\0" + (char) newest)) {
        newest--;
      }
      return newest;
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

  /** {@return a folder with the stores of a format} */
  private Path unpack(int format) throws IOException {
    Path target = temp.resolve("given-" + ++copies);
    try (InputStream in =
        EarlierFormatsTest.class.getResourceAsStream("format-" + format + ".zip")) {
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
    return target;
  }
}
