package dev.grantstore.rocksdb;

import dev.grantstore.codec.TupleWriter;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowReader;
import java.util.Arrays;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** The buffers of one reading thread, used again and again. */
final class Scratch {
  static final int MISSING = RocksDB.NOT_FOUND;

  private static final int FIRST_BYTES = 1 << 10;
  private static final int KEPT_BYTES = 256 << 10;

  final TupleWriter key = new TupleWriter();
  final RowReader grantRow = new RowReader(Keyspace.GRANTS);
  byte[] value = new byte[FIRST_BYTES];

  /** Reads the value of {@link #key} into {@link #value}; its length, or {@link #MISSING}. */
  int get(RocksDB db, ColumnFamilyHandle keyspace, ReadOptions options) throws RocksDBException {
    if (value.length > KEPT_BYTES) {
      value = new byte[FIRST_BYTES];
    }
    int length = read(db, keyspace, options);
    while (length > value.length) {
      value = Arrays.copyOf(value, length);
      length = read(db, keyspace, options);
    }
    return length;
  }

  /** {@link #value}, with room for so many bytes. */
  byte[] room(int bytes) {
    if (value.length < bytes) {
      value = new byte[bytes];
    }
    return value;
  }

  private int read(RocksDB db, ColumnFamilyHandle keyspace, ReadOptions options)
      throws RocksDBException {
    return db.get(keyspace, options, key.array(), 0, key.length(), value, 0, value.length);
  }
}
