package dev.grantstore.microtests.rocksdb;

import dev.grantstore.layout.Keyspace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** A database of one {@link Layout}, filled and compacted to its last level. One thread. */
final class LayoutDatabase implements AutoCloseable {
  private static final long CACHE_BYTES = 256L << 20;
  private static final int ROWS_PER_BATCH = 1_000;
  private static final List<Keyspace> KEYSPACES =
      List.of(Keyspace.GRANTS, Keyspace.BY_ENTITLEMENT, Keyspace.BY_PRINCIPAL);

  private final NativeObjects objects = new NativeObjects(CACHE_BYTES);
  private final Layout layout;
  private final RocksDB db;
  private final Map<Keyspace, ColumnFamilyHandle> handles = new EnumMap<>(Keyspace.class);
  private final ReadOptions options;
  private byte[] value = new byte[4 << 10];

  LayoutDatabase(Layout layout, LayoutRows rows, Path folder) throws RocksDBException {
    this.layout = layout;
    List<ColumnFamilyDescriptor> families = new ArrayList<>();
    families.add(family("default", false, rows.prefixBytes()));
    if (!layout.isOneFamily()) {
      KEYSPACES.forEach(
          keyspace ->
              families.add(
                  family(keyspace.label(), keyspace != Keyspace.GRANTS, rows.prefixBytes())));
    }
    List<ColumnFamilyHandle> opened = new ArrayList<>();
    DBOptions database =
        objects.own(new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true));
    db = objects.own(RocksDB.open(database, folder.toString(), families, opened));
    opened.forEach(objects::own);
    for (int i = 0; i < KEYSPACES.size(); i++) {
      handles.put(KEYSPACES.get(i), opened.get(layout.isOneFamily() ? 0 : i + 1));
    }
    // Lists go on behind the prefix that a filter knows, so the order of all keys must hold.
    options = objects.own(new ReadOptions().setAutoPrefixMode(true));
    fill(rows);
  }

  /** Gets one grant's row; how many bytes it has, or -1. */
  int get(byte[] grantKey) throws RocksDBException {
    return db.get(handle(Keyspace.GRANTS), options, key(Keyspace.GRANTS, grantKey), value);
  }

  /** Reads the rows of a prefix; how many bytes they have. */
  long list(Keyspace keyspace, byte[] prefix) throws RocksDBException {
    byte[] wanted = key(keyspace, prefix);
    long bytes = 0;
    try (RocksIterator it = db.newIterator(handle(keyspace), options)) {
      for (it.seek(wanted); it.isValid(); it.next()) {
        byte[] found = it.key();
        if (!startsWith(found, wanted)) {
          break;
        }
        bytes += found.length + row(it, keyspace, found);
      }
      it.status();
    }
    return bytes;
  }

  /** Whether a prefix has a row. */
  boolean holds(byte[] prefix) throws RocksDBException {
    byte[] wanted = key(Keyspace.BY_PRINCIPAL, prefix);
    try (RocksIterator it = db.newIterator(handle(Keyspace.BY_PRINCIPAL), options)) {
      it.seek(wanted);
      boolean holds = it.isValid() && startsWith(it.key(), wanted);
      it.status();
      return holds;
    }
  }

  /** Bytes on disk for each grant, all keyspaces together. */
  double bytesPerGrant() throws RocksDBException {
    long bytes = 0;
    for (ColumnFamilyHandle handle : handles.values().stream().distinct().toList()) {
      bytes += db.getLongProperty(handle, "rocksdb.live-sst-files-size");
    }
    return (double) bytes / LayoutRows.GRANTS;
  }

  @Override
  public void close() {
    objects.close();
  }

  /** The value of an index row, or that of the grant which the last element of its key names. */
  private long row(RocksIterator it, Keyspace keyspace, byte[] key) throws RocksDBException {
    if (layout.isCovering() || keyspace == Keyspace.GRANTS) {
      return it.value().length;
    }
    int start = key.length - 1;
    while (key[start - 1] != 0) {
      start--;
    }
    byte[] grantKey = new byte[Integer.BYTES + key.length - start];
    System.arraycopy(key, start, grantKey, Integer.BYTES, key.length - start);
    int length = get(grantKey);
    if (length < 0) {
      throw new IllegalStateException("index row without its grant");
    }
    return length;
  }

  private void fill(LayoutRows rows) throws RocksDBException {
    try (WriteOptions write = new WriteOptions().setDisableWAL(true);
        WriteBatch batch = new WriteBatch()) {
      for (Keyspace keyspace : KEYSPACES) {
        boolean isEmpty = keyspace != Keyspace.GRANTS && !layout.isCovering();
        for (Map.Entry<byte[], byte[]> row : rows.of(keyspace).entrySet()) {
          byte[] given = isEmpty ? new byte[0] : row.getValue();
          batch.put(handle(keyspace), key(keyspace, row.getKey()), given);
          if (batch.count() == ROWS_PER_BATCH) {
            db.write(write, batch);
            batch.clear();
          }
        }
      }
      db.write(write, batch);
    }
    try (CompactRangeOptions all =
        new CompactRangeOptions()
            .setBottommostLevelCompaction(
                CompactRangeOptions.BottommostLevelCompaction.kForceOptimized)) {
      for (ColumnFamilyHandle handle : handles.values().stream().distinct().toList()) {
        db.compactRange(handle, null, null, all);
      }
    }
  }

  private ColumnFamilyHandle handle(Keyspace keyspace) {
    ColumnFamilyHandle handle = handles.get(keyspace);
    if (handle == null) {
      throw new IllegalArgumentException("keyspace is not in this database: " + keyspace);
    }
    return handle;
  }

  private byte[] key(Keyspace keyspace, byte[] key) {
    if (!layout.isOneFamily()) {
      return key;
    }
    byte[] marked = new byte[key.length + 1];
    marked[0] = (byte) KEYSPACES.indexOf(keyspace);
    System.arraycopy(key, 0, marked, 1, key.length);
    return marked;
  }

  private ColumnFamilyDescriptor family(String name, boolean isIndex, int prefixBytes) {
    ColumnFamilyOptions family = objects.own(new ColumnFamilyOptions());
    layout.apply(family, isIndex, prefixBytes, objects);
    return new ColumnFamilyDescriptor(name.getBytes(StandardCharsets.UTF_8), family);
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
