package dev.grantstore.sqlite;

import dev.grantstore.Bytes;
import dev.grantstore.CorruptionException;
import dev.grantstore.Grant;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection with its prepared statements. Whoever calls holds its monitor, since a snapshot's
 * session serves many threads; the writer's is under the writer's lock instead.
 *
 * <p>In autocommit, one statement sees one moment, from its first row to its end. A pinned session
 * stays at the moment it was pinned.
 */
final class Session implements AutoCloseable {
  /** Uses a statement to its end. */
  interface Use<T> {
    T of(PreparedStatement statement) throws SQLException;
  }

  private static final byte[] NOTHING = {};

  private final Connection connection;
  private final Map<String, Deque<PreparedStatement>> idle = new HashMap<>();
  private final RowReader grantRow = new RowReader(Keyspace.GRANTS);
  private boolean pinned;

  /** Takes ownership of a connection in autocommit. */
  Session(Connection connection) {
    this.connection = connection;
  }

  /** A statement for the caller alone, until {@link #giveBack} or until it is closed. */
  PreparedStatement take(String sql) throws SQLException {
    Deque<PreparedStatement> unused = idle.get(sql);
    PreparedStatement statement = unused == null ? null : unused.poll();
    return statement == null ? connection.prepareStatement(sql) : statement;
  }

  /** Takes back a statement whose rows are closed and that never failed. */
  void giveBack(String sql, PreparedStatement statement) {
    idle.computeIfAbsent(sql, any -> new ArrayDeque<>()).push(statement);
  }

  /** Uses a statement; one that fails is of no more use, since the driver may have ended it. */
  <T> T with(String sql, Use<T> use) throws SQLException {
    PreparedStatement statement = take(sql);
    boolean whole = false;
    try {
      T result = use.of(statement);
      whole = true;
      return result;
    } finally {
      if (whole) {
        giveBack(sql, statement);
      } else {
        statement.close();
      }
    }
  }

  void execute(String sql) throws SQLException {
    with(sql, PreparedStatement::execute);
  }

  /** Runs a statement that takes keys or values and changes rows. */
  void update(String sql, byte[] first, byte[]... more) throws SQLException {
    with(
        sql,
        statement -> {
          statement.setBytes(1, first);
          for (int i = 0; i < more.length; i++) {
            statement.setBytes(2 + i, more[i]);
          }
          return statement.executeUpdate();
        });
  }

  /** The value of a key, or empty. */
  Optional<byte[]> value(String sql, byte[] key) throws SQLException {
    return with(
        sql,
        statement -> {
          statement.setBytes(1, key);
          try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(bytes(rows, 1)) : Optional.empty();
          }
        });
  }

  boolean hasAny(String sql, byte[] from, byte[] to) throws SQLException {
    return with(
        sql,
        statement -> {
          statement.setBytes(1, from);
          statement.setBytes(2, to);
          try (ResultSet rows = statement.executeQuery()) {
            return rows.next();
          }
        });
  }

  /** The grant under a key of {@link Keyspace#GRANTS}. */
  Optional<Grant> grant(byte[] key) throws SQLException {
    Optional<byte[]> found = value(Schema.table(Keyspace.GRANTS).get(), key);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    byte[] value = found.get();
    try {
      grantRow.read(key, key.length, value, value.length);
      return Optional.of(grantRow.grant());
    } catch (MalformedBytesException e) {
      throw new CorruptionException(
          Keyspace.GRANTS.label(), Bytes.copyOf(key), "row does not decode: " + e.getMessage(), e);
    }
  }

  /** Keeps the session at this moment until {@link #unpin}. */
  void pin() throws SQLException {
    execute("BEGIN");
    pinned = true;
    // BEGIN alone does not choose the moment: the first read does.
    hasAny(Schema.META.any(), new byte[] {0}, new byte[] {(byte) 0xff});
  }

  void unpin() throws SQLException {
    execute("COMMIT");
    pinned = false;
  }

  boolean isPinned() {
    return pinned;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** A column's bytes; the driver gives null for a BLOB of no bytes. */
  static byte[] bytes(ResultSet row, int column) throws SQLException {
    byte @Nullable [] bytes = row.getBytes(column);
    return bytes == null ? NOTHING : bytes;
  }
}
