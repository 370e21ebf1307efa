package dev.grantstore.sqlite;

import dev.grantstore.keyvalue.RowBytes;
import dev.grantstore.keyvalue.Rows;
import dev.grantstore.keyvalue.View;
import dev.grantstore.keyvalue.YieldPoint;
import dev.grantstore.layout.Keyspace;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads through sessions: borrowed from a pool for each call and each cursor, or through one of its
 * own that is pinned. Sessions are used under their monitors.
 */
final class SqliteView implements View {
  /** Reads something from a session. */
  interface Read<T> {
    T from(Session session) throws SQLException;
  }

  private final SessionPool pool;
  private final @Nullable Session own;
  private final Return giveBack;

  private SqliteView(SessionPool pool, @Nullable Session own, Return giveBack) {
    this.pool = pool;
    this.own = own;
    this.giveBack = giveBack;
  }

  /** A view of the rows as they are, which borrows a session each time. */
  static SqliteView live(SessionPool pool) {
    return new SqliteView(pool, null, session -> {});
  }

  /** A view of this moment. */
  SqliteView pinned() throws SQLException {
    return pinned(pool.borrow(), pool::giveBack);
  }

  /** A view of this moment for a call that closes it before it returns. */
  SqliteView brieflyPinned() throws SQLException {
    return pinned(pool.borrowBriefly(), pool::giveBackBrief);
  }

  private SqliteView pinned(Session session, Return giveBack) throws SQLException {
    boolean pinned = false;
    try {
      synchronized (session) {
        session.pin();
      }
      pinned = true;
      return new SqliteView(pool, session, giveBack);
    } finally {
      if (!pinned) {
        giveBack.giveBack(session);
      }
    }
  }

  @Override
  public boolean get(Keyspace keyspace, byte[] key, int keyLength, RowBytes value)
      throws SQLException {
    byte[] asked = Arrays.copyOf(key, keyLength);
    Optional<byte[]> found = read(session -> session.value(keyspace, asked));
    found.ifPresent(value::point);
    return found.isPresent();
  }

  @Override
  public List<byte @Nullable []> getAll(Keyspace keyspace, List<byte[]> keys) throws SQLException {
    return read(
        session -> {
          boolean pinnedHere = !session.isPinned();
          if (pinnedHere) {
            session.pin();
          }
          try {
            List<byte @Nullable []> values = new ArrayList<>(keys.size());
            for (byte[] key : keys) {
              values.add(session.value(keyspace, key).orElse(null));
              YieldPoint.reached("one of the rows read");
            }
            return values;
          } finally {
            if (pinnedHere) {
              session.unpin();
            }
          }
        });
  }

  @Override
  public Rows rows(Keyspace keyspace, byte[] prefix, byte[] from) throws SQLException {
    return own == null
        ? start(keyspace, prefix, from, pool.borrow(), pool::giveBack)
        : start(keyspace, prefix, from, own, kept -> {});
  }

  @Override
  public Rows briefRows(Keyspace keyspace, byte[] prefix, byte[] from) throws SQLException {
    return own == null
        ? start(keyspace, prefix, from, pool.borrowBriefly(), pool::giveBackBrief)
        : start(keyspace, prefix, from, own, kept -> {});
  }

  @Override
  public boolean before(Keyspace keyspace, byte[] key, RowBytes foundKey, RowBytes foundValue)
      throws SQLException {
    return read(
        session ->
            session.with(
                Schema.table(keyspace).before(),
                statement -> {
                  statement.setBytes(1, key);
                  try (ResultSet rows = statement.executeQuery()) {
                    boolean found = rows.next();
                    if (found) {
                      foundKey.point(Session.bytes(rows, 1));
                      foundValue.point(Session.bytes(rows, 2));
                    }
                    return found;
                  }
                }));
  }

  @Override
  public void close() throws SQLException {
    if (own != null) {
      try {
        synchronized (own) {
          own.unpin();
        }
      } finally {
        giveBack.giveBack(own);
      }
    }
  }

  /** {@return what is read from a session that is given back before this returns} */
  <T> T read(Read<T> read) throws SQLException {
    Session session = own == null ? pool.borrowBriefly() : own;
    YieldPoint.reached("session borrowed");
    try {
      synchronized (session) {
        return read.from(session);
      }
    } finally {
      if (own == null) {
        pool.giveBackBrief(session);
      }
    }
  }

  private static Rows start(
      Keyspace keyspace, byte[] prefix, byte[] from, Session session, Return giveBack)
      throws SQLException {
    YieldPoint.reached("session borrowed");
    boolean started = false;
    try {
      synchronized (session) {
        String sql = Schema.table(keyspace).list();
        PreparedStatement statement = session.take(sql);
        ResultSet rows = execute(statement, from);
        started = true;
        return new SelectedRows(session, giveBack, prefix, sql, statement, rows);
      }
    } finally {
      if (!started) {
        giveBack.giveBack(session);
      }
    }
  }

  private static ResultSet execute(PreparedStatement statement, byte[] from) throws SQLException {
    boolean started = false;
    try {
      statement.setBytes(1, from);
      ResultSet rows = statement.executeQuery();
      started = true;
      return rows;
    } finally {
      if (!started) {
        statement.close();
      }
    }
  }

  /** Where a session goes that is not needed any more. */
  private interface Return {
    void giveBack(Session session) throws SQLException;
  }

  /**
   * The rows of one statement that is kept open: SQLite shows it the moment of its first row to the
   * end. The driver hands out each key and value as an array of its own.
   */
  private static final class SelectedRows implements Rows {
    private final Session session;
    private final Return giveBack;
    private final byte[] prefix;
    private final String sql;
    private final PreparedStatement statement;
    private final ResultSet rows;

    /** A statement that failed starts over when it is asked again, and is of no more use. */
    private boolean failed;

    private boolean endedByRow;

    SelectedRows(
        Session session,
        Return giveBack,
        byte[] prefix,
        String sql,
        PreparedStatement statement,
        ResultSet rows) {
      this.session = session;
      this.giveBack = giveBack;
      this.prefix = prefix;
      this.sql = sql;
      this.statement = statement;
      this.rows = rows;
    }

    @Override
    public boolean next(RowBytes key, RowBytes value) throws SQLException {
      synchronized (session) {
        failed = true;
        boolean found = rows.next();
        if (found) {
          key.point(Session.bytes(rows, 1));
          value.point(Session.bytes(rows, 2));
          endedByRow = !key.startsWith(prefix);
        }
        failed = false;
        return found && !endedByRow;
      }
    }

    @Override
    public boolean endedByRow() {
      return endedByRow;
    }

    @Override
    public void close() throws SQLException {
      synchronized (session) {
        try {
          rows.close();
          if (failed) {
            statement.close();
          } else {
            session.giveBack(sql, statement);
          }
        } finally {
          giveBack.giveBack(session);
        }
      }
    }
  }
}
