package dev.grantstore.sqlite;

import dev.grantstore.Durability;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.keyvalue.DurableMark;
import dev.grantstore.keyvalue.KeyValueDatabase;
import dev.grantstore.keyvalue.KeyValueStore;
import dev.grantstore.layout.FormatVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;

/**
 * A checkpoint of an SQLite database: {@code VACUUM INTO}, one statement and so one moment, on a
 * connection of its own beside writes. The copy has no page that was free, and its own stamp, so
 * that a log of the other cannot pass for its own.
 */
final class SqliteCheckpoint implements KeyValueDatabase.Checkpoint {
  private final SqliteFile file;
  private final Path store;

  /**
   * Prepares one.
   *
   * @param folder where the new store is to be
   */
  SqliteCheckpoint(SqliteFile file, Path folder) {
    this.file = file;
    this.store = folder.resolve(STORE);
  }

  /** What the statement sees later has all that was committed by now. */
  @Override
  public void take(Runnable look) {}

  @Override
  public void write(long commit, Runnable look) throws SQLException, IOException {
    Files.createDirectory(store);
    Path made = file.in(store);
    try (Session session = file.reader()) {
      session.copyTo(made, look);
    }
    UUID identity = UUID.randomUUID();
    Schema.setIdentity(made, identity);
    DurableMark.of(store, FormatVersion.MARKED).write(identity, commit, null);
  }

  @Override
  public KeyValueStore open() {
    StoreOptions options =
        new StoreOptions(OpenMode.OPEN, Durability.WAL, 0, file.options().engineOptions());
    return (KeyValueStore) new SqliteGrantStoreProvider().open(store.toString(), options);
  }

  @Override
  public void close() {}
}
