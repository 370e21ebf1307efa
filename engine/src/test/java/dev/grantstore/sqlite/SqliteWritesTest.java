package dev.grantstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PrincipalRef;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.folder.FolderTree;
import dev.grantstore.keyvalue.CatalogRows;
import dev.grantstore.keyvalue.DurableMark;
import dev.grantstore.keyvalue.KeyValueStore;
import dev.grantstore.layout.FormatVersion;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteWritesTest {
  private static final String SYNC = "sync-1";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private interface Planted {
    void on(String sql) throws SQLException, IOException;
  }

  @TempDir private Path temp;
  private Path folder;
  private @Nullable Connection writer;
  private Planted before = sql -> {};
  private Planted after = sql -> {};

  @BeforeEach
  void chooseFolder() {
    folder = temp.resolve("store");
  }

  @Test
  void aWriteThatFindsTheDiskFullFailsAloneAndChangesNothing() throws Exception {
    try (GrantStore writes = writes()) {
      writes.startSync(SYNC, "full", Instant.EPOCH);
      SqliteFile.execute(Objects.requireNonNull(writer), "PRAGMA max_page_count = 60");
      int written = 0;
      while (written < 100_000 && fits(writes, written)) {
        written += 100;
      }
      int full = written;
      assertThat(full).isBetween(100, 99_999);
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> writes.putAll(SYNC, grants(full, 5_000)))
            .isInstanceOfSatisfying(
                GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_SPACE));
        writes.flush();
      }

      SqliteFile.execute(Objects.requireNonNull(writer), "PRAGMA max_page_count = 100000");
      writes.putAll(SYNC, grants(full, 100));

      assertThat(writes.seal(SYNC, Instant.EPOCH).digest()).contains(digest(grants(0, full + 100)));
    }
  }

  /** A kill in the first opening would leave that journal, beside a database that has none. */
  @Test
  void aNewDatabaseIsLoggedFromTheStartAndNeedsNoOtherJournal() throws Exception {
    Path file = temp.resolve("grants.db");
    Schema.create(file, UUID.randomUUID());
    byte[] made = Files.readAllBytes(file);
    try (Stream<Path> files = Files.list(temp)) {
      assertThat(files).containsExactly(file);
    }

    SqliteFile database = new SqliteFile(file, StoreOptions.of(OpenMode.OPEN));
    try (Connection connection = database.writer()) {
      database.prepareWriter(connection);
    }

    assertThat(Files.readAllBytes(file)).isEqualTo(made);
  }

  @Test
  void aLookAtTheLogThatFailsIsNoFailureOfTheWriteBefore() throws Exception {
    try (GrantStore writes = writes()) {
      writes.startSync(SYNC, "full", Instant.EPOCH);
      writes.startSync("dropped", "full", Instant.EPOCH);
      before =
          sql -> {
            if (sql.contains("wal_checkpoint")) {
              throw new SQLException("planted");
            }
          };

      // As often as it takes to have it looked at.
      for (int i = 0; i < 100; i++) {
        writes.putAll(SYNC, grants(100 * i, 100));
      }
      writes.drop("dropped");

      assertThat(writes.sync("dropped")).isEmpty();
      before = sql -> {};
      assertThat(writes.seal(SYNC, Instant.EPOCH).digest()).contains(digest(grants(0, 10_000)));
    }
  }

  @Test
  void theLogIsEmptiedOnlyOnceAllOfItIsCopied() throws Exception {
    Path log = folder.resolve("grants.db-wal");
    List<String> done = new ArrayList<>();
    try (GrantStore writes = writes();
        Session reader =
            new SqliteFile(folder.resolve("grants.db"), StoreOptions.of(OpenMode.OPEN)).reader()) {
      writes.startSync(SYNC, "full", Instant.EPOCH);
      synchronized (reader) {
        reader.pin();
      }
      writes.putAll(SYNC, grants(0, 100));
      before = done::add;

      writes.settle(PATIENCE);

      assertThat(done).anyMatch(sql -> sql.contains("PASSIVE"));
      assertThat(done).noneMatch(sql -> sql.contains("TRUNCATE"));
      assertThat(log).isNotEmptyFile();
      synchronized (reader) {
        reader.unpin();
      }
      writes.settle(PATIENCE);
      assertThat(log).isEmptyFile();
    }
  }

  /** From any moment on, for one call or for good; and the process is killed, or closes. */
  @Tag("deep")
  @Test
  void aMarkThatCannotBeReplacedCostsNothingThatWasWritten() throws Exception {
    for (boolean lasting : new boolean[] {false, true}) {
      int moment = 0;
      while (isWholeWithoutMarksFrom(++moment, lasting)) {
        FolderTree.delete(folder);
      }
      assertThat(moment).isGreaterThan(10);
      FolderTree.delete(folder);
    }
  }

  /** Whether there was such a moment: one before or after a plain statement. */
  private boolean isWholeWithoutMarksFrom(int moment, boolean lasting) throws Exception {
    Path killed = temp.resolve("killed");
    Path inTheWay = folder.resolve("WATERMARK.next");
    AtomicInteger moments = new AtomicInteger();
    Planted planted =
        sql -> {
          if (moments.incrementAndGet() == moment) {
            Files.createDirectory(inTheWay);
          }
        };
    Set<String> written = new TreeSet<>();
    GrantStore writes = writes();
    writes.startSync(SYNC, "full", Instant.EPOCH);
    before = planted;
    after = planted;
    List<Runnable> calls = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      calls.add(puts(writes, i, written));
    }
    calls.add(writes::flush);
    calls.add(() -> writes.settle(PATIENCE));
    calls.add(puts(writes, 100, written));
    calls.add(() -> writes.settle(PATIENCE));
    calls.add(puts(writes, 200, written));
    calls.add(puts(writes, 201, written));
    for (Runnable call : calls) {
      try {
        call.run();
      } catch (GrantStoreException e) {
        assertThat(e.reason()).isEqualTo(Reason.IO);
      }
      if (!lasting) {
        Files.deleteIfExists(inTheWay);
      }
    }
    copy(folder, killed);
    try {
      writes.close();
    } catch (GrantStoreException e) {
      assertThat(e.reason()).isEqualTo(Reason.IO);
    }
    before = sql -> {};
    after = sql -> {};
    for (Path left : List.of(killed, folder)) {
      Files.deleteIfExists(left.resolve("WATERMARK.next"));
      for (OpenMode mode : List.of(OpenMode.READ_ONLY, OpenMode.OPEN, OpenMode.READ_ONLY)) {
        try (GrantStore store = GrantStores.open("sqlite:" + left, StoreOptions.of(mode))) {
          assertThat(ids(store)).as("%s from %d, %s", left, moment, mode).isEqualTo(written);
        }
      }
    }
    FolderTree.delete(killed);
    return moments.get() >= moment;
  }

  private static Runnable puts(GrantStore writes, int number, Set<String> written) {
    return () -> {
      writes.putAll(SYNC, grants(number, 1));
      written.add("g" + number);
    };
  }

  private static Set<String> ids(GrantStore store) {
    Set<String> ids = new TreeSet<>();
    try (GrantCursor cursor = store.cursor(new GrantQuery.Scan(SYNC))) {
      while (cursor.next()) {
        ids.add(cursor.grant().id());
      }
    }
    return ids;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    for (Path file : FolderTree.entries(from)) {
      if (Files.isRegularFile(file) && !file.endsWith("grants.db-shm")) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  /** A new store whose writer is watched. */
  private GrantStore writes() throws Exception {
    Files.createDirectory(folder);
    Files.createFile(folder.resolve("LOCK"));
    Path path = folder.resolve("grants.db");
    UUID identity = UUID.randomUUID();
    int stamp = Schema.create(path, identity);
    SqliteFile file = new SqliteFile(path, StoreOptions.of(OpenMode.OPEN));
    Connection watched = watched(file.writer());
    writer = watched;
    file.prepareWriter(watched);
    DurableMark mark = DurableMark.of(folder, FormatVersion.MARKED);
    SqliteDatabase database = SqliteDatabase.forWriting(file, watched, mark, identity, stamp, 0);
    KeyValueStore store =
        KeyValueStore.forWriting(
            database,
            CatalogRows.read(database),
            new KeyValueStore.Place(identity, folder, () -> {}));
    store.makeFirst();
    database.finishMaking();
    return store;
  }

  /** A connection with something planted before and after its plain statements. */
  private Connection watched(Connection connection) {
    return proxy(
        Connection.class,
        (self, method, arguments) -> {
          Object made = invoke(connection, method, arguments);
          return made instanceof Statement plain && !(made instanceof PreparedStatement)
              ? watched(plain)
              : made;
        });
  }

  private Statement watched(Statement statement) {
    return proxy(
        Statement.class,
        (self, method, arguments) -> {
          boolean isSql = arguments != null && arguments[0] instanceof String;
          if (isSql) {
            before.on((String) arguments[0]);
          }
          Object result = invoke(statement, method, arguments);
          if (isSql) {
            after.on((String) arguments[0]);
          }
          return result;
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static boolean fits(GrantStore writes, int from) {
    try {
      writes.putAll(SYNC, grants(from, 100));
      return true;
    } catch (GrantStoreException e) {
      assertThat(e.reason()).isEqualTo(Reason.NO_SPACE);
      return false;
    }
  }

  private static List<Grant> grants(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(
            i ->
                Grant.of(
                    "g" + i,
                    new EntitlementRef("app", "a" + i % 7, "member"),
                    new PrincipalRef("user", "u" + i % 11),
                    Instant.EPOCH))
        .toList();
  }

  private static ContentDigest digest(List<Grant> grants) {
    DigestAccumulator sum = new DigestAccumulator();
    grants.forEach(sum::add);
    return sum.digest();
  }
}
