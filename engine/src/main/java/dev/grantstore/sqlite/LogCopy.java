package dev.grantstore.sqlite;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.keyvalue.DurableMark;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Copies SQLite's log into the database, and has the store's mark say so: a database that holds
 * half of a log is none without that log, and one of another time or another store is none with it.
 * SQLite would notice neither. The writer's alone.
 *
 * <pre>
 * note  := ("copying" FRAMES)? "base" STAMP+
 * STAMP    which the database file has, one of them; see {@link Schema}
 * FRAMES   so many of the log must be whole
 * </pre>
 *
 * <p>Each copy brings a new stamp into the file, as a write before it that is in the log, and
 * nothing else changes the file.
 */
final class LogCopy {
  private static final Pattern NOTE =
      Pattern.compile("(?:copying (\\d{1,18}) )?base (\\d{1,8}(?: \\d{1,8})*)");

  /** How many stamps the note may have: one more for each copy that did not get to its end. */
  private static final int MOST_STAMPS = 8;

  private final Connection connection;
  private final DurableMark mark;
  private final UUID store;
  private final int pages;
  private Set<String> stamps;
  private long copyAt;
  private long frames;
  private boolean copying;

  /** Whether only the mark still says that the log is being copied. */
  private boolean copied;

  /**
   * Copies once the log has so many pages; goes on with a copy that was cut short.
   *
   * @param mark checked
   * @param stamp the database file's
   */
  LogCopy(Connection connection, DurableMark mark, UUID store, int pages, int stamp) {
    this.connection = connection;
    this.mark = mark;
    this.store = store;
    this.pages = pages;
    copyAt = pages;
    Matcher note = NOTE.matcher(mark.note().orElse("base " + stamp));
    if (!note.matches()) {
      throw new IllegalArgumentException("mark was not checked");
    }
    stamps = stamps(note);
    copying = note.group(1) != null;
    frames = copying ? Long.parseLong(note.group(1)) : 0;
  }

  /**
   * Refuses a store whose log was lost or damaged while it was being copied, or whose database is
   * not the one that the log goes with.
   *
   * @param stamp the database file's
   * @return whether the log was being copied
   */
  static boolean check(String text, Path log, int stamp) throws IOException {
    Matcher note = NOTE.matcher(text);
    boolean isNote = note.matches();
    if (!isNote || !stamps(note).contains(String.valueOf(stamp))) {
      throw new GrantStoreException(
          Reason.DATA_LOSS,
          String.format(
              Locale.ROOT,
              "database is not the one that its log belongs to: found=%s expected=%s log=%s",
              stamp,
              text,
              log));
    }
    String expected = note.group(1);
    if (expected == null) {
      return false;
    }
    long found = LogFile.committedFrames(log);
    if (found < Long.parseLong(expected)) {
      throw new GrantStoreException(
          Reason.DATA_LOSS,
          String.format(
              Locale.ROOT,
              "log is not whole, and was being copied: found=%s expected=%s log=%s",
              found,
              expected,
              log));
    }
    return true;
  }

  /** Says that everything up to a write is durable. */
  void mark(long commit) throws IOException {
    mark.write(store, commit, note(copying, frames, stamps));
  }

  /** Whether the log has become so long that it should be copied. */
  boolean isDue() throws SQLException {
    return copying || log("NOOP").frames >= copyAt;
  }

  /** Whether the database has not all of the log, or the mark does not say that it has. */
  boolean isNeeded() throws SQLException {
    Log now = log("NOOP");
    return copying || now.frames != now.copied;
  }

  /** The stamp that the next copy is to bring. */
  int nextStamp() {
    if (stamps.size() < MOST_STAMPS) {
      return Schema.newStamp();
    }
    return Integer.parseInt(List.copyOf(stamps).get(stamps.size() - 1));
  }

  /**
   * Copies what cursors and snapshots let it.
   *
   * @param commit the last write; it is durable, and so is the stamp
   * @param stamp what it wrote
   * @return whether the database has all of the log now
   */
  boolean run(long commit, int stamp) throws SQLException, IOException {
    Log before = log("NOOP");
    Set<String> possible = new LinkedHashSet<>(stamps);
    possible.add(String.valueOf(stamp));
    mark.write(store, commit, note(true, before.frames, possible));
    frames = before.frames;
    stamps = possible;
    copying = true;
    Log after = log("PASSIVE");
    copied = true;
    boolean isWhole = after.frames == after.copied;
    if (isWhole) {
      stamps = Set.of(String.valueOf(stamp));
    }
    copyAt = isWhole ? pages : after.frames + pages;
    end();
    return isWhole;
  }

  /**
   * Says that a copy is at its end, if that failed before. The next write would start the log over,
   * and the note would be of a log that is no more.
   */
  void end() throws IOException {
    if (copied) {
      mark.write(store, mark.commit(), note(false, 0, stamps));
      copying = false;
      copied = false;
    }
  }

  boolean isCopying() {
    return copying;
  }

  private static String note(boolean copying, long frames, Set<String> stamps) {
    return (copying ? "copying " + frames + " " : "") + "base " + String.join(" ", stamps);
  }

  private static Set<String> stamps(Matcher note) {
    return new LinkedHashSet<>(List.of(note.group(2).split(" ", -1)));
  }

  private record Log(long frames, long copied) {}

  private Log log(String mode) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
      return row.next() ? new Log(row.getLong(2), row.getLong(3)) : new Log(0, 0);
    }
  }
}
