package dev.grantstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.layout.Keyspace;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A statement that takes long is broken off when somebody asks, and its session is of use then. */
final class AskingTest {
  private static final int ROWS = 5_000;

  @TempDir private Path temp;

  @Test
  void theCheckOfPagesCanBeBrokenOff() throws Exception {
    Path file = temp.resolve("grants.db");
    Schema.create(file, UUID.randomUUID());
    SqliteFile database = new SqliteFile(file, StoreOptions.of(OpenMode.OPEN));
    try (Connection connection = database.writer()) {
      database.prepareWriter(connection);
      connection.setAutoCommit(false);
      Session writer = new Session(connection);
      for (int i = 0; i < ROWS; i++) {
        byte[] key = ByteBuffer.allocate(Integer.BYTES).putInt(i).array();
        writer.update(Schema.table(Keyspace.GRANTS).put(), key, key);
      }
      connection.commit();
    }

    try (Session session = database.reader()) {
      AtomicInteger looks = new AtomicInteger();
      SqliteDatabase.checkPages(session, looks::incrementAndGet);
      int most = looks.get();
      assertThat(most).isGreaterThan(2);

      CancellationException end = new CancellationException();
      assertThatThrownBy(
              () ->
                  SqliteDatabase.checkPages(
                      session,
                      () -> {
                        if (looks.decrementAndGet() == most - 2) {
                          throw end;
                        }
                      }))
          .isSameAs(end);
      assertThat(looks).hasValue(most - 2);

      SqliteDatabase.checkPages(session, () -> {});
    }
  }
}
