package dev.grantstore.microtests.encoding.rocksdb;

import dev.grantstore.layout.Keyspace;
import dev.grantstore.microtests.encoding.ScratchRows;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.CompactRangeOptions.BottommostLevelCompaction;
import org.rocksdb.CompressionOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Rows in a RocksDB database whose files are as the engine's: a family for each keyspace, blocks of
 * 16 KiB, zstd 1, a filter where single keys are asked for. No log; compacted to the last level.
 */
public final class RocksRows implements ScratchRows {
  private static final int ROWS_PER_BATCH = 1_000;
  private static final long BLOCK_BYTES = 16 << 10;
  private static final int TABLE_FORMAT = 6;
  private static final int BLOOM_BITS_PER_KEY = 10;

  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private final Map<Keyspace, ColumnFamilyHandle> handles = new EnumMap<>(Keyspace.class);
  private final RocksDB db;
  private final WriteOptions unlogged;
  private final WriteBatch batch;

  /**
   * Makes an empty database.
   *
   * @param folder for its files; must not exist
   * @param isCompressed whether blocks are compressed; without, files take what blocks take in
   *     memory
   */
  public RocksRows(Path folder, boolean isCompressed) {
    RocksDB.loadLibrary();
    List<ColumnFamilyDescriptor> families = new ArrayList<>();
    families.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY));
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      families.add(
          new ColumnFamilyDescriptor(
              keyspace.label().getBytes(StandardCharsets.UTF_8), family(keyspace, isCompressed)));
    }
    List<ColumnFamilyHandle> opened = new ArrayList<>();
    DBOptions options =
        own(
            new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setInfoLogLevel(InfoLogLevel.ERROR_LEVEL));
    try {
      db = own(RocksDB.open(options, folder.toString(), families, opened));
    } catch (RocksDBException e) {
      close();
      throw new IllegalStateException("scratch database cannot be made: " + folder, e);
    }
    opened.forEach(this::own);
    // After the default family, as asked for.
    int at = 1;
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      handles.put(keyspace, opened.get(at++));
    }
    unlogged = own(new WriteOptions().setDisableWAL(true));
    batch = own(new WriteBatch());
  }

  @Override
  public void put(Keyspace keyspace, byte[] key, byte[] value) {
    try {
      batch.put(handle(keyspace), key, value);
      if (batch.count() == ROWS_PER_BATCH) {
        db.write(unlogged, batch);
        batch.clear();
      }
    } catch (RocksDBException e) {
      throw new IllegalStateException("scratch database cannot be written", e);
    }
  }

  @Override
  public Map<Keyspace, Long> settle() {
    Map<Keyspace, Long> bytes = new EnumMap<>(Keyspace.class);
    try (CompactRangeOptions all =
        new CompactRangeOptions()
            .setBottommostLevelCompaction(BottommostLevelCompaction.kForceOptimized)) {
      db.write(unlogged, batch);
      batch.clear();
      for (Keyspace keyspace : Keyspace.OF_GRANTS) {
        db.compactRange(handle(keyspace), null, null, all);
        bytes.put(keyspace, db.getLongProperty(handle(keyspace), "rocksdb.live-sst-files-size"));
      }
    } catch (RocksDBException e) {
      throw new IllegalStateException("scratch database cannot be compacted", e);
    }
    return bytes;
  }

  @Override
  public void close() {
    while (!owned.isEmpty()) {
      try {
        owned.pop().close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("scratch database cannot be closed", e);
      }
    }
  }

  private ColumnFamilyHandle handle(Keyspace keyspace) {
    return Objects.requireNonNull(handles.get(keyspace));
  }

  private ColumnFamilyOptions family(Keyspace keyspace, boolean isCompressed) {
    BlockBasedTableConfig table =
        new BlockBasedTableConfig().setFormatVersion(TABLE_FORMAT).setBlockSize(BLOCK_BYTES);
    if (keyspace.referencesInValue()) {
      table.setFilterPolicy(own(new BloomFilter(BLOOM_BITS_PER_KEY)));
    }
    return own(
        new ColumnFamilyOptions()
            .setLevelCompactionDynamicLevelBytes(true)
            .setCompressionType(
                isCompressed ? CompressionType.ZSTD_COMPRESSION : CompressionType.NO_COMPRESSION)
            .setCompressionOptions(own(new CompressionOptions().setLevel(1)))
            .setTableFormatConfig(table));
  }

  private <T extends AutoCloseable> T own(T handle) {
    owned.push(handle);
    return handle;
  }
}
