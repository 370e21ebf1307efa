package dev.grantstore.rocksdb;

import dev.grantstore.Bytes;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.keyvalue.RowBytes;
import dev.grantstore.keyvalue.Rows;
import dev.grantstore.keyvalue.View;
import dev.grantstore.keyvalue.YieldPoint;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.packed.PackedSync;
import dev.grantstore.packed.PagesGoneException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;

/** Reads the database as it is, or through a snapshot of its own. */
final class RocksView implements View {
  private static final int MULTI_GET_ROWS = 1_000;

  private final RocksHandles handles;
  private final ReadOptions options;
  private final @Nullable Snapshot snapshot;
  private final RocksPages pages;

  /** Of syncs that were dropped since the snapshot. */
  private final Map<Integer, PackedSync> dropped = new ConcurrentHashMap<>();

  private RocksView(
      RocksHandles handles, ReadOptions options, @Nullable Snapshot snapshot, RocksPages pages) {
    this.handles = handles;
    this.options = options;
    this.snapshot = snapshot;
    this.pages = pages;
  }

  static RocksView live(RocksHandles handles, RocksPages pages) {
    return new RocksView(handles, handles.readOptions(), null, pages);
  }

  /** A view of this moment; the caller closes it. */
  static RocksView now(RocksHandles handles, RocksPages pages) {
    Snapshot snapshot = handles.db().getSnapshot();
    return new RocksView(handles, new ReadOptions().setSnapshot(snapshot), snapshot, pages);
  }

  @Override
  public boolean get(Keyspace keyspace, byte[] key, int keyLength, RowBytes value)
      throws RocksDBException {
    ColumnFamilyHandle handle = handles.keyspace(keyspace);
    byte[] room = value.room(1);
    int length = handles.db().get(handle, options, key, 0, keyLength, room, 0, room.length);
    while (length > room.length) {
      room = value.room(length);
      length = handles.db().get(handle, options, key, 0, keyLength, room, 0, room.length);
    }
    if (length == RocksDB.NOT_FOUND) {
      return false;
    }
    value.filled(length);
    return true;
  }

  @Override
  public List<byte @Nullable []> getAll(Keyspace keyspace, List<byte[]> keys)
      throws RocksDBException {
    List<byte @Nullable []> values = new ArrayList<>(keys.size());
    // Read at once they need no snapshot, which costs a lock and four calls.
    if (keys.size() <= MULTI_GET_ROWS && multiGet(keyspace, keys, values)) {
      return values;
    }
    values.clear();
    YieldPoint.reached("answers cleared");
    if (snapshot != null) {
      readInPieces(keyspace, keys, values);
    } else {
      try (RocksView moment = now(handles, pages)) {
        YieldPoint.reached("moment taken");
        moment.readInPieces(keyspace, keys, values);
      }
    }
    return values;
  }

  @Override
  public Rows rows(Keyspace keyspace, byte[] prefix, byte[] from) {
    RocksIterator iterator = handles.db().newIterator(handles.keyspace(keyspace), options);
    iterator.seek(from);
    return new IteratorRows(iterator, prefix);
  }

  /** An iterator stays at the moment it was made. */
  @Override
  public boolean rowsMove() {
    return true;
  }

  @Override
  public PackedSync packed(SyncRow row) throws PagesGoneException {
    PackedSync live = pages.live(row);
    if (live != null) {
      return live;
    }
    if (snapshot == null) {
      throw new PagesGoneException();
    }
    return dropped.computeIfAbsent(row.number(), number -> pages.of(row, options));
  }

  @Override
  public Optional<Bytes> nextPage(byte[] from) throws RocksDBException {
    try (RocksIterator iterator = handles.db().newIterator(handles.pages(), options)) {
      iterator.seek(from);
      if (iterator.isValid()) {
        return Optional.of(Bytes.copyOf(iterator.key()));
      }
      iterator.status();
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    if (snapshot != null) {
      dropped.values().forEach(PackedSync::close);
      options.close();
      handles.db().releaseSnapshot(snapshot);
      snapshot.close();
    }
  }

  private void readInPieces(Keyspace keyspace, List<byte[]> keys, List<byte @Nullable []> values)
      throws RocksDBException {
    for (int from = 0; from < keys.size(); from += MULTI_GET_ROWS) {
      int to = Math.min(keys.size(), from + MULTI_GET_ROWS);
      multiGet(keyspace, keys.subList(from, to), values);
      YieldPoint.reached("piece read");
    }
  }

  /**
   * Adds the values of some keys, read at once. False if a row was found only when it was asked for
   * again: without a snapshot these may be rows of two moments.
   */
  private boolean multiGet(Keyspace keyspace, List<byte[]> keys, List<byte @Nullable []> values)
      throws RocksDBException {
    List<byte @Nullable []> found =
        handles
            .db()
            .multiGetAsList(
                options, Collections.nCopies(keys.size(), handles.keyspace(keyspace)), keys);
    YieldPoint.reached("values read");
    RowBytes late = new RowBytes();
    boolean foundLate = false;
    for (int i = 0; i < keys.size(); i++) {
      byte[] value = found.get(i);
      // RocksDB's multi-get gives no value for a row that cannot be read, and no error
      // (facebook/rocksdb#12741); its get does. What that does not find either was not there.
      if (value == null && get(keyspace, keys.get(i), keys.get(i).length, late)) {
        value = Arrays.copyOf(late.array(), late.length());
        foundLate = true;
      }
      values.add(value);
    }
    return !foundLate;
  }

  /** Rows of an iterator; each key and value is copied with one native call. */
  private static final class IteratorRows implements Rows {
    private final RocksIterator iterator;
    private byte[] prefix;
    private boolean positioned;

    IteratorRows(RocksIterator iterator, byte[] prefix) {
      this.iterator = iterator;
      this.prefix = prefix;
    }

    @Override
    public boolean next(RowBytes key, RowBytes value) throws RocksDBException {
      if (positioned) {
        iterator.next();
      }
      positioned = true;
      if (!iterator.isValid()) {
        // One that met a damaged block is just not valid: the status tells the difference.
        iterator.status();
        return false;
      }
      byte[] room = key.room(1);
      int length = iterator.key(room);
      if (length > room.length) {
        iterator.key(key.room(length));
      }
      key.filled(length);
      if (!key.startsWith(prefix)) {
        return false;
      }
      readValue(value);
      return true;
    }

    @Override
    public void moveTo(byte[] next) {
      prefix = next;
      positioned = false;
      iterator.seek(next);
    }

    private void readValue(RowBytes value) {
      byte[] room = value.room(1);
      int length = iterator.value(room);
      if (length > room.length) {
        iterator.value(value.room(length));
      }
      value.filled(length);
    }

    @Override
    public void close() {
      iterator.close();
    }
  }
}
