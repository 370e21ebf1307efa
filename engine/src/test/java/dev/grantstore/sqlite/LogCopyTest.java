package dev.grantstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PrincipalRef;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.folder.FolderTree;
import dev.grantstore.keyvalue.DurableMark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that holds half of a log needs that log. */
final class LogCopyTest {
  private static final String SYNC = "sync-1";
  private static final int HEADER_BYTES = 32;
  private static final int FRAME_BYTES = 24 + 4_096;

  @TempDir private Path temp;
  private Path killed;
  private Path log;

  /** As a kill leaves it, with a log that holds everything. */
  @BeforeEach
  void kill() throws IOException {
    Path live = temp.resolve("live");
    killed = temp.resolve("killed");
    log = killed.resolve("grants.db-wal");
    open(live, OpenMode.CREATE).close();
    try (GrantStore store = open(live, OpenMode.OPEN)) {
      store.startSync(SYNC, "full", Instant.EPOCH);
      for (int i = 0; i < 20; i++) {
        store.put(SYNC, grant(i));
      }
      store.flush();
      Files.createDirectory(killed);
      Files.createFile(killed.resolve("LOCK"));
      for (String name : List.of("grants.db", "grants.db-wal", "WATERMARK", "WATERMARK.base")) {
        Files.copy(live.resolve(name), killed.resolve(name));
      }
    }
  }

  @Test
  void framesAreCountedAsSqliteDoes() throws IOException {
    byte[] whole = Files.readAllBytes(log);
    long frames = (whole.length - (long) HEADER_BYTES) / FRAME_BYTES;
    assertThat(frames).isGreaterThan(40);
    assertThat(LogFile.committedFrames(log)).isEqualTo(frames);

    for (int at : List.of(0, 8, 16, 24, HEADER_BYTES + 20, HEADER_BYTES + 1_000)) {
      Files.write(log, flipped(whole, at));
      assertThat(LogFile.committedFrames(log)).as("at %d", at).isZero();
    }
    Files.write(log, flipped(whole, whole.length - 1));
    assertThat(LogFile.committedFrames(log)).isBetween(frames / 2, frames - 1);
    for (int length : new int[] {0, 10, HEADER_BYTES, HEADER_BYTES + 100}) {
      Files.write(log, Arrays.copyOf(whole, length));
      assertThat(LogFile.committedFrames(log)).isZero();
    }
    Files.delete(log);
    assertThat(LogFile.committedFrames(log)).isZero();
  }

  /** Cut behind each frame, it has those up to the last that ends a transaction. */
  @Test
  void framesBehindTheLastCommitAreNotCounted() throws IOException {
    byte[] whole = Files.readAllBytes(log);
    int frames = (whole.length - HEADER_BYTES) / FRAME_BYTES;
    int committed = 0;
    Set<Integer> counts = new HashSet<>();
    for (int frame = 1; frame <= frames; frame++) {
      int at = HEADER_BYTES + (frame - 1) * FRAME_BYTES;
      boolean endsOne = ByteBuffer.wrap(whole).getInt(at + 4) != 0;
      committed = endsOne ? frame : committed;
      counts.add(committed);
      for (int more : new int[] {0, 1, FRAME_BYTES - 1}) {
        Files.write(log, Arrays.copyOf(whole, Math.min(whole.length, at + FRAME_BYTES + more)));
        assertThat(LogFile.committedFrames(log)).as("frame %d", frame).isEqualTo(committed);
      }
    }
    assertThat(counts.size()).as("some transactions take several").isBetween(5, frames - 1);
  }

  @Test
  void aCopyThatWasCutShortIsFinished() throws IOException {
    saysCopying(LogFile.committedFrames(log));

    assertThat(ids(OpenMode.READ_ONLY)).hasSize(20);
    assertThat(ids(OpenMode.OPEN)).hasSize(20);

    assertThat(Files.readString(killed.resolve("WATERMARK"))).doesNotContain("copying");
    assertThat(log).doesNotExist();
    assertThat(ids(OpenMode.READ_ONLY)).hasSize(20);
  }

  @Test
  void anOpeningThatCannotSayThatACopyIsDoneFailsAloneAndKeepsTheLog() throws IOException {
    saysCopying(LogFile.committedFrames(log));
    Path inTheWay = Files.createDirectories(killed.resolve("WATERMARK.next"));

    assertThatThrownBy(() -> open(killed, OpenMode.OPEN))
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.IO));

    Files.delete(inTheWay);
    assertThat(ids(OpenMode.READ_ONLY)).hasSize(20);
    assertThat(ids(OpenMode.OPEN)).hasSize(20);
    assertThat(log).doesNotExist();
  }

  @Test
  void aLogThatIsLostWhileItWasCopiedIsALossThoughTheDatabaseHasTheLastWrite() throws IOException {
    byte[] whole = Files.readAllBytes(log);
    long frames = LogFile.committedFrames(log);
    byte[] mark = Files.readAllBytes(killed.resolve("WATERMARK"));
    byte[] base = Files.readAllBytes(killed.resolve("WATERMARK.base"));
    // All of it is in the database, for all that SQLite can tell.
    assertThat(ids(OpenMode.OPEN)).hasSize(20);
    String stamp = note().substring("base ".length());
    Files.write(killed.resolve("WATERMARK"), mark);
    Files.write(killed.resolve("WATERMARK.base"), base);
    says("copying " + frames + " " + note() + " " + stamp);

    for (byte[] left :
        List.of(
            new byte[0],
            Arrays.copyOf(whole, HEADER_BYTES),
            Arrays.copyOf(whole, whole.length / 2),
            flipped(whole, 5),
            flipped(whole, HEADER_BYTES + 7 * FRAME_BYTES))) {
      Files.write(log, left);
      assertRefused();
    }
    Files.delete(log);
    assertRefused();
    Files.write(log, whole);
    assertThat(ids(OpenMode.OPEN)).hasSize(20);
  }

  /** SQLite would open it: the log answers for the last write and for the store's identity. */
  @Test
  void aDatabaseOfAnotherTimeOrStoreBesideTheLogIsALoss() throws IOException {
    byte[] right = Files.readAllBytes(killed.resolve("grants.db"));
    Path other = temp.resolve("other");
    open(other, OpenMode.CREATE).close();
    Path later = temp.resolve("live");

    for (Path from : List.of(other, later)) {
      Files.write(killed.resolve("grants.db"), Files.readAllBytes(from.resolve("grants.db")));
      assertRefused();
    }
    Files.write(killed.resolve("grants.db"), right);
    assertThat(ids(OpenMode.OPEN)).hasSize(20);
  }

  /** Each copy that readers cut short may have brought its stamp, and the last one may not. */
  @Test
  void copiesBesideAReaderAreOpenedAfterAKillWithWhicheverStampTheyBrought() throws IOException {
    Path location = temp.resolve("read");
    try (GrantStore store = open(location, OpenMode.CREATE)) {
      store.startSync(SYNC, "full", Instant.EPOCH);
      for (int i = 0; i < 12; i++) {
        try (GrantSnapshot reader = store.snapshot()) {
          store.put(SYNC, grant(i));
          store.settle(Duration.ZERO);
          store.put(SYNC, grant(i + 100));
          assertThat(reader.syncs()).hasSize(1);
        }
        if (i % 10 == 9) {
          store.settle(Duration.ZERO);
        }
        FolderTree.delete(killed);
        Files.createDirectory(killed);
        for (String name :
            List.of("LOCK", "grants.db", "grants.db-wal", "WATERMARK", "WATERMARK.base")) {
          if (name.equals("LOCK")) {
            Files.createFile(killed.resolve(name));
          } else {
            Files.copy(location.resolve(name), killed.resolve(name));
          }
        }
        assertThat(ids(OpenMode.READ_ONLY)).hasSize(2 * i + 2);
        assertThat(ids(OpenMode.OPEN)).hasSize(2 * i + 2);
        assertThat(ids(OpenMode.OPEN)).hasSize(2 * i + 2);
      }
    }
  }

  @Test
  void aLongLogIsCopiedAndTheMarkSaysSo() throws IOException {
    Path location = temp.resolve("long");
    try (GrantStore store = open(location, OpenMode.CREATE)) {
      store.startSync(SYNC, "full", Instant.EPOCH);
      long before = Files.size(location.resolve("grants.db"));
      for (int round = 0; round < 30; round++) {
        int from = round * 2_000;
        store.putAll(SYNC, IntStream.range(from, from + 2_000).mapToObj(i -> grant(i)).toList());
      }
      assertThat(Files.size(location.resolve("grants.db"))).isGreaterThan(before + (1 << 20));
      assertThat(Files.size(location.resolve("grants.db-wal"))).isLessThan(64 << 20);
      assertThat(Files.readString(location.resolve("WATERMARK"))).doesNotContain("copying");
    }
  }

  /** However often it was copied before, to its end or beside a reader. */
  @Test
  void aCopyIsDueOnceThereAreSoManyPagesMore() throws Exception {
    String database = "jdbc:sqlite:" + temp.resolve("copied.db");
    try (Connection writer = DriverManager.getConnection(database);
        Statement statement = writer.createStatement()) {
      for (String sql :
          List.of(
              "PRAGMA journal_mode = WAL",
              "PRAGMA wal_autocheckpoint = 0",
              "CREATE TABLE t (a BLOB)")) {
        statement.execute(sql);
      }
      LogCopy copy = new LogCopy(writer, DurableMark.of(temp, 2), new UUID(0, 1), 60, 1);
      int stamp = 2;
      for (; stamp < 8; stamp++) {
        assertThat(writesUntilDue(copy, statement)).as("stamp %d", stamp).isBetween(10, 30);
        assertThat(copy.run(stamp, stamp)).isTrue();
      }
      try (Connection reader = DriverManager.getConnection(database);
          Statement reading = reader.createStatement()) {
        reading.execute("BEGIN");
        reading.execute("SELECT * FROM t");
        for (; stamp < 12; stamp++) {
          assertThat(writesUntilDue(copy, statement)).as("stamp %d", stamp).isBetween(10, 30);
          assertThat(copy.run(stamp, stamp)).isFalse();
        }
      }
    }
  }

  /** Each takes three pages or four. */
  private static int writesUntilDue(LogCopy copy, Statement statement) throws SQLException {
    int writes = 0;
    do {
      statement.execute("INSERT INTO t VALUES (zeroblob(10000))");
      writes++;
    } while (!copy.isDue() && writes < 1_000);
    return writes;
  }

  private void saysCopying(long frames) throws IOException {
    says("copying " + frames + " " + note());
  }

  private String note() throws IOException {
    DurableMark mark = DurableMark.of(killed, 2);
    mark.read(2);
    return mark.note().orElseThrow();
  }

  private void says(String note) throws IOException {
    DurableMark mark = DurableMark.of(killed, 2);
    mark.read(2);
    List<String> lines = Files.readAllLines(killed.resolve("WATERMARK"));
    String store = lines.stream().filter(line -> line.startsWith("store ")).findAny().orElseThrow();
    mark.write(UUID.fromString(store.substring("store ".length())), mark.commit(), note);
  }

  private List<String> ids(OpenMode mode) {
    try (GrantStore store = open(killed, mode);
        GrantCursor cursor = store.cursor(new GrantQuery.Scan(SYNC))) {
      Stream.Builder<String> ids = Stream.builder();
      while (cursor.next()) {
        ids.add(cursor.grant().id());
      }
      return ids.build().toList();
    }
  }

  private void assertRefused() {
    for (OpenMode mode : List.of(OpenMode.READ_ONLY, OpenMode.OPEN, OpenMode.OPEN_OR_CREATE)) {
      assertThatThrownBy(() -> open(killed, mode))
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DATA_LOSS));
    }
  }

  private static byte[] flipped(byte[] whole, int at) {
    byte[] flipped = whole.clone();
    flipped[at] ^= 1;
    return flipped;
  }

  private static GrantStore open(Path location, OpenMode mode) {
    return GrantStores.open("sqlite:" + location, StoreOptions.of(mode));
  }

  private static Grant grant(int number) {
    return Grant.of(
        "g" + number,
        new EntitlementRef("app", "app-" + number % 7, "member"),
        new PrincipalRef("user", "u" + number % 11),
        Instant.EPOCH);
  }
}
