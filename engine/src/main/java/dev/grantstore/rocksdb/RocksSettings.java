package dev.grantstore.rocksdb;

import dev.grantstore.StoreOptions;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;

/**
 * What {@link StoreOptions#engineOptions} says, checked, and put over the defaults. Which options
 * there are is {@link RocksOption}'s to say. Immutable.
 */
final class RocksSettings {
  /** In the order of the words of {@link RocksOption#COMPRESSION}. */
  private static final List<CompressionType> COMPRESSIONS =
      List.of(
          CompressionType.NO_COMPRESSION,
          CompressionType.LZ4_COMPRESSION,
          CompressionType.ZSTD_COMPRESSION);

  /** A thousand grants, about: rfc/0005 has other sizes. */
  private static final int PAGE_BYTES = 4 << 10;

  private final Map<RocksOption, Long> values = new EnumMap<>(RocksOption.class);

  private RocksSettings() {}

  /** Checks names and values; touches nothing else. */
  static RocksSettings of(StoreOptions options) {
    RocksSettings settings = new RocksSettings();
    options
        .engineOptions()
        .forEach(
            (name, text) -> {
              RocksOption option = RocksOption.named(name);
              settings.values.put(option, option.parse(text));
            });
    return settings;
  }

  boolean countsStatistics() {
    return value(RocksOption.STATISTICS, 0) != 0;
  }

  /** {@return whether a sync is stored as pages once it is sealed} */
  boolean packs() {
    return pageBytes() > 0;
  }

  /** {@return how large its pages are, about; 0 if it is stored as rows} */
  int pageBytes() {
    return value(RocksOption.PACKED, 1) == 0 ? 0 : value(RocksOption.PAGE_BYTES, PAGE_BYTES);
  }

  CompressionType compression(CompressionType otherwise) {
    return COMPRESSIONS.get(value(RocksOption.COMPRESSION, COMPRESSIONS.indexOf(otherwise)));
  }

  int bloomBitsPerKey(int otherwise) {
    return value(RocksOption.BLOOM_BITS_PER_KEY, otherwise);
  }

  void apply(DBOptions options) {
    options.setAllowFAllocate(value(RocksOption.ALLOW_FALLOCATE, options.allowFAllocate()));
    options.setMaxOpenFiles(value(RocksOption.MAX_OPEN_FILES, options.maxOpenFiles()));
    options.setMaxManifestFileSize(
        value(RocksOption.MAX_MANIFEST_FILE_SIZE, options.maxManifestFileSize()));
  }

  void apply(ColumnFamilyOptions options) {
    options.setWriteBufferSize(value(RocksOption.WRITE_BUFFER_SIZE, options.writeBufferSize()));
    options.setMaxWriteBufferNumber(
        value(RocksOption.MAX_WRITE_BUFFER_NUMBER, options.maxWriteBufferNumber()));
    options.setLevel0FileNumCompactionTrigger(
        value(
            RocksOption.LEVEL0_FILE_NUM_COMPACTION_TRIGGER,
            options.level0FileNumCompactionTrigger()));
    options.setTargetFileSizeBase(
        value(RocksOption.TARGET_FILE_SIZE_BASE, options.targetFileSizeBase()));
    options.setLevelCompactionDynamicLevelBytes(
        value(
            RocksOption.LEVEL_COMPACTION_DYNAMIC_LEVEL_BYTES,
            options.levelCompactionDynamicLevelBytes()));
  }

  void apply(BlockBasedTableConfig table) {
    table.setBlockSize(value(RocksOption.BLOCK_SIZE, table.blockSize()));
    table.setBlockRestartInterval(
        value(RocksOption.BLOCK_RESTART_INTERVAL, table.blockRestartInterval()));
    table.setFormatVersion(value(RocksOption.FORMAT_VERSION, table.formatVersion()));
    table.setCacheIndexAndFilterBlocks(
        value(RocksOption.CACHE_INDEX_AND_FILTER_BLOCKS, table.cacheIndexAndFilterBlocks()));
  }

  private long value(RocksOption option, long otherwise) {
    return values.getOrDefault(option, otherwise);
  }

  /** No option takes more than fits. */
  private int value(RocksOption option, int otherwise) {
    return Math.toIntExact(value(option, (long) otherwise));
  }

  private boolean value(RocksOption option, boolean otherwise) {
    return value(option, otherwise ? 1L : 0L) != 0;
  }
}
