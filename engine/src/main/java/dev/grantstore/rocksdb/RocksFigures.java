package dev.grantstore.rocksdb;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.StoreStats;
import dev.grantstore.layout.FormatVersion;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyMetaData;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Sizes and figures from RocksDB's properties, and the wait until it has nothing left to do. */
final class RocksFigures {
  private static final List<String> BUSY =
      List.of(
          "rocksdb.num-running-flushes",
          "rocksdb.num-running-compactions",
          "rocksdb.mem-table-flush-pending",
          "rocksdb.compaction-pending");
  private static final Duration POLL = Duration.ofMillis(5);

  private final RocksHandles handles;

  RocksFigures(RocksHandles handles) {
    this.handles = handles;
  }

  StoreStats read() throws RocksDBException {
    List<StoreStats.Keyspace> keyspaces = new ArrayList<>();
    SortedMap<String, String> engine = new TreeMap<>();
    for (Keyspace keyspace : Keyspace.values()) {
      keyspaces.add(keyspace(keyspace.label(), handles.keyspace(keyspace), engine));
    }
    keyspaces.add(keyspace(MetaKeys.KEYSPACE, handles.meta(), engine));
    RocksDB db = handles.db();
    long tables = db.getAggregatedLongProperty("rocksdb.estimate-table-readers-mem");
    long memtables = db.getAggregatedLongProperty("rocksdb.cur-size-all-mem-tables");
    long cached = handles.cache().getUsage();
    engine.put("block-cache-bytes", Long.toString(cached));
    engine.put("table-reader-bytes", Long.toString(tables));
    engine.put("memtable-bytes", Long.toString(memtables));
    engine.put("store.format", Integer.toString(FormatVersion.CURRENT));
    engine.put("durability", handles.options().durability().name());
    engine.put("cache-limit-bytes", Long.toString(handles.options().cacheBytes()));
    return new StoreStats(keyspaces, cached + tables + memtables, engine);
  }

  /** Waits until no flush and no compaction is running or due. */
  void awaitIdle(Duration timeout) throws RocksDBException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (isBusy()) {
      if (System.nanoTime() - deadline > 0) {
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
                    .append("L%d:%d".formatted(level.level(), level.files().size())));
    engine.put("levels." + name, levels.toString());
    long rows = handles.db().getLongProperty(handle, "rocksdb.estimate-num-keys");
    return new StoreStats.Keyspace(name, rows, files.size(), (int) files.fileCount());
  }
}
