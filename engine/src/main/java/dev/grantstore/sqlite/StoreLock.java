package dev.grantstore.sqlite;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * Keeps a store open for one to write, or for any number to read, in this process and all others.
 *
 * <p>The lock is SQLite's own, on an empty database that is never written. A {@code FileLock} would
 * not do: POSIX gives up a process's locks on a file when it closes the file for any reason, such
 * as a second opening that is refused, and SQLite takes care of that.
 */
final class StoreLock implements AutoCloseable {
  static final String FILE = "LOCK";

  /** Two who try at the same moment may refuse each other; one of them then gets through. */
  private static final int BUSY_MILLIS = 100;

  private final Connection connection;

  private StoreLock(Connection connection) {
    this.connection = connection;
  }

  /** Keeps everybody else out; makes the file if it is missing. */
  static StoreLock forWriting(Path folder) throws SQLException {
    return take(folder, new SQLiteConfig(), "PRAGMA journal_mode = MEMORY", "BEGIN EXCLUSIVE");
  }

  /** Keeps writers out; needs the file. */
  static StoreLock forReading(Path folder) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    return take(folder, config, "BEGIN", "SELECT count(*) FROM sqlite_schema");
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private static StoreLock take(Path folder, SQLiteConfig config, String first, String second)
      throws SQLException {
    Path file = folder.resolve(FILE);
    Connection connection = null;
    try {
      connection = Database.connect(file, "", config, BUSY_MILLIS);
      Database.execute(connection, first);
      Database.execute(connection, second);
      // Whoever made the folder and then failed takes it away, its lock with it.
      if (!Files.exists(file)) {
        throw locked(folder, null);
      }
      return new StoreLock(connection);
    } catch (SQLException e) {
      close(connection);
      if (SqliteErrors.isBusy(e)) {
        throw locked(folder, e);
      }
      if (SqliteErrors.isNotADatabase(e)) {
        throw new GrantStoreException(
            Reason.NOT_A_STORE, "not a grant store, LOCK is not ours: " + folder, e);
      }
      throw e;
    } catch (RuntimeException e) {
      close(connection);
      throw e;
    }
  }

  private static void close(@Nullable Connection connection) throws SQLException {
    if (connection != null) {
      connection.close();
    }
  }

  private static GrantStoreException locked(Path folder, @Nullable Exception cause) {
    return new GrantStoreException(
        Reason.LOCKED, "store is open already, for writing or for reading: " + folder, cause);
  }
}
