package dev.grantstore.sqlite;

import dev.grantstore.embedded.Closing;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Sessions for reading, each lent to one borrower at a time: as many as there are borrowers, and
 * some kept between. Thread-safe.
 */
final class SessionPool implements SessionSource, AutoCloseable {
  private static final int MAX_IDLE = 16;

  private final Database database;
  private final Deque<Session> idle = new ArrayDeque<>();
  private boolean closed;

  SessionPool(Database database) {
    this.database = database;
  }

  @Override
  public Session borrow() throws SQLException {
    synchronized (this) {
      Session last = idle.poll();
      if (last != null) {
        return last;
      }
    }
    return database.reader();
  }

  /** Takes a session back; one that could not be unpinned is of no more use. */
  @Override
  public void giveBack(Session session) throws SQLException {
    boolean keep;
    synchronized (this) {
      keep = !closed && !session.isPinned() && idle.size() < MAX_IDLE;
      if (keep) {
        idle.push(session);
      }
    }
    if (!keep) {
      session.close();
    }
  }

  /** Closes what is not lent; what is lent closes when it is given back. */
  @Override
  public void close() {
    List<Session> unused;
    synchronized (this) {
      closed = true;
      unused = List.copyOf(idle);
      idle.clear();
    }
    Closing.all(unused, "a connection did not close");
  }
}
