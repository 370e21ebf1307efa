package dev.grantstore.rocksdb;

import dev.grantstore.CanonicalForm;
import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.Grant;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.keyvalue.StoreIdentity;
import dev.grantstore.keyvalue.SyncCatalog;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import dev.grantstore.layout.RowWriter;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.UUID;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * One atomic write: rows of every keyspace, the sync's row, and the write's number. One thread; its
 * buffers are used again for the next write.
 */
final class GrantBatch implements AutoCloseable {
  /** Held twice while it is written, here and in memtables; far beyond what a batch gains from. */
  private static final long MAX_BYTES = 512L << 20;

  private static final long KEPT_BYTES = 4L << 20;
  private static final int FIRST_BUFFER_BYTES = 64 << 10;

  private final RocksHandles handles;
  private final byte[] identity;
  private final RowWriter rows = new RowWriter();
  private final CanonicalForm form = new CanonicalForm();
  private WriteBatch batch = new WriteBatch();
  private ByteBuffer key = ByteBuffer.allocateDirect(FIRST_BUFFER_BYTES);
  private ByteBuffer value = ByteBuffer.allocateDirect(FIRST_BUFFER_BYTES);
  private DigestAccumulator added = new DigestAccumulator();
  private int writtenNumber = -1;

  GrantBatch(RocksHandles handles, UUID store) {
    this.handles = handles;
    identity = StoreIdentity.encode(store);
  }

  void put(int sync, Grant grant) throws RocksDBException {
    form.encode(grant);
    added.add(form);
    rows.grant(grant, form);
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      if (keyspace.includes(grant)) {
        rows.row(keyspace, sync);
        key = fill(key, rows.key().array(), rows.key().length());
        value = fill(value, rows.value().array(), rows.value().length());
        batch.put(handles.keyspace(keyspace), key, value);
      }
    }
    if (batch.getDataSize() > MAX_BYTES) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "batch is too large, use a bulk load or smaller batches: bytes=%d limit=%d",
              batch.getDataSize(),
              MAX_BYTES));
    }
  }

  /** Takes away every row of a grant that is stored, and its part of the digest. */
  void delete(int sync, Grant stored) throws RocksDBException {
    form.encode(stored);
    added.remove(form);
    rows.grant(stored, form);
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      if (keyspace.includes(stored)) {
        rows.row(keyspace, sync);
        key = fill(key, rows.key().array(), rows.key().length());
        batch.delete(handles.keyspace(keyspace), key);
      }
    }
  }

  /** Takes away everything stored under a sync's number. */
  void deleteSync(int sync) throws RocksDBException {
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      batch.deleteRange(
          handles.keyspace(keyspace), KeyPrefix.ofSync(sync), KeyPrefix.ofSync(sync + 1));
    }
  }

  /** What the rows put and deleted so far add up to. */
  ContentDigest added() {
    return added.digest();
  }

  void putSync(SyncRow row) throws RocksDBException {
    batch.put(handles.meta(), MetaKeys.sync(row.run().id()), row.encode());
  }

  void deleteSyncRow(String syncId) throws RocksDBException {
    batch.delete(handles.meta(), MetaKeys.sync(syncId));
  }

  /**
   * Writes everything at once and empties the batch. Each names the store, so that another store's
   * log cannot pass for this one's.
   */
  void commit(SyncCatalog next, WriteOptions options) throws RocksDBException {
    batch.put(handles.meta(), MetaKeys.commit(), next.commitValue());
    batch.put(handles.meta(), MetaKeys.identity(), identity);
    if (next.nextNumber() != writtenNumber) {
      batch.put(handles.meta(), MetaKeys.nextSync(), next.nextNumberValue());
    }
    handles.db().write(options, batch);
    writtenNumber = next.nextNumber();
    clear();
  }

  void clear() {
    if (batch.getDataSize() > KEPT_BYTES) {
      batch.close();
      batch = new WriteBatch();
    }
    batch.clear();
    key = shrunk(key);
    value = shrunk(value);
    added = new DigestAccumulator();
  }

  @Override
  public void close() {
    batch.close();
  }

  private static ByteBuffer shrunk(ByteBuffer buffer) {
    return buffer.capacity() > KEPT_BYTES ? ByteBuffer.allocateDirect(FIRST_BUFFER_BYTES) : buffer;
  }

  private static ByteBuffer fill(ByteBuffer buffer, byte[] bytes, int length) {
    ByteBuffer target =
        buffer.capacity() >= length ? buffer : ByteBuffer.allocateDirect(length + (length >> 1));
    target.clear();
    target.put(bytes, 0, length).flip();
    return target;
  }
}
