package dev.grantstore.microtests.encoding.sqlite;

import dev.grantstore.layout.Keyspace;
import dev.grantstore.microtests.encoding.ScratchRows;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Rows in an SQLite database whose tables are as the engine's: one WITHOUT ROWID for each keyspace,
 * key and value as BLOBs. Filled in one transaction, then vacuumed, as full as a load in order.
 */
public final class SqliteRows implements ScratchRows {
  private final Connection connection;
  private final Map<Keyspace, PreparedStatement> puts = new EnumMap<>(Keyspace.class);

  /**
   * Makes an empty database.
   *
   * @param file must not exist
   */
  public SqliteRows(Path file) {
    try {
      connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    } catch (SQLException e) {
      throw new IllegalStateException("scratch database cannot be made: " + file, e);
    }
    try {
      // Nobody needs it after a crash.
      execute("PRAGMA journal_mode = OFF");
      execute("PRAGMA synchronous = OFF");
      execute("BEGIN");
      for (Keyspace keyspace : Keyspace.OF_GRANTS) {
        execute(
            String.format(
                Locale.ROOT,
                "CREATE TABLE \"%s\" (key BLOB NOT NULL PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
                keyspace.label()));
        puts.put(
            keyspace,
            connection.prepareStatement(
                String.format(
                    Locale.ROOT,
                    "INSERT INTO \"%s\" (key, value) VALUES (?, ?)",
                    keyspace.label())));
      }
    } catch (SQLException e) {
      close();
      throw new IllegalStateException("scratch database cannot be made: " + file, e);
    }
  }

  @Override
  public void put(Keyspace keyspace, byte[] key, byte[] value) {
    PreparedStatement put = Objects.requireNonNull(puts.get(keyspace));
    try {
      put.setBytes(1, key);
      put.setBytes(2, value);
      put.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("scratch database cannot be written", e);
    }
  }

  @Override
  public Map<Keyspace, Long> settle() {
    Map<Keyspace, Long> bytes = new EnumMap<>(Keyspace.class);
    try {
      for (PreparedStatement put : puts.values()) {
        put.close();
      }
      execute("COMMIT");
      execute("VACUUM");
      try (Statement statement = connection.createStatement();
          ResultSet tables =
              statement.executeQuery("SELECT name, pgsize FROM dbstat WHERE aggregate = TRUE")) {
        while (tables.next()) {
          for (Keyspace keyspace : Keyspace.OF_GRANTS) {
            if (keyspace.label().equals(tables.getString(1))) {
              bytes.put(keyspace, tables.getLong(2));
            }
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("scratch database cannot be vacuumed", e);
    }
    return bytes;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("scratch database cannot be closed", e);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
