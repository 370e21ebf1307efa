package dev.grantstore.microtests.rocksdb;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.EnvOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;
import org.rocksdb.SstFileWriter;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** A database of two column families, {@code default} and {@code rows}, and text in it. */
final class PlainDatabase implements AutoCloseable {
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private final RocksDB db;
  private final ColumnFamilyHandle meta;
  private final ColumnFamilyHandle rows;

  private PlainDatabase(Path folder) throws RocksDBException {
    RocksDB.loadLibrary();
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    List<ColumnFamilyDescriptor> families =
        List.of(
            new ColumnFamilyDescriptor(bytes("default"), own(new ColumnFamilyOptions())),
            new ColumnFamilyDescriptor(bytes("rows"), own(new ColumnFamilyOptions())));
    DBOptions options =
        own(new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true));
    db = own(RocksDB.open(options, folder.toString(), families, handles));
    handles.forEach(this::own);
    meta = handles.get(0);
    rows = handles.get(1);
  }

  static PlainDatabase open(Path folder) throws RocksDBException {
    return new PlainDatabase(folder);
  }

  void put(String key, String value) throws RocksDBException {
    db.put(rows, bytes(key), bytes(value));
  }

  void putMeta(String key, String value) throws RocksDBException {
    db.put(meta, bytes(key), bytes(value));
  }

  String meta(String key) throws RocksDBException {
    byte[] value = db.get(meta, bytes(key));
    return value == null ? "" : text(value);
  }

  /** Deletes the keys of a range in one write. */
  void deleteRange(String from, String to) throws RocksDBException {
    db.deleteRange(rows, bytes(from), bytes(to));
  }

  /** Points the meta row elsewhere and deletes the old range, both in one write. */
  void switchMeta(String key, String value, String from, String to) throws RocksDBException {
    try (WriteBatch batch = new WriteBatch();
        WriteOptions options = new WriteOptions()) {
      batch.put(meta, bytes(key), bytes(value));
      batch.deleteRange(rows, bytes(from), bytes(to));
      db.write(options, batch);
    }
  }

  void flush() throws RocksDBException {
    try (FlushOptions options = new FlushOptions()) {
      db.flush(options, List.of(meta, rows));
    }
  }

  void compact() throws RocksDBException {
    db.compactRange(rows);
  }

  void checkpoint(Path folder) throws RocksDBException {
    try (Checkpoint checkpoint = Checkpoint.create(db)) {
      checkpoint.createCheckpoint(folder.toString());
    }
  }

  /** Writes an SST file: an empty value deletes its key. */
  static void writeSst(Path file, Map<String, String> sorted) throws RocksDBException {
    try (EnvOptions env = new EnvOptions();
        Options options = new Options();
        SstFileWriter writer = new SstFileWriter(env, options)) {
      writer.open(file.toString());
      for (Map.Entry<String, String> row : new TreeMap<>(sorted).entrySet()) {
        if (row.getValue().isEmpty()) {
          writer.delete(bytes(row.getKey()));
        } else {
          writer.put(bytes(row.getKey()), bytes(row.getValue()));
        }
      }
      writer.finish();
    }
  }

  void ingest(Path file) throws RocksDBException {
    try (IngestExternalFileOptions options = new IngestExternalFileOptions()) {
      db.ingestExternalFile(rows, List.of(file.toString()), options);
    }
  }

  /** All rows as of now. */
  Map<String, String> rows() {
    try (ReadOptions options = new ReadOptions();
        RocksIterator it = iterator(options)) {
      it.seekToFirst();
      return rest(it);
    }
  }

  /** All rows as of a snapshot. */
  Map<String, String> rows(Snapshot snapshot) {
    try (ReadOptions options = new ReadOptions().setSnapshot(snapshot);
        RocksIterator it = iterator(options)) {
      it.seekToFirst();
      return rest(it);
    }
  }

  Snapshot snapshot() {
    return db.getSnapshot();
  }

  void release(Snapshot snapshot) {
    db.releaseSnapshot(snapshot);
  }

  RocksIterator iterator(ReadOptions options) {
    return db.newIterator(rows, options);
  }

  /** The rows from where an iterator stands; its status is asked, as silence is not the end. */
  static Map<String, String> rest(RocksIterator it) {
    Map<String, String> rest = new TreeMap<>();
    for (; it.isValid(); it.next()) {
      rest.put(text(it.key()), text(it.value()));
    }
    try {
      it.status();
    } catch (RocksDBException e) {
      throw new AssertionError(e);
    }
    return rest;
  }

  @Override
  public void close() {
    while (!owned.isEmpty()) {
      try {
        owned.pop().close();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  private <T extends AutoCloseable> T own(T handle) {
    owned.push(handle);
    return handle;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
