package dev.grantstore.rocksdb;

import dev.grantstore.Excerpt;
import dev.grantstore.StoreOptions;
import java.util.Map;
import java.util.TreeMap;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.ColumnFamilyOptions;

/**
 * The engine options that {@link StoreOptions#engineOptions} may hold, by RocksDB's own names, and
 * {@value #STATISTICS}. Bounds are RocksDB's; values are whole numbers.
 */
final class RocksSettings {
  /** Not RocksDB's: 1 to count what the engine reads and writes, which costs time. */
  static final String STATISTICS = "statistics";

  private static final Map<String, Long> LEAST =
      new TreeMap<>(
          Map.of(
              "write_buffer_size",
              64L << 10,
              "max_write_buffer_number",
              1L,
              "level0_file_num_compaction_trigger",
              1L,
              "target_file_size_base",
              4L << 10,
              "block_size",
              64L,
              "block_restart_interval",
              1L,
              STATISTICS,
              0L));

  private final Map<String, Long> values = new TreeMap<>();

  private RocksSettings() {}

  /** Checks names and values; touches nothing else. */
  static RocksSettings of(StoreOptions options) {
    RocksSettings settings = new RocksSettings();
    options.engineOptions().forEach(settings::take);
    return settings;
  }

  private void take(String name, String text) {
    Long least = LEAST.get(name);
    if (least == null) {
      throw new IllegalArgumentException(
          "unknown engine option: %s known=%s".formatted(Excerpt.of(name), LEAST.keySet()));
    }
    long value;
    try {
      value = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "engine option is not a whole number: %s=%s".formatted(name, Excerpt.of(text)), e);
    }
    if (value < least || value > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "engine option is out of range: %s=%d least=%d most=%d"
              .formatted(name, value, least, Integer.MAX_VALUE));
    }
    values.put(name, value);
  }

  boolean countsStatistics() {
    return value(STATISTICS, 0) != 0;
  }

  void apply(ColumnFamilyOptions options) {
    options.setWriteBufferSize(value("write_buffer_size", options.writeBufferSize()));
    options.setMaxWriteBufferNumber(
        (int) value("max_write_buffer_number", options.maxWriteBufferNumber()));
    options.setLevel0FileNumCompactionTrigger(
        (int)
            value("level0_file_num_compaction_trigger", options.level0FileNumCompactionTrigger()));
    options.setTargetFileSizeBase(value("target_file_size_base", options.targetFileSizeBase()));
  }

  void apply(BlockBasedTableConfig table) {
    table.setBlockSize(value("block_size", table.blockSize()));
    table.setBlockRestartInterval(
        (int) value("block_restart_interval", table.blockRestartInterval()));
  }

  private long value(String name, long otherwise) {
    return values.getOrDefault(name, otherwise);
  }
}
