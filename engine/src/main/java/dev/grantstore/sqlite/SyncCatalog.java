package dev.grantstore.sqlite;

import dev.grantstore.Bytes;
import dev.grantstore.CorruptionException;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Ids;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.layout.MetaKeys;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The syncs of a store as of one moment: their rows, the number of the last write, and the next
 * sync's number. Immutable; the store swaps in a new one with every write.
 */
record SyncCatalog(SortedMap<String, SyncRow> rows, long commit, int nextNumber) {
  SyncCatalog {
    rows = Collections.unmodifiableSortedMap(rows);
  }

  /** Reads the syncs from the table of what is not a grant. */
  static SyncCatalog read(Session session) throws SQLException {
    SortedMap<String, SyncRow> rows = new TreeMap<>(Ids.ORDER);
    byte[] prefix = MetaKeys.syncPrefix();
    session.with(
        Schema.META.list(),
        statement -> {
          statement.setBytes(1, prefix);
          statement.setBytes(2, Schema.endOf(prefix));
          try (ResultSet found = statement.executeQuery()) {
            while (found.next()) {
              SyncRow row = row(Session.bytes(found, 1), Session.bytes(found, 2));
              rows.put(row.run().id(), row);
            }
          }
          return rows;
        });
    ByteBuffer commit = number(session, MetaKeys.commit(), Long.BYTES);
    ByteBuffer next = number(session, MetaKeys.nextSync(), Integer.BYTES);
    return new SyncCatalog(rows, commit.getLong(), next.getInt());
  }

  /** The syncs that readers may see, ordered by id. */
  List<SyncRun> visible() {
    return rows.values().stream().map(SyncRow::run).toList();
  }

  Optional<SyncRun> find(String syncId) {
    return Optional.ofNullable(rows.get(Ids.checkSyncId(syncId))).map(SyncRow::run);
  }

  SyncRow require(String syncId) {
    SyncRow row = rows.get(Ids.checkSyncId(syncId));
    if (row == null) {
      throw GrantStoreException.syncUnknown(syncId);
    }
    return row;
  }

  /** The row of a sync that may be written. */
  SyncRow requireOpen(String syncId) {
    SyncRow row = require(syncId);
    if (row.run().state() == SyncRun.State.SEALED) {
      throw GrantStoreException.syncSealed(syncId);
    }
    return row;
  }

  /** Refuses if that sync is no longer there under that number. */
  void requireStill(String syncId, int number) {
    SyncRow row = rows.get(syncId);
    if (row == null || row.number() != number) {
      throw GrantStoreException.syncUnknown(syncId);
    }
  }

  /** As this one, one write later, with nothing else changed. */
  SyncCatalog next() {
    return new SyncCatalog(rows, commit + 1, nextNumber);
  }

  /** As this one, one write later, with the sync's row put. */
  SyncCatalog with(SyncRow row) {
    SortedMap<String, SyncRow> changed = new TreeMap<>(rows);
    changed.put(row.run().id(), row);
    return new SyncCatalog(changed, commit + 1, Math.max(nextNumber, row.number() + 1));
  }

  /** As this one, one write later, without the sync. */
  SyncCatalog without(String syncId) {
    SortedMap<String, SyncRow> changed = new TreeMap<>(rows);
    changed.remove(syncId);
    return new SyncCatalog(changed, commit + 1, nextNumber);
  }

  /** As this one, with the next number taken; nothing is written yet. */
  SyncCatalog reserving() {
    return new SyncCatalog(rows, commit, nextNumber + 1);
  }

  byte[] commitValue() {
    return ByteBuffer.allocate(Long.BYTES).putLong(commit).array();
  }

  byte[] nextNumberValue() {
    return ByteBuffer.allocate(Integer.BYTES).putInt(nextNumber).array();
  }

  private static SyncRow row(byte[] key, byte[] value) {
    try {
      return SyncRow.decode(MetaKeys.syncId(key), value);
    } catch (MalformedBytesException e) {
      throw new CorruptionException(
          MetaKeys.KEYSPACE, Bytes.copyOf(key), "sync row does not decode", e);
    }
  }

  private static ByteBuffer number(Session session, byte[] key, int bytes) throws SQLException {
    byte[] value = session.value(Schema.META.get(), key).orElse(new byte[bytes]);
    if (value.length != bytes) {
      throw new CorruptionException(
          MetaKeys.KEYSPACE, Bytes.copyOf(key), "number has the wrong length", null);
    }
    return ByteBuffer.wrap(value);
  }
}
