package dev.grantstore.sqlite;

import dev.grantstore.Durability;
import dev.grantstore.keyvalue.Batch;
import dev.grantstore.keyvalue.RowBytes;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The one transaction that writes, again and again. Rows of grants are handed to SQLite some at a
 * time: the deleted ones before the put ones, since a grant that is replaced is first deleted.
 */
final class SqliteBatch implements Batch {
  /** Few: the driver walks over its array for them with every batch, also with a short one. */
  private static final int MAX_PENDING_ROWS = 500;

  private static final long MAX_PENDING_BYTES = 4 << 20;
  private static final int PAGE_BYTES = 4 << 10;

  private final Map<Keyspace, PreparedStatement> puts = new EnumMap<>(Keyspace.class);
  private final Map<Keyspace, PreparedStatement> deletes = new EnumMap<>(Keyspace.class);
  private final SqliteFile file;
  private final Connection connection;
  private final Session session;
  private int pendingRows;
  private long pendingBytes;
  private long pages;
  private boolean durably;
  private boolean loaded;
  private boolean open;

  /**
   * Prepares statements, which close with the connection. A batch of them that fails can be used
   * again, unlike a single statement.
   */
  SqliteBatch(SqliteFile file, Connection connection) throws SQLException {
    this.file = file;
    this.connection = connection;
    session = new Session(connection);
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      TableSql table = Schema.table(keyspace);
      puts.put(keyspace, connection.prepareStatement(table.put()));
      deletes.put(keyspace, connection.prepareStatement(table.delete()));
    }
  }

  /** Begins the next transaction; how durable its commit is must be said before. */
  void begin(boolean asDurable) throws SQLException {
    durably = asDurable;
    loaded = false;
    if (durably) {
      SqliteFile.execute(connection, "PRAGMA synchronous = FULL");
    }
    try {
      session.execute("BEGIN IMMEDIATE");
      open = true;
    } finally {
      if (!open) {
        restore();
      }
    }
  }

  @Override
  public boolean get(Keyspace keyspace, byte[] key, int keyLength, RowBytes value)
      throws SQLException {
    Optional<byte[]> found = session.value(keyspace, Arrays.copyOf(key, keyLength));
    found.ifPresent(value::point);
    return found.isPresent();
  }

  @Override
  public void put(Keyspace keyspace, byte[] key, int keyLength, byte[] value, int valueLength)
      throws SQLException {
    put(keyspace, Arrays.copyOf(key, keyLength), Arrays.copyOf(value, valueLength));
  }

  @Override
  public void load(Keyspace keyspace, byte[] key, byte[] value) throws SQLException {
    loaded = true;
    put(keyspace, key, value);
  }

  private void put(Keyspace keyspace, byte[] key, byte[] value) throws SQLException {
    if (keyspace == Keyspace.META) {
      pages++;
      session.update(Schema.table(keyspace).put(), key, value);
      return;
    }
    PreparedStatement put = statement(puts, keyspace);
    put.setBytes(1, key);
    put.setBytes(2, value);
    put.addBatch();
    pending(key.length + value.length);
  }

  @Override
  public void delete(Keyspace keyspace, byte[] key, int keyLength) throws SQLException {
    byte[] deleted = Arrays.copyOf(key, keyLength);
    if (keyspace == Keyspace.META) {
      session.update(Schema.table(keyspace).delete(), deleted);
      return;
    }
    PreparedStatement delete = statement(deletes, keyspace);
    delete.setBytes(1, deleted);
    delete.addBatch();
    pending(keyLength);
  }

  @Override
  public void deleteSync(int sync) throws SQLException {
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      session.update(
          Schema.table(keyspace).deleteRange(), KeyPrefix.ofSync(sync), KeyPrefix.ofSync(sync + 1));
    }
  }

  @Override
  public boolean commit() throws SQLException {
    flush();
    session.execute("COMMIT");
    open = false;
    return durably || file.options().durability() == Durability.SYNC;
  }

  /** Rolls back what was not committed. */
  @Override
  public void close() throws SQLException {
    if (open) {
      open = false;
      rollBack();
    }
    clear();
    restore();
  }

  /** Whether the last transaction took a load in. */
  boolean hasLoaded() {
    return loaded;
  }

  /** About how many pages all transactions have changed so far; rather too many. */
  long pages() {
    return pages;
  }

  private void restore() throws SQLException {
    if (durably) {
      SqliteFile.execute(connection, "PRAGMA synchronous = " + file.synchronous());
    }
  }

  private void rollBack() {
    try {
      session.execute("ROLLBACK");
    } catch (SQLException e) {
      // SQLite has rolled back by itself, or the next BEGIN fails; the first error says why.
    }
  }

  /** Hands over what is pending. */
  private void flush() throws SQLException {
    if (pendingRows > 0) {
      for (PreparedStatement delete : deletes.values()) {
        delete.executeBatch();
      }
      for (PreparedStatement put : puts.values()) {
        put.executeBatch();
      }
      pendingRows = 0;
      pendingBytes = 0;
    }
  }

  /** Forgets what is pending. */
  private void clear() throws SQLException {
    if (pendingRows > 0) {
      pendingRows = 0;
      pendingBytes = 0;
      for (Keyspace keyspace : Keyspace.OF_GRANTS) {
        statement(deletes, keyspace).clearBatch();
        statement(puts, keyspace).clearBatch();
      }
    }
  }

  private void pending(int bytes) throws SQLException {
    pendingRows++;
    pendingBytes += bytes;
    pages += 2 + bytes / PAGE_BYTES;
    if (pendingRows >= MAX_PENDING_ROWS || pendingBytes >= MAX_PENDING_BYTES) {
      flush();
    }
  }

  private static PreparedStatement statement(
      Map<Keyspace, PreparedStatement> statements, Keyspace keyspace) {
    PreparedStatement statement = statements.get(keyspace);
    if (statement == null) {
      throw new IllegalStateException("keyspace has no statement: " + keyspace);
    }
    return statement;
  }
}
