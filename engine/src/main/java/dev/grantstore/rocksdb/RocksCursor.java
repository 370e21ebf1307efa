package dev.grantstore.rocksdb;

import dev.grantstore.Bytes;
import dev.grantstore.CorruptionException;
import dev.grantstore.Grant;
import dev.grantstore.GrantStoreException;
import dev.grantstore.IdField;
import dev.grantstore.Utf8View;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.keyvalue.Children;
import dev.grantstore.keyvalue.KeyedCursor;
import dev.grantstore.keyvalue.YieldPoint;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowReader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Walks over the rows of one keyspace whose keys start with a prefix. Copies each key and value
 * into its own arrays, with one native call each, and points views into them.
 *
 * <p>The native iterator is used only between {@link #acquire} and {@link #release}, which a
 * closing store waits out; so a cursor whose store closes fails, and does not crash.
 */
final class RocksCursor implements KeyedCursor {
  private static final int IDLE = 0;
  private static final int BUSY = 1;
  private static final int CLOSING = 2;
  private static final int CLOSED = 3;
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(RocksCursor.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Keyspace keyspace;
  private final byte[] prefix;
  private final RocksIterator iterator;
  private final Children owner;
  private final RowReader row;
  private byte[] key = new byte[256];
  private byte[] value = new byte[512];
  private int keyLength;
  private boolean positioned;
  private boolean onRow;
  private boolean exhausted;
  private @Nullable RocksDBException failure;

  @SuppressWarnings("UnusedVariable") // through STATE
  private volatile int state;

  /**
   * Takes ownership of an iterator.
   *
   * @param from the key to start at; the iterator's first row is the first at or after it
   */
  RocksCursor(
      Keyspace keyspace, byte[] prefix, byte[] from, RocksIterator iterator, Children owner) {
    this.keyspace = keyspace;
    this.prefix = prefix;
    this.iterator = iterator;
    this.owner = owner;
    this.row = new RowReader(keyspace);
    iterator.seek(from);
  }

  @Override
  public boolean next() {
    acquire();
    try {
      onRow = false;
      if (exhausted) {
        return false;
      }
      RocksDBException failed = failure;
      if (failed != null) {
        throw unreadable(failed);
      }
      if (positioned) {
        iterator.next();
      }
      positioned = true;
      YieldPoint.reached("cursor moved");
      onRow = readRow();
      exhausted = !onRow;
      return onRow;
    } finally {
      release();
    }
  }

  @Override
  public Utf8View id(IdField field) {
    requireRow();
    return row.id(field);
  }

  @Override
  public long discoveredSeconds() {
    requireRow();
    return row.record().discoveredSeconds();
  }

  @Override
  public int discoveredNanos() {
    requireRow();
    return row.record().discoveredNanos();
  }

  @Override
  public boolean needsExpansion() {
    requireRow();
    return row.record().needsExpansion();
  }

  @Override
  public Grant grant() {
    requireRow();
    try {
      return row.grant();
    } catch (MalformedBytesException e) {
      throw corrupt(e);
    }
  }

  @Override
  public byte[] key() {
    requireRow();
    return Arrays.copyOf(key, keyLength);
  }

  @Override
  public void close() {
    int seen;
    do {
      // Also while another closes: a store must not go on before the iterator is gone.
      seen = (int) STATE.compareAndExchange(this, IDLE, CLOSING);
      if ((seen == BUSY || seen == CLOSING) && !YieldPoint.waiting()) {
        Thread.onSpinWait();
      }
    } while (seen == BUSY || seen == CLOSING);
    if (seen == IDLE) {
      YieldPoint.outside("cursor ends");
      iterator.close();
      STATE.setVolatile(this, CLOSED);
      owner.remove(this);
    }
  }

  private boolean readRow() {
    if (!iterator.isValid()) {
      checkStatus();
      return false;
    }
    keyLength = iterator.key(key);
    if (keyLength > key.length) {
      key = new byte[keyLength];
      iterator.key(key);
    }
    int shared = Math.min(prefix.length, keyLength);
    if (shared < prefix.length || !Arrays.equals(key, 0, shared, prefix, 0, shared)) {
      return false;
    }
    int valueLength = iterator.value(value);
    if (valueLength > value.length) {
      value = new byte[valueLength];
      iterator.value(value);
    }
    try {
      row.read(key, keyLength, value, valueLength);
    } catch (MalformedBytesException e) {
      throw corrupt(e);
    }
    return true;
  }

  /**
   * An iterator that met a damaged block is just not valid: the status tells the difference. It
   * must not be moved any more.
   */
  private void checkStatus() {
    try {
      iterator.status();
    } catch (RocksDBException e) {
      failure = e;
      throw unreadable(e);
    }
  }

  private GrantStoreException unreadable(RocksDBException e) {
    Bytes near = keyLength > 0 ? Bytes.copyOf(key, 0, keyLength) : Bytes.copyOf(prefix);
    return RocksErrors.wrapRead(keyspace.label(), near, e);
  }

  private CorruptionException corrupt(MalformedBytesException e) {
    return new CorruptionException(
        keyspace.label(),
        Bytes.copyOf(key, 0, keyLength),
        "row does not decode: " + e.getMessage(),
        e);
  }

  private void requireRow() {
    if (state >= CLOSING) {
      throw closed();
    }
    if (!onRow) {
      throw new IllegalStateException("cursor is not on a row");
    }
  }

  private void acquire() {
    int seen = (int) STATE.compareAndExchange(this, IDLE, BUSY);
    if (seen >= CLOSING) {
      throw closed();
    }
    if (seen == BUSY) {
      throw new IllegalStateException("cursor is used by two threads at once");
    }
  }

  private void release() {
    STATE.setRelease(this, IDLE);
  }

  private static IllegalStateException closed() {
    return new IllegalStateException("cursor is closed");
  }
}
