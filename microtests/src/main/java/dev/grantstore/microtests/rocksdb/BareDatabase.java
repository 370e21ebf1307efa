package dev.grantstore.microtests.rocksdb;

import dev.grantstore.layout.Keyspace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ByteBufferGetStatus;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * The files of a store, opened with nothing but rocksdbjni: the yardstick. Each loop reads key and
 * value of every row and looks at one byte of each.
 */
final class BareDatabase implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int FILTER_BITS = 10;

  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private final List<ColumnFamilyHandle> handles = new ArrayList<>();
  private final ByteBuffer key = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final ByteBuffer value = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final byte[] array = new byte[BUFFER_BYTES];
  private final byte[] otherArray = new byte[BUFFER_BYTES];
  private final RocksDB db;
  private final ReadOptions options;

  private BareDatabase(Path folder, long cacheBytes) throws RocksDBException {
    RocksDB.loadLibrary();
    Cache cache = own(new LRUCache(cacheBytes));
    List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
    descriptors.add(descriptor("default", cache));
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      descriptors.add(descriptor(keyspace.label(), cache));
    }
    db = own(RocksDB.openReadOnly(own(new DBOptions()), folder.toString(), descriptors, handles));
    handles.forEach(this::own);
    options = own(new ReadOptions());
  }

  static BareDatabase open(Path folder, long cacheBytes) {
    try {
      return new BareDatabase(folder, cacheBytes);
    } catch (RocksDBException e) {
      throw new IllegalStateException("bare database does not open: " + folder, e);
    }
  }

  /** An iterator over a keyspace; the caller closes it. */
  RocksIterator iterator(Keyspace keyspace) {
    return db.newIterator(handle(keyspace), options);
  }

  /** An iterator over a keyspace that reads as told; the caller closes it, then the options. */
  RocksIterator iterator(Keyspace keyspace, ReadOptions how) {
    return db.newIterator(handle(keyspace), how);
  }

  /** Bytes of a keyspace's files. */
  long fileBytes(Keyspace keyspace) {
    try {
      return db.getLongProperty(handle(keyspace), "rocksdb.live-sst-files-size");
    } catch (RocksDBException e) {
      throw new IllegalStateException("property cannot be read", e);
    }
  }

  /**
   * Reads rows into direct buffers from where the iterator stands; as many as there are, if {@code
   * rows} is more.
   */
  long read(RocksIterator it, int rows) {
    long seen = 0;
    for (int i = 0; i < rows && it.isValid(); i++, it.next()) {
      key.clear();
      value.clear();
      seen += it.key(key);
      seen += it.value(value);
      seen += key.get(0);
      seen += value.get(0);
    }
    return seen;
  }

  /** How many rows there are whose keys begin with a prefix. */
  int count(Keyspace keyspace, byte[] prefix) {
    int rows = 0;
    try (RocksIterator it = iterator(keyspace)) {
      it.seek(prefix);
      while (it.isValid() && startsWith(it.key(), prefix)) {
        rows++;
        it.next();
      }
    }
    return rows;
  }

  /** Gets one value into a direct buffer. */
  long get(Keyspace keyspace, byte[] wanted) throws RocksDBException {
    key.clear();
    key.put(wanted).flip();
    value.clear();
    long length = db.get(handle(keyspace), options, key, value);
    return length + value.get(0);
  }

  /** Gets one value as a new array. */
  byte[] getNew(Keyspace keyspace, byte[] wanted) throws RocksDBException {
    return db.get(handle(keyspace), options, wanted);
  }

  /** Gets one value into an array that is used again; its length. */
  int getReused(Keyspace keyspace, byte[] wanted) throws RocksDBException {
    return db.get(handle(keyspace), options, wanted, array);
  }

  /** Gets many values at once, as new arrays. */
  List<byte[]> multiGet(Keyspace keyspace, List<byte[]> wanted) throws RocksDBException {
    return db.multiGetAsList(options, Collections.nCopies(wanted.size(), handle(keyspace)), wanted);
  }

  /** Gets many values at once, into direct buffers; the sum of their lengths. */
  long multiGetDirect(Keyspace keyspace, DirectKeys wanted) throws RocksDBException {
    long bytes = 0;
    for (ByteBufferGetStatus answer :
        db.multiGetByteBuffers(
            options, List.of(handle(keyspace)), wanted.keys(), wanted.emptyValues())) {
      bytes += answer.requiredSize;
    }
    return bytes;
  }

  /** Reads rows as new arrays. */
  long readNew(RocksIterator it) {
    long seen = 0;
    for (; it.isValid(); it.next()) {
      seen += it.key()[0];
      seen += it.value()[0];
    }
    return seen;
  }

  /** Reads all rows into two arrays that are used again. */
  long readReused(RocksIterator it) {
    return readReused(it, Integer.MAX_VALUE);
  }

  /** Reads as many rows, if there are so many, into two arrays that are used again. */
  long readReused(RocksIterator it, int rows) {
    long seen = 0;
    for (int i = 0; i < rows && it.isValid(); i++, it.next()) {
      seen += it.key(otherArray);
      seen += it.value(array);
      seen += otherArray[0];
      seen += array[0];
    }
    return seen;
  }

  @Override
  public void close() {
    while (!owned.isEmpty()) {
      try {
        owned.pop().close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("a native object did not close", e);
      }
    }
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  private ColumnFamilyHandle handle(Keyspace keyspace) {
    return switch (keyspace) {
      case GRANTS -> handles.get(1);
      case BY_ENTITLEMENT -> handles.get(2);
      case BY_PRINCIPAL -> handles.get(3);
      case NEEDS_EXPANSION -> handles.get(4);
      case META -> handles.get(0);
    };
  }

  private ColumnFamilyDescriptor descriptor(String name, Cache cache) {
    BlockBasedTableConfig table =
        new BlockBasedTableConfig()
            .setBlockCache(cache)
            .setFilterPolicy(own(new BloomFilter(FILTER_BITS)));
    return new ColumnFamilyDescriptor(
        name.getBytes(StandardCharsets.UTF_8),
        own(new ColumnFamilyOptions().setTableFormatConfig(table)));
  }

  private <T extends AutoCloseable> T own(T handle) {
    owned.push(handle);
    return handle;
  }
}
