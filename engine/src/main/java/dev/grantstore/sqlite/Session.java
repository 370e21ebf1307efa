package dev.grantstore.sqlite;

import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import java.nio.file.Path;
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
import org.sqlite.ProgressHandler;

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

  /** So many steps of a long statement take less than a millisecond. */
  private static final int LOOK_STEPS = 1_000;

  private final Connection connection;
  private final Map<String, Deque<PreparedStatement>> idle = new HashMap<>();
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
  Optional<byte[]> value(Keyspace keyspace, byte[] key) throws SQLException {
    return with(
        Schema.table(keyspace).get(),
        statement -> {
          statement.setBytes(1, key);
          try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(bytes(rows, 1)) : Optional.empty();
          }
        });
  }

  /** Keeps the session at this moment until {@link #unpin}. */
  void pin() throws SQLException {
    execute("BEGIN");
    pinned = true;
    // BEGIN alone does not choose the moment: the first read does.
    value(Keyspace.META, MetaKeys.commit());
  }

  void unpin() throws SQLException {
    execute("COMMIT");
    pinned = false;
  }

  boolean isPinned() {
    return pinned;
  }

  /**
   * Copies what is committed into a new file, as of one moment; not pinned.
   *
   * @param look called now and then; what it throws ends the copy, of which a part stays
   */
  void copyTo(Path file, Runnable look) throws SQLException {
    asking(
        look,
        "VACUUM INTO ?",
        statement -> {
          statement.setString(1, file.toAbsolutePath().toString());
          return statement.execute();
        });
  }

  /**
   * Uses a statement that may take long.
   *
   * @param look called now and then; what it throws ends the statement
   */
  <T> T asking(Runnable look, String sql, Use<T> use) throws SQLException {
    Asking asking = new Asking(look);
    ProgressHandler.setHandler(connection, LOOK_STEPS, asking);
    try {
      return with(sql, use);
    } catch (SQLException e) {
      asking.rethrow();
      throw e;
    } finally {
      ProgressHandler.clearHandler(connection);
    }
  }

  /** Ends a statement, which nothing may be thrown through. */
  private static final class Asking extends ProgressHandler {
    private final Runnable look;
    private @Nullable RuntimeException ended;

    Asking(Runnable look) {
      this.look = look;
    }

    @Override
    protected int progress() {
      try {
        look.run();
        return 0;
      } catch (RuntimeException e) {
        ended = e;
        return 1;
      }
    }

    void rethrow() {
      if (ended != null) {
        throw ended;
      }
    }
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
