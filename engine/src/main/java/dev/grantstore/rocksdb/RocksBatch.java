package dev.grantstore.rocksdb;

import dev.grantstore.Durability;
import dev.grantstore.keyvalue.Batch;
import dev.grantstore.keyvalue.RowBytes;
import dev.grantstore.keyvalue.StoreIdentity;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * One atomic write after the other; its buffers are used again for the next. Each names the store,
 * so that another store's log cannot pass for this one's.
 */
final class RocksBatch implements Batch {
  /** Held twice while it is written, here and in memtables; far beyond what a batch gains from. */
  private static final long MAX_BYTES = 512L << 20;

  private static final long KEPT_BYTES = 4L << 20;
  private static final int FIRST_BUFFER_BYTES = 64 << 10;

  private final RocksHandles handles;
  private final RocksView live;
  private final RocksPages pages;
  private final byte[] identity;
  private final Set<Integer> deleted = new HashSet<>();

  /** Those whose pages are gone once this is committed. */
  private final Set<Integer> retired = new HashSet<>();

  private final Queue<Integer> dropped = new ConcurrentLinkedQueue<>();
  private WriteBatch batch = new WriteBatch();
  private ByteBuffer keyBuffer = ByteBuffer.allocateDirect(FIRST_BUFFER_BYTES);
  private ByteBuffer valueBuffer = ByteBuffer.allocateDirect(FIRST_BUFFER_BYTES);
  private boolean durably;
  private volatile boolean failed;

  RocksBatch(RocksHandles handles, RocksView live, RocksPages pages, UUID store) {
    this.handles = handles;
    this.live = live;
    this.pages = pages;
    identity = StoreIdentity.encode(store);
  }

  void begin(boolean asDurable) {
    durably = asDurable;
  }

  @Override
  public boolean get(Keyspace keyspace, byte[] key, int keyLength, RowBytes value)
      throws RocksDBException {
    return live.get(keyspace, key, keyLength, value);
  }

  @Override
  public void put(Keyspace keyspace, byte[] key, int keyLength, byte[] value, int valueLength)
      throws RocksDBException {
    put(handles.keyspace(keyspace), key, keyLength, value, valueLength);
  }

  @Override
  public void putPage(byte[] key, byte[] value) throws RocksDBException {
    put(handles.pages(), key, key.length, value, value.length);
  }

  private void put(
      ColumnFamilyHandle keyspace, byte[] key, int keyLength, byte[] value, int valueLength)
      throws RocksDBException {
    keyBuffer = fill(keyBuffer, key, keyLength);
    valueBuffer = fill(valueBuffer, value, valueLength);
    batch.put(keyspace, keyBuffer, valueBuffer);
    if (batch.getDataSize() > MAX_BYTES) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "batch is too large, use a bulk load or smaller batches: bytes=%d limit=%d",
              batch.getDataSize(),
              MAX_BYTES));
    }
  }

  @Override
  public void delete(Keyspace keyspace, byte[] key, int keyLength) throws RocksDBException {
    keyBuffer = fill(keyBuffer, key, keyLength);
    batch.delete(handles.keyspace(keyspace), keyBuffer);
  }

  @Override
  public void deleteRows(int sync) throws RocksDBException {
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      delete(handles.keyspace(keyspace), sync);
    }
    deleted.add(sync);
  }

  @Override
  public void deleteSync(int sync) throws RocksDBException {
    deleteRows(sync);
    deletePages(sync);
  }

  @Override
  public void clearPages(int sync) throws RocksDBException {
    delete(handles.pages(), sync);
  }

  @Override
  public void deletePages(int sync) throws RocksDBException {
    clearPages(sync);
    deleted.add(sync);
    pages.retire(sync);
    retired.add(sync);
  }

  private void delete(ColumnFamilyHandle keyspace, int sync) throws RocksDBException {
    batch.deleteRange(keyspace, KeyPrefix.ofSync(sync), KeyPrefix.ofSync(sync + 1));
  }

  /**
   * Writes the batch. A write that fails may still be in the log and come back on reopening, so
   * nothing may be built on top of it.
   */
  @Override
  public boolean commit() throws RocksDBException {
    batch.put(handles.keyspace(Keyspace.META), MetaKeys.identity(), identity);
    Durability durability = handles.options().durability();
    boolean syncs = durability == Durability.SYNC || (durably && durability == Durability.WAL);
    WriteOptions options = syncs ? handles.durableWrite() : handles.writeOptions();
    boolean done = false;
    try {
      handles.db().write(options, batch);
      done = true;
    } finally {
      failed |= !done;
    }
    dropped.addAll(deleted);
    retired.clear();
    return syncs;
  }

  @Override
  public void close() {
    if (batch.getDataSize() > KEPT_BYTES) {
      batch.close();
      batch = new WriteBatch();
    }
    batch.clear();
    deleted.clear();
    pages.restore(retired);
    retired.clear();
    keyBuffer = shrunk(keyBuffer);
    valueBuffer = shrunk(valueBuffer);
  }

  /** Gives up the native memory; the batch is of no more use. */
  void end() {
    batch.close();
  }

  /** {@return whether a write failed, so that nobody knows what comes back of it} */
  boolean hasFailed() {
    return failed;
  }

  /** The number of a sync that was dropped, each once; null if there is none. Any thread. */
  @Nullable Integer takeDropped() {
    return dropped.poll();
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
