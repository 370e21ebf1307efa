package dev.grantstore.sqlite;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.embedded.Closing;
import dev.grantstore.embedded.YieldPoint;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * Sessions for reading, each lent to one borrower at a time: as many as there are borrowers, up to
 * a limit, and some kept between. Thread-safe.
 */
final class SessionPool implements SessionSource, AutoCloseable {
  private static final int MAX_IDLE = 16;

  private final Database database;
  private final int limit;
  private final Deque<Session> idle = new ArrayDeque<>();
  private int lent;
  private boolean closed;

  SessionPool(Database database) {
    this.database = database;
    limit = SqliteOption.MAX_READERS.of(database.options().engineOptions());
  }

  /**
   * {@inheritDoc}
   *
   * @throws GrantStoreException with {@link Reason#UNSUPPORTED} if as many are lent as may be
   */
  @Override
  public Session borrow() throws SQLException {
    synchronized (this) {
      if (lent >= limit) {
        throw new GrantStoreException(
            Reason.UNSUPPORTED,
            String.format(
                Locale.ROOT,
                "too many cursors, snapshots and reads at a time, engine option %s says how many: %s",
                SqliteOption.MAX_READERS.label(),
                limit));
      }
      lent++;
      Session last = idle.poll();
      if (last != null) {
        return last;
      }
    }
    boolean opened = false;
    YieldPoint.reached("no session idle");
    try {
      Session session = database.reader();
      opened = true;
      return session;
    } finally {
      if (!opened) {
        synchronized (this) {
          lent--;
        }
      }
    }
  }

  /** Takes a session back; one that could not be unpinned is of no more use. */
  @Override
  public void giveBack(Session session) throws SQLException {
    boolean keep;
    synchronized (this) {
      lent--;
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
    YieldPoint.outside("pool closed");
    Closing.all(unused, "a connection did not close");
  }
}
