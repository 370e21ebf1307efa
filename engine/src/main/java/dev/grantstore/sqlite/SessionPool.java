package dev.grantstore.sqlite;

import dev.grantstore.Closing;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.keyvalue.YieldPoint;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;

/**
 * Sessions for reading, each lent to one borrower at a time: as many as there are borrowers, up to
 * a limit, and some kept between. Thread-safe.
 *
 * <p>Who keeps a session for as long as the user likes is refused beyond the limit. Who gives it
 * back within the call waits for others of the kind, however many are kept: see {@link
 * #borrowBriefly}.
 */
final class SessionPool implements AutoCloseable {
  private static final int MAX_IDLE = 16;

  /** More at a time would only wait for each other's processor. */
  private static final int MAX_BRIEF = Math.max(16, 2 * Runtime.getRuntime().availableProcessors());

  private final SqliteFile file;
  private final int limit;
  private final Semaphore running = new Semaphore(MAX_BRIEF);
  private final Deque<Session> idle = new ArrayDeque<>();
  private int lent;
  private boolean closed;

  SessionPool(SqliteFile file) {
    this.file = file;
    limit = SqliteOption.MAX_READERS.of(file.options().engineOptions());
  }

  /**
   * A session to read from; used under its monitor, and given back.
   *
   * @throws GrantStoreException with {@link Reason#UNSUPPORTED} if as many are lent as may be
   */
  Session borrow() throws SQLException {
    synchronized (this) {
      if (lent >= limit) {
        throw new GrantStoreException(
            Reason.UNSUPPORTED,
            String.format(
                Locale.ROOT,
                "too many cursors and snapshots at a time, engine option %s says how many: %s",
                SqliteOption.MAX_READERS.label(),
                limit));
      }
      lent++;
    }
    return idleOrNew(this::oneLess);
  }

  void giveBack(Session session) throws SQLException {
    oneLess();
    keepOrClose(session);
  }

  /** A session for a read that gives it back before it returns: who comes late waits. */
  Session borrowBriefly() throws SQLException {
    running.acquireUninterruptibly();
    return idleOrNew(running::release);
  }

  void giveBackBrief(Session session) throws SQLException {
    try {
      keepOrClose(session);
    } finally {
      running.release();
    }
  }

  /** Takes back what was counted for the borrower if there is no session for it. */
  private Session idleOrNew(Runnable uncount) throws SQLException {
    synchronized (this) {
      Session last = idle.poll();
      if (last != null) {
        return last;
      }
    }
    boolean opened = false;
    try {
      YieldPoint.reached("no session idle");
      Session session = file.reader();
      opened = true;
      return session;
    } finally {
      if (!opened) {
        uncount.run();
      }
    }
  }

  private synchronized void oneLess() {
    lent--;
  }

  /** One that could not be unpinned is of no more use. */
  private void keepOrClose(Session session) throws SQLException {
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
    YieldPoint.outside("pool closed");
    Closing.all(unused, "a connection did not close");
  }
}
