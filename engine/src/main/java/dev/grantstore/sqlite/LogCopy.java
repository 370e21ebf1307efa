package dev.grantstore.sqlite;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.embedded.DurableMark;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.UUID;

/**
 * Copies SQLite's log into the database, and has the store's mark say so meanwhile: a database that
 * holds half of a log is none without that log, and SQLite would not notice. The writer's alone.
 *
 * <pre>
 * note := "copying FRAMES"        (so many of the log must be whole; no note otherwise)
 * </pre>
 */
final class LogCopy {
  private static final String NOTE = "copying ";

  private final Connection connection;
  private final DurableMark mark;
  private final UUID store;
  private final int pages;
  private long copyAt;
  private boolean copying;

  /** Whether only the mark still says that the log is being copied. */
  private boolean copied;

  /** Copies once the log has so many pages; goes on with a copy that was cut short. */
  LogCopy(Connection connection, DurableMark mark, UUID store, int pages) {
    this.connection = connection;
    this.mark = mark;
    this.store = store;
    this.pages = pages;
    copyAt = pages;
    copying = mark.note().isPresent();
  }

  /** Refuses a store whose log was lost or damaged while it was being copied. */
  static void check(String note, Path log) throws IOException {
    boolean isNote = note.matches(NOTE + "\\d{1,18}");
    long found = LogFile.committedFrames(log);
    if (!isNote || found < Long.parseLong(note.substring(NOTE.length()))) {
      throw new GrantStoreException(
          Reason.DATA_LOSS,
          String.format(
              Locale.ROOT,
              "log is not whole, and was being copied: found=%s expected=%s log=%s",
              found,
              note,
              log));
    }
  }

  /** Says that everything up to a write is durable. */
  void mark(long commit) throws IOException {
    mark.write(store, commit, copying ? mark.note().orElse(null) : null);
  }

  /** Whether the log has become so long that it should be copied. */
  boolean isDue() throws SQLException {
    return copying || log("NOOP").frames >= copyAt;
  }

  /**
   * Copies what cursors and snapshots let it.
   *
   * @param commit the last write; it is durable
   * @return whether the database has all of the log now
   */
  boolean run(long commit) throws SQLException, IOException {
    Log before = log("NOOP");
    if (!copying && before.frames == before.copied) {
      return true;
    }
    if (!copying) {
      mark.write(store, commit, NOTE + before.frames);
      copying = true;
    }
    Log after = log("PASSIVE");
    copied = true;
    end();
    boolean isWhole = after.frames == after.copied;
    copyAt = isWhole ? pages : after.frames + pages;
    return isWhole;
  }

  /**
   * Takes the note back after a copy, if that failed before. The next write would start the log
   * over, and the note would be of a log that is no more.
   */
  void end() throws IOException {
    if (copied) {
      mark.write(store, mark.commit(), null);
      copying = false;
      copied = false;
    }
  }

  boolean isCopying() {
    return copying;
  }

  private record Log(long frames, long copied) {}

  private Log log(String mode) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
      return row.next() ? new Log(row.getLong(2), row.getLong(3)) : new Log(0, 0);
    }
  }
}
