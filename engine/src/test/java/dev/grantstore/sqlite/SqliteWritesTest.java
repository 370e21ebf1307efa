package dev.grantstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.PrincipalRef;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.SyncRun;
import dev.grantstore.embedded.DurableMark;
import dev.grantstore.layout.FormatVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteWritesTest {
  private static final String SYNC = "sync-1";

  @TempDir private Path temp;

  @Test
  void aWriteThatFindsTheDiskFullFailsAloneAndChangesNothing() throws Exception {
    Schema.create(temp.resolve("grants.db"), UUID.randomUUID());
    Database database = new Database(temp.resolve("grants.db"), StoreOptions.of(OpenMode.OPEN));
    Connection connection = database.writer();
    DurableMark mark = DurableMark.of(temp, FormatVersion.MARKED);
    database.prepareWriter(connection);
    try (SqliteWrites writes =
        new SqliteWrites(database, connection, new Session(connection), mark)) {
      writes.startSync(SyncRun.open(SYNC, "full", Instant.EPOCH));
      Database.execute(connection, "PRAGMA max_page_count = 60");
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

      Database.execute(connection, "PRAGMA max_page_count = 100000");
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

    Database database = new Database(file, StoreOptions.of(OpenMode.OPEN));
    try (Connection connection = database.writer()) {
      database.prepareWriter(connection);
    }

    assertThat(Files.readAllBytes(file)).isEqualTo(made);
  }

  private static boolean fits(SqliteWrites writes, int from) {
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
