package dev.grantstore.rocksdb;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.StoreStats;
import dev.grantstore.layout.FormatVersion;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.packed.PageCache;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyMetaData;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Statistics;
import org.rocksdb.TickerType;

/** Sizes and figures from RocksDB's properties, and the wait until it has nothing left to do. */
final class RocksFigures {
  private static final List<String> BUSY =
      List.of(
          "rocksdb.num-running-flushes",
          "rocksdb.num-running-compactions",
          "rocksdb.mem-table-flush-pending",
          "rocksdb.compaction-pending");
  private static final SortedMap<String, TickerType> COUNTERS =
      new TreeMap<>(
          Map.of(
              "rocksdb.block.cache.data.hit", TickerType.BLOCK_CACHE_DATA_HIT,
              "rocksdb.block.cache.data.miss", TickerType.BLOCK_CACHE_DATA_MISS,
              "rocksdb.block.cache.bytes.read", TickerType.BLOCK_CACHE_BYTES_READ,
              "rocksdb.block.cache.bytes.write", TickerType.BLOCK_CACHE_BYTES_WRITE,
              "rocksdb.bytes.read", TickerType.BYTES_READ,
              "rocksdb.number.db.next", TickerType.NUMBER_DB_NEXT,
              "rocksdb.bytes.written", TickerType.BYTES_WRITTEN,
              "rocksdb.flush.write.bytes", TickerType.FLUSH_WRITE_BYTES,
              "rocksdb.compact.write.bytes", TickerType.COMPACT_WRITE_BYTES,
              "rocksdb.compact.read.bytes", TickerType.COMPACT_READ_BYTES));
  private static final Duration POLL = Duration.ofMillis(5);

  private final RocksHandles handles;

  private final PageCache pages;

  RocksFigures(RocksHandles handles, PageCache pages) {
    this.handles = handles;
    this.pages = pages;
  }

  StoreStats read() throws RocksDBException {
    List<StoreStats.Keyspace> keyspaces = new ArrayList<>();
    SortedMap<String, String> engine = new TreeMap<>();
    for (Keyspace keyspace : Keyspace.values()) {
      keyspaces.add(keyspace(keyspace.label(), handles.keyspace(keyspace), engine));
    }
    if (handles.hasPages()) {
      keyspaces.add(keyspace("packed", handles.pages(), engine));
    }
    RocksDB db = handles.db();
    long tables = db.getAggregatedLongProperty("rocksdb.estimate-table-readers-mem");
    long memtables = db.getAggregatedLongProperty("rocksdb.cur-size-all-mem-tables");
    long cached = handles.cache().getUsage();
    engine.put("page-cache-bytes", Long.toString(pages.bytes()));
    engine.put("page-directory-bytes", Long.toString(pages.directoryBytes()));
    engine.put("block-cache-bytes", Long.toString(cached));
    engine.put("table-reader-bytes", Long.toString(tables));
    engine.put("memtable-bytes", Long.toString(memtables));
    engine.put("snapshots", String.valueOf(db.getProperty("rocksdb.num-snapshots")));
    addOptions(engine);
    addCounters(engine);
    engine.put("store.format", Integer.toString(FormatVersion.CURRENT));
    return new StoreStats(keyspaces, cached + tables + memtables, engine);
  }

  private void addOptions(SortedMap<String, String> engine) {
    ColumnFamilyOptions options = handles.grantOptions();
    engine.put("option.compression", options.compressionType().toString());
    engine.put("option.write-buffer-bytes", Long.toString(options.writeBufferSize()));
    if (options.tableFormatConfig() instanceof BlockBasedTableConfig table) {
      engine.put("option.block-bytes", Long.toString(table.blockSize()));
      engine.put("option.format-version", Integer.toString(table.formatVersion()));
    }
    engine.put("option.durability", handles.options().durability().name());
    engine.put("option.cache-bytes", Long.toString(handles.options().cacheBytes()));
    handles.options().engineOptions().forEach((name, value) -> engine.put("option." + name, value));
  }

  /** The counters by RocksDB's own names, if the store was opened with them. */
  private void addCounters(SortedMap<String, String> engine) {
    Statistics statistics = handles.statistics();
    if (statistics != null) {
      for (Map.Entry<String, TickerType> counter : COUNTERS.entrySet()) {
        long count = statistics.getTickerCount(counter.getValue());
        engine.put("ticker." + counter.getKey(), Long.toString(count));
      }
      PerfFigures.addTo(engine, handles.db());
    }
  }

  /** Waits until no flush and no compaction is running or due. */
  void awaitIdle(long startNanos, Duration timeout) throws RocksDBException {
    while (isBusy()) {
      if (Duration.ofNanos(System.nanoTime() - startNanos).compareTo(timeout) > 0) {
        throw new GrantStoreException(
            Reason.TIMEOUT, "store did not settle in time: timeout=" + timeout);
      }
      LockSupport.parkNanos(POLL.toNanos());
      if (Thread.currentThread().isInterrupted()) {
        throw new GrantStoreException(Reason.TIMEOUT, "interrupted while the store was settling");
      }
    }
  }

  private boolean isBusy() throws RocksDBException {
    for (ColumnFamilyHandle keyspace : handles.all()) {
      for (String property : BUSY) {
        if (handles.db().getLongProperty(keyspace, property) != 0) {
          return true;
        }
      }
    }
    return false;
  }

  private StoreStats.Keyspace keyspace(
      String name, ColumnFamilyHandle handle, SortedMap<String, String> engine)
      throws RocksDBException {
    ColumnFamilyMetaData files = handles.db().getColumnFamilyMetaData(handle);
    StringBuilder levels = new StringBuilder();
    files.levels().stream()
        .filter(level -> !level.files().isEmpty())
        .forEach(
            level ->
                levels
                    .append(levels.length() == 0 ? "" : " ")
                    .append(
                        String.format(Locale.ROOT, "L%d:%d", level.level(), level.files().size())));
    engine.put("levels." + name, levels.toString());
    long rows = handles.db().getLongProperty(handle, "rocksdb.estimate-num-keys");
    return new StoreStats.Keyspace(name, rows, files.size(), (int) files.fileCount());
  }
}
