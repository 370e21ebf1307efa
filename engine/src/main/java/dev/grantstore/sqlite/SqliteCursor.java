package dev.grantstore.sqlite;

import dev.grantstore.Bytes;
import dev.grantstore.CorruptionException;
import dev.grantstore.Grant;
import dev.grantstore.GrantStoreException;
import dev.grantstore.IdField;
import dev.grantstore.Utf8View;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.keyvalue.Children;
import dev.grantstore.keyvalue.KeyedCursor;
import dev.grantstore.keyvalue.YieldPoint;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowReader;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the rows of one statement that is kept open: SQLite shows it the moment of its first
 * row to the end. The driver hands out each key and value as an array of its own, and the views
 * point into them.
 *
 * <p>The statement is used under its session's monitor only; so a closing store waits, and a cursor
 * whose store has closed finds itself closed.
 */
final class SqliteCursor implements KeyedCursor {
  private final Keyspace keyspace;
  private final SessionSource sessions;
  private final Session session;
  private final String sql;
  private final PreparedStatement statement;
  private final ResultSet rows;
  private final Children owner;
  private final RowReader row;
  private byte[] key;
  private boolean onRow;
  private boolean exhausted;
  private @Nullable SQLException failure;
  private volatile boolean closed;

  private SqliteCursor(
      Keyspace keyspace,
      byte[] from,
      SessionSource sessions,
      Session session,
      String sql,
      PreparedStatement statement,
      ResultSet rows,
      Children owner) {
    this.keyspace = keyspace;
    this.key = from;
    this.sessions = sessions;
    this.session = session;
    this.sql = sql;
    this.statement = statement;
    this.rows = rows;
    this.owner = owner;
    this.row = new RowReader(keyspace);
  }

  /** Opens a cursor on the rows from one key on and before another, as they are now. */
  static SqliteCursor open(
      Keyspace keyspace, byte[] from, byte[] to, SessionSource sessions, Children owner) {
    try {
      Session session = sessions.borrow();
      YieldPoint.reached("session borrowed");
      boolean opened = false;
      try {
        synchronized (session) {
          String sql = Schema.table(keyspace).list();
          PreparedStatement statement = session.take(sql);
          ResultSet rows = start(statement, from, to);
          YieldPoint.reached("iterator made");
          SqliteCursor cursor =
              new SqliteCursor(keyspace, from, sessions, session, sql, statement, rows, owner);
          owner.add(cursor);
          opened = true;
          return cursor;
        }
      } finally {
        if (!opened) {
          sessions.giveBack(session);
        }
      }
    } catch (SQLException e) {
      throw SqliteErrors.wrapRead(keyspace.label(), from, e);
    }
  }

  @Override
  public boolean next() {
    synchronized (session) {
      requireOpen();
      onRow = false;
      SQLException failed = failure;
      if (failed != null) {
        throw unreadable(failed);
      }
      if (!exhausted) {
        onRow = readRow();
        exhausted = !onRow;
      }
      return onRow;
    }
  }

  @Override
  public Utf8View id(IdField field) {
    requireRow();
    return row.id(field);
  }

  @Override
  public long discoveredSeconds() {
    requireRow();
    return row.record().discoveredSeconds();
  }

  @Override
  public int discoveredNanos() {
    requireRow();
    return row.record().discoveredNanos();
  }

  @Override
  public boolean needsExpansion() {
    requireRow();
    return row.record().needsExpansion();
  }

  @Override
  public Grant grant() {
    requireRow();
    try {
      return row.grant();
    } catch (MalformedBytesException e) {
      throw corrupt(e);
    }
  }

  @Override
  public byte[] key() {
    requireRow();
    return key;
  }

  @Override
  public void close() {
    synchronized (session) {
      if (closed) {
        return;
      }
      closed = true;
      YieldPoint.outside("cursor ends");
      try {
        rows.close();
        if (failure == null) {
          session.giveBack(sql, statement);
        } else {
          statement.close();
        }
        sessions.giveBack(session);
      } catch (SQLException e) {
        throw SqliteErrors.wrap("cursor did not close", e);
      } finally {
        // Last: whoever closes the store waits for those who have not left.
        owner.remove(this);
      }
    }
  }

  private static ResultSet start(PreparedStatement statement, byte[] from, byte[] to)
      throws SQLException {
    boolean started = false;
    try {
      statement.setBytes(1, from);
      statement.setBytes(2, to);
      ResultSet rows = statement.executeQuery();
      started = true;
      return rows;
    } finally {
      if (!started) {
        statement.close();
      }
    }
  }

  /** A statement that failed starts over when it is asked again: it must not be. */
  private boolean readRow() {
    byte[] value;
    try {
      if (!rows.next()) {
        return false;
      }
      YieldPoint.reached("cursor moved");
      key = Session.bytes(rows, 1);
      value = Session.bytes(rows, 2);
    } catch (SQLException e) {
      failure = e;
      throw unreadable(e);
    }
    try {
      row.read(key, key.length, value, value.length);
    } catch (MalformedBytesException e) {
      throw corrupt(e);
    }
    return true;
  }

  private GrantStoreException unreadable(SQLException e) {
    return SqliteErrors.wrapRead(keyspace.label(), key, e);
  }

  private CorruptionException corrupt(MalformedBytesException e) {
    return new CorruptionException(
        keyspace.label(), Bytes.copyOf(key), "row does not decode: " + e.getMessage(), e);
  }

  private void requireRow() {
    requireOpen();
    if (!onRow) {
      throw new IllegalStateException("cursor is not on a row");
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("cursor is closed");
    }
  }
}
