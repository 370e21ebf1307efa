package dev.grantstore.microtests.rocksdb.layout;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.EnvOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/** The rows of a layout, sorted in memory, and how they become files. One thread. */
final class LayoutFiles {
  private static final long CACHE_BYTES = 1 << 20;
  private static final byte[] EMPTY = {};

  private final Layout layout;
  private final LayoutRows rows;
  private final Map<Table, List<Row>> sorted = new EnumMap<>(Table.class);

  LayoutFiles(Layout layout, LayoutRows rows) {
    this.layout = layout;
    this.rows = rows;
    for (Table table : layout.tables()) {
      sorted.put(table, stored(table));
    }
    if (layout.isOneFamily()) {
      List<Row> all = new ArrayList<>();
      sorted.values().forEach(all::addAll);
      sorted.clear();
      sorted.put(Table.GRANTS, all);
    }
  }

  LayoutRows rows() {
    return rows;
  }

  /** The tables that have a family of their own, and their rows. */
  Map<Table, List<Row>> families() {
    return sorted;
  }

  /** Writes one file for each family into an existing folder; where it is, by family. */
  Map<Table, Path> write(Path folder) throws RocksDBException {
    Map<Table, Path> files = new EnumMap<>(Table.class);
    for (Map.Entry<Table, List<Row>> family : sorted.entrySet()) {
      Path file = folder.resolve(family.getKey() + ".sst");
      write(family.getKey(), family.getValue(), file);
      files.put(family.getKey(), file);
    }
    return files;
  }

  private void write(Table table, List<Row> family, Path file) throws RocksDBException {
    try (NativeObjects objects = new NativeObjects(CACHE_BYTES)) {
      ColumnFamilyOptions options = layout.options(table, rows, objects);
      Options both = objects.own(new Options(objects.own(new DBOptions()), options));
      SstFileWriter writer = objects.own(new SstFileWriter(objects.own(new EnvOptions()), both));
      writer.open(file.toString());
      for (Row row : family) {
        writer.put(row.key(), row.value());
      }
      writer.finish();
    }
  }

  private List<Row> stored(Table table) {
    List<Row> stored = new ArrayList<>();
    boolean isEmpty = table != Table.GRANTS && !layout.isCovering();
    for (Row row : rows.of(table)) {
      byte[] key = layout.isOneFamily() ? LayoutDatabase.marked(table, row.key()) : row.key();
      stored.add(new Row(key, isEmpty ? EMPTY : row.value()));
    }
    return stored;
  }
}
