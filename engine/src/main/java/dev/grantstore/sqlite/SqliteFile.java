package dev.grantstore.sqlite;

import dev.grantstore.Durability;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * Opens connections to a store's file; all of SQLite's settings are here, with their reasons.
 * Immutable.
 *
 * <p>Memory: SQLite has a cache for each connection and none in common, so each gets a quarter of
 * {@link StoreOptions#cacheBytes}; more than four connections that are busy at once may exceed it.
 * Files are read and not mapped: an I/O error in mapped memory ends the JVM.
 */
final class SqliteFile {
  private static final int CACHE_SHARES = 4;
  private static final int KIBIBYTE = 1 << 10;
  private static final int BUSY_MILLIS = 10_000;

  /** Pages in the write-ahead log before they are copied into the file: 16 MiB. */
  private static final int LOG_PAGES = 4 << 10;

  /** The same where nothing is promised before the seal: 64 MiB. */
  private static final int BULK_LOG_PAGES = 16 << 10;

  /** What the log keeps of its length once copied, and what a large load leaves of it. */
  private static final int LOG_LIMIT_BYTES = 64 << 20;

  /** Immutable: without locks for each read, and on a medium that cannot be written. */
  private static final String IMMUTABLE = "?immutable=1";

  private final Path file;
  private final StoreOptions options;
  private final String readerQuery;
  private final String inspectorQuery;

  /**
   * Looks at the file's surroundings.
   *
   * @param file the database; if it is to be read only, nobody may write it from now on
   */
  SqliteFile(Path file, StoreOptions options) throws IOException {
    this(file, options, isLogged(file) ? "" : IMMUTABLE, options.mode() == OpenMode.READ_ONLY);
  }

  private SqliteFile(Path file, StoreOptions options, String inspectorQuery, boolean inspects) {
    this.file = file;
    this.options = options;
    this.inspectorQuery = inspectorQuery;
    readerQuery = inspects ? inspectorQuery : "";
  }

  /**
   * The same, to look at what is there before it may be written, and before a log is copied: to
   * copy the wrong one would be to lose the right one. Nobody else has the file open.
   */
  SqliteFile toInspect() {
    return new SqliteFile(file, options, inspectorQuery, true);
  }

  private static boolean isLogged(Path file) throws IOException {
    Path log = log(file);
    return Files.exists(log) && Files.size(log) > 0;
  }

  StoreOptions options() {
    return options;
  }

  /** The write-ahead log, if there is one. */
  Path log() {
    return log(file);
  }

  /** The database by the same name in another folder. */
  Path in(Path folder) {
    return folder.resolve(file.getFileName());
  }

  private static Path log(Path file) {
    return file.resolveSibling(file.getFileName() + "-wal");
  }

  /** The connection that writes; makes an empty file if there is none. */
  Connection writer() throws SQLException {
    return connect(file, "", new SQLiteConfig(), BUSY_MILLIS);
  }

  /** Sets up the writer, once the tables are there. */
  void prepareWriter(Connection writer) throws SQLException {
    try (Statement statement = writer.createStatement();
        ResultSet mode = statement.executeQuery("PRAGMA journal_mode = WAL")) {
      if (!mode.next() || !mode.getString(1).equals("wal")) {
        throw new GrantStoreException(
            Reason.UNSUPPORTED, "file system has no write-ahead log for SQLite: " + file);
      }
    }
    execute(writer, "PRAGMA synchronous = " + synchronous());
    // The writer copies the log, since the store's mark has to know of it.
    execute(writer, "PRAGMA wal_autocheckpoint = 0");
    execute(writer, "PRAGMA journal_size_limit = " + LOG_LIMIT_BYTES);
    prepare(writer);
  }

  /**
   * How a commit reaches the disk. NORMAL syncs nothing on commit, only the log and then the file
   * when the log is copied; OFF would save those too, but leave pages in the file that no later
   * sync of the log covers, so that a seal could not be durable.
   */
  String synchronous() {
    return switch (options.durability()) {
      case SYNC -> "FULL";
      case WAL, BULK -> "NORMAL";
    };
  }

  /** How many pages the log may have before they are copied into the file. */
  int logPages() {
    return options.durability() == Durability.BULK ? BULK_LOG_PAGES : LOG_PAGES;
  }

  /**
   * Closes the connection that writes, and leaves the log: with its last connection, unless that
   * only reads, SQLite would copy and delete it, and the store's mark would not know. If there can
   * be no other connection, the writer's is not closed.
   */
  void closeKeepingLog(Connection writer) throws SQLException {
    try (Session last = reader()) {
      synchronized (last) {
        Schema.version(last);
        writer.close();
      }
    }
  }

  /** A new session to read from; the caller closes it. */
  Session reader() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    Connection connection = connect(file, readerQuery, config, BUSY_MILLIS);
    try {
      prepare(connection);
      return new Session(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Opens a connection to a file, whatever characters are in its path. */
  static Connection connect(Path file, String query, SQLiteConfig config, int busyMillis)
      throws SQLException {
    config.enableLoadExtension(false);
    config.setBusyTimeout(busyMillis);
    // Java serialises the calls of a connection already.
    config.setOpenMode(SQLiteOpenMode.NOMUTEX);
    String path = file.toAbsolutePath().toUri().getRawPath();
    return config.createConnection("jdbc:sqlite:file:" + path + query);
  }

  static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void prepare(Connection connection) throws SQLException {
    long cacheKibibytes = options.cacheBytes() / CACHE_SHARES / KIBIBYTE;
    execute(connection, "PRAGMA cache_size = -" + Math.min(Integer.MAX_VALUE, cacheKibibytes));
    execute(connection, "PRAGMA cell_size_check = ON");
    execute(connection, "PRAGMA trusted_schema = OFF");
  }
}
