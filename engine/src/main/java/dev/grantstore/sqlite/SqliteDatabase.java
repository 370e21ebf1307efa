package dev.grantstore.sqlite;

import dev.grantstore.CheckpointFiles;
import dev.grantstore.Closing;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.StoreStats;
import dev.grantstore.codec.ValueForm;
import dev.grantstore.keyvalue.Batch;
import dev.grantstore.keyvalue.DurableMark;
import dev.grantstore.keyvalue.KeyValueDatabase;
import dev.grantstore.keyvalue.View;
import dev.grantstore.layout.FormatVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * SQLite under a store: reads through a pool of sessions, writes on one connection. A write that
 * fails is rolled back, so the database is always whole.
 */
final class SqliteDatabase implements KeyValueDatabase {
  /** Compares its pages, tables and free list with one another; tells ten problems. */
  private static final String CHECK = "PRAGMA integrity_check(10)";

  private final SqliteFile file;
  private final SessionPool pool;
  private final SqliteView live;
  private final SqliteFigures figures;
  private final @Nullable Writer writer;
  private volatile long commit;

  /**
   * Takes ownership of the writer.
   *
   * @param writer null if it is to be read only
   * @param commit the number of the last write
   */
  private SqliteDatabase(SqliteFile file, @Nullable Writer writer, long commit) {
    this.file = file;
    this.writer = writer;
    this.commit = commit;
    pool = new SessionPool(file);
    live = SqliteView.live(pool);
    figures = new SqliteFigures(file);
  }

  static SqliteDatabase forReading(SqliteFile file, long commit) {
    return new SqliteDatabase(file, null, commit);
  }

  /**
   * Takes ownership of the connection that writes, and ends what another process was at when it
   * died.
   *
   * @param stamp the database file's
   */
  static SqliteDatabase forWriting(
      SqliteFile file,
      Connection connection,
      DurableMark mark,
      UUID identity,
      int stamp,
      long commit)
      throws SQLException, IOException {
    Writer writer = new Writer(file, connection, mark, identity, stamp, commit);
    if (writer.log.isCopying()) {
      writer.copyNeeded();
    }
    return new SqliteDatabase(file, writer, commit);
  }

  @Override
  public SqliteView live() {
    return live;
  }

  /** SQLite has no checksums over its pages. */
  @Override
  public ValueForm valueForm() {
    return ValueForm.CHECKED;
  }

  @Override
  public View snapshot() throws SQLException {
    return live.pinned();
  }

  @Override
  public View briefSnapshot() throws SQLException {
    return live.brieflyPinned();
  }

  @Override
  public Batch begin(boolean durably) throws SQLException, IOException {
    return writer().begin(durably);
  }

  /** A commit that syncs the log covers all before it; there is no other way to ask. */
  @Override
  public void sync() throws SQLException, IOException {
    if (writer().log.isNeeded()) {
      writer().commitDurably(Schema::touch);
    }
  }

  @Override
  public void mark(long last) throws IOException {
    writer().commit = last;
    writer().log.mark(last);
  }

  @Override
  public void afterCommit(long last) {
    commit = last;
    writer().afterCommit(last);
  }

  /** Empties SQLite's log, which open cursors and snapshots may keep it from. */
  @Override
  public void compact(Duration timeout) throws SQLException, IOException {
    writer().emptyLog();
  }

  @Override
  public boolean keepsFiles() {
    return true;
  }

  @Override
  public Checkpoint checkpoint(Path folder, CheckpointFiles files) {
    return new SqliteCheckpoint(file, folder);
  }

  @Override
  public StoreStats stats() throws SQLException, IOException {
    return live.read(session -> figures.read(session, commit));
  }

  @Override
  public void checkFiles(Runnable look) throws SQLException {
    live.read(session -> checkPages(session, look));
  }

  static boolean checkPages(Session session, Runnable look) throws SQLException {
    return session.asking(look, CHECK, SqliteDatabase::requireOk);
  }

  private static boolean requireOk(PreparedStatement check) throws SQLException {
    List<String> found = new ArrayList<>();
    try (ResultSet rows = check.executeQuery()) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    if (!found.equals(List.of("ok"))) {
      throw new GrantStoreException(Reason.CORRUPTION, "database is damaged: " + found);
    }
    return true;
  }

  /** Says that the store has the newest format; its mark is there. */
  void finishMaking() throws SQLException, IOException {
    // The other way round, whoever died between would have lost the mark.
    writer().log.end();
    Schema.setVersion(writer().connection, FormatVersion.CURRENT);
  }

  @Override
  public void end() throws IOException {
    writer().end();
  }

  /** A log that was not copied stays, as after a kill. */
  @Override
  public void close() {
    try {
      Closing.all(List.<AutoCloseable>of(pool, this::closeWriter), "a connection did not close");
    } catch (IllegalStateException e) {
      if (e.getCause() instanceof SQLException failed) {
        throw SqliteErrors.wrap("store did not close", failed);
      }
      throw e;
    }
  }

  @Override
  public RuntimeException wrap(String doing, Exception e) {
    return e instanceof SQLException failed
        ? SqliteErrors.wrap(doing, failed)
        : KeyValueDatabase.super.wrap(doing, e);
  }

  private void closeWriter() throws SQLException {
    Writer closing = writer;
    if (closing != null) {
      if (closing.copied) {
        closing.connection.close();
      } else {
        file.closeKeepingLog(closing.connection);
      }
    }
  }

  private Writer writer() {
    if (writer == null) {
      throw new IllegalStateException("database is open for reading");
    }
    return writer;
  }

  /** The connection that writes, and the log that it writes to. */
  private static final class Writer {
    /** Changes something outside the tables. */
    interface Change {
      void on(Connection connection) throws SQLException;
    }

    /** How often the log's length is looked at before it is as long as it may be, at least. */
    private static final int LOOKS = 8;

    final SqliteFile file;
    final Connection connection;
    final DurableMark mark;
    final LogCopy log;
    final SqliteBatch batch;
    long commit;
    long lookAt;
    boolean copied;

    Writer(
        SqliteFile file,
        Connection connection,
        DurableMark mark,
        UUID identity,
        int stamp,
        long commit)
        throws SQLException {
      this.file = file;
      this.connection = connection;
      this.mark = mark;
      this.commit = commit;
      log = new LogCopy(connection, mark, identity, file.logPages(), stamp);
      batch = new SqliteBatch(file, connection);
    }

    SqliteBatch begin(boolean durably) throws SQLException, IOException {
      log.end();
      batch.begin(durably);
      return batch;
    }

    void commitDurably(Change change) throws SQLException, IOException {
      try (SqliteBatch write = begin(true)) {
        change.on(connection);
        write.commit();
      }
    }

    /**
     * Copies the log once it is long, and after a load. To ask SQLite for its length at every write
     * would cost more than some writes.
     */
    void afterCommit(long last) {
      commit = last;
      boolean isLoad = batch.hasLoaded();
      if (isLoad || batch.pages() >= lookAt) {
        lookAt = batch.pages() + file.logPages() / LOOKS;
        copy(isLoad);
      }
    }

    /**
     * A failure is none of the write before, which is in the log: that stays, and is tried again.
     *
     * @return whether the database has all of the log now
     */
    boolean copy(boolean evenIfShort) {
      try {
        return (evenIfShort || log.isDue()) && copyNeeded();
      } catch (SQLException | IOException e) {
        // Until then the mark says that the log is needed.
        lookAt = batch.pages();
        return false;
      }
    }

    /** Whether the database has all of the log now, which is durable. */
    boolean copyNeeded() throws SQLException, IOException {
      if (!log.isNeeded()) {
        return true;
      }
      int stamp = log.nextStamp();
      commitDurably(to -> Schema.setStamp(to, stamp));
      return log.run(commit, stamp);
    }

    /**
     * Copies the log into the file, as far as open cursors and snapshots let it, and empties it.
     */
    void emptyLog() throws SQLException, IOException {
      if (!copyNeeded()) {
        // SQLite would copy on, once a reader has gone, and the mark would not know.
        return;
      }
      long patience = SqliteFile.number(connection, "PRAGMA busy_timeout");
      SqliteFile.execute(connection, "PRAGMA busy_timeout = 0");
      try {
        SqliteFile.execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
      } finally {
        SqliteFile.execute(connection, "PRAGMA busy_timeout = " + patience);
      }
    }

    void end() throws IOException {
      copied = copy(true);
      mark.end();
    }
  }
}
