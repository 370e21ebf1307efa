package dev.grantstore.sqlite;

import dev.grantstore.keyvalue.StoreIdentity;
import dev.grantstore.layout.FormatVersion;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.sqlite.SQLiteConfig;

/**
 * The tables of a store: one for each {@link Keyspace}, by its label, and {@code default} for the
 * rest, with the rows of {@link MetaKeys}.
 *
 * <p>In the file's header, {@code application_id} says that it is a store, and {@code user_version}
 * is the {@link FormatVersion} in the last byte and a stamp before it: a random number that says
 * which database the file is, 0 in a store that was made in format 1.
 */
final class Schema {
  /** "GRNT" as a number. */
  static final int APPLICATION_ID = 0x47524e54;

  private static final int VERSION_BITS = 8;
  private static final int VERSION_MASK = (1 << VERSION_BITS) - 1;

  private static final Map<Keyspace, TableSql> TABLES = new EnumMap<>(Keyspace.class);

  static {
    for (Keyspace keyspace : Keyspace.values()) {
      TABLES.put(keyspace, TableSql.of(keyspace.label()));
    }
  }

  private Schema() {}

  static TableSql table(Keyspace keyspace) {
    TableSql table = TABLES.get(keyspace);
    if (table == null) {
      throw new IllegalArgumentException("keyspace has no table: " + keyspace);
    }
    return table;
  }

  /**
   * Makes a database with all tables, empty, in a file that is not there. It is of format 1, which
   * has no mark; {@link #setVersion} follows when the mark is there.
   *
   * @return its stamp
   */
  static int create(Path file, UUID identity) throws SQLException {
    try (Connection connection = SqliteFile.connect(file, "", new SQLiteConfig(), 0);
        Statement statement = connection.createStatement()) {
      // Whoever dies meanwhile leaves a file that is thrown away.
      statement.execute("PRAGMA journal_mode = MEMORY");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("BEGIN EXCLUSIVE");
      for (Keyspace keyspace : Keyspace.values()) {
        statement.execute(table(keyspace).create());
      }
      putIdentity(connection, identity);
      statement.execute("PRAGMA application_id = " + APPLICATION_ID);
      int stamp = newStamp();
      setStamp(connection, stamp);
      setVersion(connection, FormatVersion.MARKED - 1);
      statement.execute("COMMIT");
      // Under its final name it would be written through a journal, which a kill would leave there.
      statement.execute("PRAGMA journal_mode = WAL");
      return stamp;
    }
  }

  /**
   * Makes a copy of a database another store's, with a stamp of its own. Not forced to disk.
   *
   * @param file the copy, which nobody else has open
   */
  static void setIdentity(Path file, UUID identity) throws SQLException {
    try (Connection connection = SqliteFile.connect(file, "", new SQLiteConfig(), 0);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = MEMORY");
      statement.execute("BEGIN EXCLUSIVE");
      putIdentity(connection, identity);
      setStamp(connection, newStamp());
      statement.execute("COMMIT");
      statement.execute("PRAGMA journal_mode = WAL");
    }
  }

  private static void putIdentity(Connection connection, UUID identity) throws SQLException {
    try (PreparedStatement put = connection.prepareStatement(table(Keyspace.META).put())) {
      put.setBytes(1, MetaKeys.identity());
      put.setBytes(2, StoreIdentity.encode(identity));
      put.executeUpdate();
    }
  }

  static int version(Session session) throws SQLException {
    return session.with(
        "PRAGMA user_version",
        statement -> {
          try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? version(rows.getInt(1)) : 0;
          }
        });
  }

  /** The format in {@code user_version}. */
  static int version(int userVersion) {
    return userVersion & VERSION_MASK;
  }

  /** The stamp in {@code user_version}. */
  static int stamp(int userVersion) {
    return userVersion >>> VERSION_BITS;
  }

  static int newStamp() {
    // As random as the identities of stores; 0 stands for none.
    return Math.max(1, UUID.randomUUID().hashCode() >>> VERSION_BITS);
  }

  /** Writes what is there already: a transaction of its own, to be committed. */
  static void touch(Connection connection) throws SQLException {
    setUserVersion(connection, userVersion(connection));
  }

  static void setVersion(Connection connection, int version) throws SQLException {
    setUserVersion(connection, (userVersion(connection) & ~VERSION_MASK) | version);
  }

  static void setStamp(Connection connection, int stamp) throws SQLException {
    setUserVersion(connection, (stamp << VERSION_BITS) | version(userVersion(connection)));
  }

  private static int userVersion(Connection connection) throws SQLException {
    return (int) SqliteFile.number(connection, "PRAGMA user_version");
  }

  private static void setUserVersion(Connection connection, int value) throws SQLException {
    SqliteFile.execute(connection, "PRAGMA user_version = " + value);
  }
}
