package dev.grantstore.rocksdb;

import java.util.List;
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
  /**
   * Ids are mostly digits, which entropy coding halves and LZ4 leaves as they are; higher levels
   * gain little and cost writes much (rfc/0004, Blocks).
   */
  private static final CompressionType COMPRESSION = CompressionType.ZSTD_COMPRESSION;

  private static final int ZSTD_LEVEL = 1;

  /**
   * Four times the default: real grants then take two fifths less, and a read that misses the cache
   * decompresses more (rfc/0005).
   */
  private static final long BLOCK_BYTES = 16 << 10;

  /** Pages of small syncs share blocks; all others are larger. */
  private static final long LEAST_PAGE_BLOCK_BYTES = 1 << 10;

  private static final int BLOOM_BITS_PER_KEY = 10;
  private static final int TABLE_FORMAT = 6;
  private static final long WRITE_BUFFER_BYTES = 64L << 20;

  /**
   * RocksDB starts its threads that open tables for each keyspace, also where there is one table or
   * none: at its default of 16 that is most of what opening a small store costs.
   */
  private static final int TABLES_PER_OPENING_THREAD = 16;

  private static final int MOST_OPENING_THREADS = 16;

  private RocksTuning() {}

  /**
   * Options of the database as a whole; owned by {@code owner}.
   *
   * @param tables how many there are to be opened
   * @param inMemory whether its folder is in a file system that has no disk: space asked for there
   *     beforehand is memory, filled with zeros, 70 MB of it for the log of three rows
   */
  static DBOptions database(
      NativeOwner owner, RocksSettings settings, int tables, boolean inMemory) {
    int openingThreads = Math.min(1 + tables / TABLES_PER_OPENING_THREAD, MOST_OPENING_THREADS);
    DBOptions database =
        owner.own(
            new DBOptions()
                // An index row must never survive a crash that its grant did not, nor the reverse.
                .setAtomicFlush(true)
                .setParanoidChecks(true)
                .setListeners(List.of(owner.own(new NoRecovery())))
                .setMaxFileOpeningThreads(openingThreads)
                .setAllowFAllocate(!inMemory)
                .setMaxBackgroundJobs(Math.max(2, Runtime.getRuntime().availableProcessors()))
                // The log is for RocksDB's authors; ours are the exceptions.
                .setInfoLogLevel(InfoLogLevel.ERROR_LEVEL)
                .setKeepLogFileNum(1)
                .setStatsDumpPeriodSec(0));
    settings.apply(database);
    return database;
  }

  /** Options of a keyspace; {@code filter} for one that is asked for single keys. */
  static ColumnFamilyOptions keyspace(
      NativeOwner owner, Cache cache, RocksSettings settings, boolean filter) {
    ColumnFamilyOptions keyspace =
        owner.own(
            new ColumnFamilyOptions()
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setLevelCompactionDynamicLevelBytes(true)
                .setForceConsistencyChecks(true)
                .setCompressionType(settings.compression(COMPRESSION))
                .setCompressionOptions(compression(owner, settings))
                .setTableFormatConfig(table(owner, cache, settings, filter)));
    settings.apply(keyspace);
    return keyspace;
  }

  /** Options of the files that a bulk load writes: those of the keyspace they go into. */
  static Options ingestedFile(
      NativeOwner owner, Cache cache, RocksSettings settings, boolean filter) {
    return owner.own(
        new Options()
            .setCompressionType(settings.compression(COMPRESSION))
            .setCompressionOptions(compression(owner, settings))
            .setTableFormatConfig(table(owner, cache, settings, filter)));
  }

  /** Options of the pages of packed syncs, each of which is a block. */
  static ColumnFamilyOptions pages(NativeOwner owner, Cache cache, RocksSettings settings) {
    return owner.own(
        new ColumnFamilyOptions()
            .setWriteBufferSize(WRITE_BUFFER_BYTES)
            .setLevelCompactionDynamicLevelBytes(true)
            .setForceConsistencyChecks(true)
            .setCompressionType(settings.compression(COMPRESSION))
            .setCompressionOptions(compression(owner, settings))
            .setTableFormatConfig(pageTable(cache)));
  }

  /** Options of the files of pages that a bulk load writes. */
  static Options ingestedPages(NativeOwner owner, Cache cache, RocksSettings settings) {
    return owner.own(
        new Options()
            .setCompressionType(settings.compression(COMPRESSION))
            .setCompressionOptions(compression(owner, settings))
            .setTableFormatConfig(pageTable(cache)));
  }

  /** RocksDB leaves a block as it is where compression gains little: packed bits mostly are. */
  private static BlockBasedTableConfig pageTable(Cache cache) {
    return new BlockBasedTableConfig()
        .setFormatVersion(TABLE_FORMAT)
        .setBlockSize(LEAST_PAGE_BLOCK_BYTES)
        .setBlockRestartInterval(1)
        .setBlockCache(cache);
  }

  private static CompressionOptions compression(NativeOwner owner, RocksSettings settings) {
    CompressionOptions compression = owner.own(new CompressionOptions());
    // To LZ4, any level from 1 means the slow variant.
    if (settings.compression(COMPRESSION) == CompressionType.ZSTD_COMPRESSION) {
      compression.setLevel(ZSTD_LEVEL);
    }
    return compression;
  }

  private static BlockBasedTableConfig table(
      NativeOwner owner, Cache cache, RocksSettings settings, boolean filter) {
    BlockBasedTableConfig table =
        new BlockBasedTableConfig()
            .setFormatVersion(TABLE_FORMAT)
            .setBlockSize(BLOCK_BYTES)
            .setBlockCache(cache);
    settings.apply(table);
    int bitsPerKey = settings.bloomBitsPerKey(BLOOM_BITS_PER_KEY);
    if (filter && bitsPerKey > 0) {
      table.setFilterPolicy(owner.own(new BloomFilter(bitsPerKey)));
    }
    return table;
  }
}
