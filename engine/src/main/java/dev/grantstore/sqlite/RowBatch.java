package dev.grantstore.sqlite;

import dev.grantstore.CanonicalForm;
import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.Grant;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.keyvalue.RowSink;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import dev.grantstore.layout.RowWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * The rows of one transaction, handed to SQLite some at a time: the deleted ones before the put
 * ones, since a grant that is replaced is first deleted. One thread; used again for the next
 * transaction.
 */
final class RowBatch implements RowSink<SQLException> {
  /** Few: the driver walks over its array for them with every batch, also with a short one. */
  private static final int MAX_PENDING_ROWS = 500;

  private static final long MAX_PENDING_BYTES = 4 << 20;
  private static final int PAGE_BYTES = 4 << 10;

  private final Map<Keyspace, PreparedStatement> puts = new EnumMap<>(Keyspace.class);
  private final Map<Keyspace, PreparedStatement> deletes = new EnumMap<>(Keyspace.class);
  private final Session session;
  private final RowWriter rows = new RowWriter();
  private final CanonicalForm form = new CanonicalForm();
  private DigestAccumulator added = new DigestAccumulator();
  private int pendingRows;
  private long pendingBytes;
  private long pages;

  /**
   * Prepares statements, which close with the connection. A batch of them that fails can be used
   * again, unlike a single statement.
   */
  RowBatch(Connection connection, Session session) throws SQLException {
    this.session = session;
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      TableSql table = Schema.table(keyspace);
      puts.put(keyspace, connection.prepareStatement(table.put()));
      deletes.put(keyspace, connection.prepareStatement(table.delete()));
    }
  }

  void put(int sync, Grant grant) throws SQLException {
    form.encode(grant);
    added.add(form);
    rows.grant(grant, form);
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      if (keyspace.includes(grant)) {
        rows.row(keyspace, sync);
        byte[] value = Arrays.copyOf(rows.value().array(), rows.value().length());
        putRow(keyspace, rows.key().toByteArray(), value);
      }
    }
  }

  @Override
  public void putRow(Keyspace keyspace, byte[] key, byte[] value) throws SQLException {
    PreparedStatement put = statement(puts, keyspace);
    put.setBytes(1, key);
    put.setBytes(2, value);
    put.addBatch();
    pending(key.length + value.length);
  }

  /** Takes away every row of a grant that is stored, and its part of the digest. */
  void delete(int sync, Grant stored) throws SQLException {
    form.encode(stored);
    added.remove(form);
    rows.grant(stored, form);
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      if (keyspace.includes(stored)) {
        rows.row(keyspace, sync);
        byte[] key = rows.key().toByteArray();
        PreparedStatement delete = statement(deletes, keyspace);
        delete.setBytes(1, key);
        delete.addBatch();
        pending(key.length);
      }
    }
  }

  /** Takes away everything stored under a sync's number. */
  void deleteSync(int sync) throws SQLException {
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      session.update(
          Schema.table(keyspace).deleteRange(), KeyPrefix.ofSync(sync), KeyPrefix.ofSync(sync + 1));
    }
  }

  /** What the grants put and deleted so far add up to. */
  ContentDigest added() {
    return added.digest();
  }

  void putSync(SyncRow row) throws SQLException {
    putMeta(MetaKeys.sync(row.run().id()), row.encode());
  }

  void deleteSyncRow(String syncId) throws SQLException {
    session.update(Schema.META.delete(), MetaKeys.sync(syncId));
  }

  void putMeta(byte[] key, byte[] value) throws SQLException {
    pages++;
    session.update(Schema.META.put(), key, value);
  }

  /** Hands over what is pending. */
  void flush() throws SQLException {
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

  /** About how many pages all transactions have changed so far; rather too many. */
  long pages() {
    return pages;
  }

  /** Forgets what is pending, and starts over for the next transaction. */
  void clear() throws SQLException {
    added = new DigestAccumulator();
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
