package dev.grantstore.microtests.rocksdb.layout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Statistics;
import org.rocksdb.TickerType;

/** A database of one {@link Layout}, all rows at its last level. One thread. */
final class LayoutDatabase implements AutoCloseable {
  private static final int BUFFER_BYTES = 4 << 10;

  private final NativeObjects objects;
  private final Layout layout;
  private final RocksDB db;
  private final Map<Table, ColumnFamilyHandle> handles = new EnumMap<>(Table.class);
  private final ReadOptions inOrder;
  private final ReadOptions withinPrefix;
  private final Statistics statistics;
  private final byte[] key = new byte[BUFFER_BYTES];
  private final byte[] value = new byte[BUFFER_BYTES];

  private LayoutDatabase(
      Layout layout, LayoutRows rows, Path folder, NativeObjects objects, boolean isCounting)
      throws RocksDBException {
    this.layout = layout;
    this.objects = objects;
    List<Table> tables = layout.isOneFamily() ? List.of(Table.GRANTS) : layout.tables();
    List<ColumnFamilyDescriptor> families = new ArrayList<>();
    families.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY));
    for (Table table : tables) {
      families.add(
          new ColumnFamilyDescriptor(
              table.name().getBytes(StandardCharsets.UTF_8), layout.options(table, rows, objects)));
    }
    DBOptions options =
        objects.own(new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true));
    statistics = objects.own(new Statistics());
    if (isCounting) {
      options.setStatistics(statistics);
    }
    List<ColumnFamilyHandle> opened = new ArrayList<>();
    db = objects.own(RocksDB.open(options, folder.toString(), families, opened));
    opened.forEach(objects::own);
    for (Table table : layout.tables()) {
      handles.put(table, opened.get(layout.isOneFamily() ? 1 : 1 + tables.indexOf(table)));
    }
    inOrder = objects.own(new ReadOptions().setTotalOrderSeek(true));
    withinPrefix = objects.own(new ReadOptions().setPrefixSameAsStart(true));
  }

  /** Makes a new database of a layout's rows by ingesting files. */
  static void create(LayoutFiles files, Layout layout, Path folder)
      throws RocksDBException, IOException {
    Files.createDirectories(folder);
    try (LayoutDatabase database = open(layout, files.rows(), folder, 1 << 20);
        IngestExternalFileOptions move = new IngestExternalFileOptions().setMoveFiles(true)) {
      for (Map.Entry<Table, Path> file : files.write(folder).entrySet()) {
        database.db.ingestExternalFile(
            database.handle(file.getKey()), List.of(file.getValue().toString()), move);
      }
    }
  }

  /** Opens a database with a cache of its own. */
  static LayoutDatabase open(Layout layout, LayoutRows rows, Path folder, long cacheBytes)
      throws RocksDBException {
    return new LayoutDatabase(layout, rows, folder, new NativeObjects(cacheBytes), false);
  }

  /** Opens a database that counts what it does, with a cache that outlives it. */
  static LayoutDatabase openCounting(Layout layout, LayoutRows rows, Path folder, Cache cache)
      throws RocksDBException {
    return new LayoutDatabase(layout, rows, folder, new NativeObjects(cache), true);
  }

  /** Gets one grant's row; how many bytes it has, or -1. */
  int get(byte[] grantKey) throws RocksDBException {
    return db.get(handle(Table.GRANTS), inOrder, keyOf(Table.GRANTS, grantKey), value);
  }

  /** Reads the rows of a prefix; how many there are. */
  int list(Table table, byte[] prefix) throws RocksDBException {
    boolean isFiltered = table == Table.BY_PRINCIPAL && layout.filtersPrincipals();
    byte[] wanted = keyOf(table, prefix);
    int rows = 0;
    try (RocksIterator it = db.newIterator(handle(table), isFiltered ? withinPrefix : inOrder)) {
      for (it.seek(wanted); it.isValid(); it.next()) {
        int keyLength = it.key(key);
        if (!startsWith(keyLength, wanted)) {
          break;
        }
        readRow(it, table, keyLength);
        rows++;
      }
      it.status();
    }
    return rows;
  }

  /** Whether a principal with an entitlement has a row. */
  boolean holds(byte[] prefix) throws RocksDBException {
    if (layout == Layout.HOLDING_ROWS) {
      return db.get(handle(Table.HOLDINGS), inOrder, prefix, value) >= 0;
    }
    byte[] wanted = keyOf(Table.BY_PRINCIPAL, prefix);
    ReadOptions options = layout.filtersHoldings() ? withinPrefix : inOrder;
    try (RocksIterator it = db.newIterator(handle(Table.BY_PRINCIPAL), options)) {
      it.seek(wanted);
      boolean holds = it.isValid() && startsWith(it.key(key), wanted);
      it.status();
      return holds;
    }
  }

  /** Bytes on disk of one table's family. */
  long fileBytes(Table table) throws RocksDBException {
    return db.getLongProperty(handle(table), "rocksdb.live-sst-files-size");
  }

  /** A counter since opening, of a database that counts. */
  long counted(TickerType ticker) {
    return statistics.getTickerCount(ticker);
  }

  @Override
  public void close() {
    objects.close();
  }

  /** A key in a family that several tables share. */
  static byte[] marked(Table table, byte[] key) {
    byte[] marked = new byte[key.length + 1];
    marked[0] = table.mark();
    System.arraycopy(key, 0, marked, 1, key.length);
    return marked;
  }

  /** Copies the row's value out, or that of the grant which the last element of its key names. */
  private void readRow(RocksIterator it, Table table, int keyLength) throws RocksDBException {
    if (layout.isCovering() || table == Table.GRANTS) {
      it.value(value);
      return;
    }
    int start = keyLength - 1;
    while (key[start - 1] != 0) {
      start--;
    }
    byte[] grantKey = new byte[Integer.BYTES + keyLength - start];
    System.arraycopy(key, start, grantKey, Integer.BYTES, keyLength - start);
    if (get(grantKey) < 0) {
      throw new IllegalStateException("index row without its grant");
    }
  }

  private ColumnFamilyHandle handle(Table table) {
    ColumnFamilyHandle handle = handles.get(table);
    if (handle == null) {
      throw new IllegalArgumentException("table is not in this database: " + table);
    }
    return handle;
  }

  private byte[] keyOf(Table table, byte[] given) {
    return layout.isOneFamily() ? marked(table, given) : given;
  }

  private boolean startsWith(int keyLength, byte[] prefix) {
    return keyLength >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
