package dev.grantstore.rocksdb;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;

/** Every engine setting, and why it is so. */
final class RocksTuning {
  /** Ids are mostly digits, which entropy coding halves and LZ4 leaves as they are. */
  private static final CompressionType COMPRESSION = CompressionType.ZSTD_COMPRESSION;

  private static final int COMPRESSION_LEVEL = 1;

  /** Four times the default: lists read fewer, better compressed blocks. */
  private static final long BLOCK_BYTES = 16 << 10;

  private static final int BLOOM_BITS_PER_KEY = 10;
  private static final int TABLE_FORMAT = 6;
  private static final long WRITE_BUFFER_BYTES = 64L << 20;

  private RocksTuning() {}

  /** Options of the database as a whole; owned by {@code owner}. */
  static DBOptions database(NativeOwner owner) {
    return owner.own(
        new DBOptions()
            // An index row must never survive a crash that its grant did not, nor the reverse.
            .setAtomicFlush(true)
            .setParanoidChecks(true)
            .setMaxBackgroundJobs(Math.max(2, Runtime.getRuntime().availableProcessors()))
            // The log is for RocksDB's authors; ours are the exceptions.
            .setInfoLogLevel(InfoLogLevel.ERROR_LEVEL)
            .setKeepLogFileNum(1)
            .setStatsDumpPeriodSec(0));
  }

  /** Options of a keyspace; {@code filter} for one that is asked for single keys. */
  static ColumnFamilyOptions keyspace(
      NativeOwner owner, Cache cache, RocksSettings settings, boolean filter) {
    BlockBasedTableConfig table = table(owner, cache, filter);
    settings.apply(table);
    ColumnFamilyOptions keyspace =
        owner.own(
            new ColumnFamilyOptions()
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setLevelCompactionDynamicLevelBytes(true)
                .setForceConsistencyChecks(true)
                .setCompressionType(COMPRESSION)
                .setCompressionOptions(compression(owner)));
    settings.apply(keyspace);
    keyspace.setTableFormatConfig(table);
    return keyspace;
  }

  /** Options of the files that a bulk load writes: those of the keyspace they go into. */
  static Options ingestedFile(
      NativeOwner owner, Cache cache, RocksSettings settings, boolean filter) {
    BlockBasedTableConfig table = table(owner, cache, filter);
    settings.apply(table);
    return owner.own(
        new Options()
            .setCompressionType(COMPRESSION)
            .setCompressionOptions(compression(owner))
            .setTableFormatConfig(table));
  }

  private static CompressionOptions compression(NativeOwner owner) {
    return owner.own(new CompressionOptions().setLevel(COMPRESSION_LEVEL));
  }

  private static BlockBasedTableConfig table(NativeOwner owner, Cache cache, boolean filter) {
    BlockBasedTableConfig table =
        new BlockBasedTableConfig()
            .setFormatVersion(TABLE_FORMAT)
            .setBlockSize(BLOCK_BYTES)
            .setBlockCache(cache);
    if (filter) {
      table.setFilterPolicy(owner.own(new BloomFilter(BLOOM_BITS_PER_KEY)));
    }
    return table;
  }
}
