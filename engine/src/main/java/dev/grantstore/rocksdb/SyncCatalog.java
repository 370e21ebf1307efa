package dev.grantstore.rocksdb;

import dev.grantstore.Bytes;
import dev.grantstore.CorruptionException;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Ids;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.layout.MetaKeys;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * The syncs of a store as of one moment: their rows, the number of the last write, and the next
 * sync's number. Immutable; the store swaps in a new one with every write.
 */
record SyncCatalog(SortedMap<String, SyncRow> rows, long commit, int nextNumber) {
  SyncCatalog {
    rows = java.util.Collections.unmodifiableSortedMap(rows);
  }

  /** Reads the syncs from the keyspace of what is not a grant. */
  static SyncCatalog read(RocksHandles handles) {
    SortedMap<String, SyncRow> rows = new TreeMap<>(Ids.ORDER);
    byte[] prefix = MetaKeys.syncPrefix();
    try (RocksIterator it = handles.db().newIterator(handles.meta(), handles.readOptions())) {
      for (it.seek(prefix); it.isValid(); it.next()) {
        byte[] key = it.key();
        if (Arrays.mismatch(prefix, key) < prefix.length && Arrays.mismatch(prefix, key) >= 0) {
          break;
        }
        rows.put(MetaKeys.syncId(key), row(key, it.value()));
      }
      it.status();
      long commit = number(handles, MetaKeys.commit(), Long.BYTES);
      int nextNumber = (int) number(handles, MetaKeys.nextSync(), Integer.BYTES);
      return new SyncCatalog(rows, commit, nextNumber);
    } catch (RocksDBException e) {
      throw RocksErrors.wrapRead(MetaKeys.KEYSPACE, Bytes.copyOf(prefix), e);
    } catch (MalformedBytesException e) {
      throw new CorruptionException(
          MetaKeys.KEYSPACE, Bytes.copyOf(prefix), "sync row has no such key", e);
    }
  }

  /** The syncs that readers may see, ordered by id. */
  List<SyncRun> visible() {
    return rows.values().stream().flatMap(row -> row.visible().stream()).toList();
  }

  Optional<SyncRun> find(String syncId) {
    return Optional.ofNullable(rows.get(Ids.checkSyncId(syncId))).flatMap(SyncRow::visible);
  }

  /** The row of a sync that readers may see. */
  SyncRow require(String syncId) {
    SyncRow row = rows.get(Ids.checkSyncId(syncId));
    if (row == null || row.loading()) {
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

  /** Whether that sync is still there under that number. */
  boolean holds(String syncId, int number) {
    SyncRow row = rows.get(syncId);
    return row != null && row.number() == number && !row.loading();
  }

  /** As this one, one write later, with the sync's row put. */
  SyncCatalog with(SyncRow row) {
    SortedMap<String, SyncRow> next = new TreeMap<>(rows);
    next.put(row.run().id(), row);
    return new SyncCatalog(next, commit + 1, Math.max(nextNumber, row.number() + 1));
  }

  /** As this one, one write later, without the sync. */
  SyncCatalog without(String syncId) {
    SortedMap<String, SyncRow> next = new TreeMap<>(rows);
    next.remove(syncId);
    return new SyncCatalog(next, commit + 1, nextNumber);
  }

  /** As this one, with a sync's number taken; nothing is written yet. */
  SyncCatalog reserving(int number) {
    return new SyncCatalog(new TreeMap<>(rows), commit, Math.max(nextNumber, number + 1));
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

  private static long number(RocksHandles handles, byte[] key, int bytes) throws RocksDBException {
    byte[] value = handles.db().get(handles.meta(), handles.readOptions(), key);
    if (value == null) {
      return 0;
    }
    if (value.length != bytes) {
      throw new CorruptionException(
          MetaKeys.KEYSPACE, Bytes.copyOf(key), "number has the wrong length", null);
    }
    return bytes == Long.BYTES ? ByteBuffer.wrap(value).getLong() : ByteBuffer.wrap(value).getInt();
  }
}
