package dev.grantstore.mvstore;

import dev.grantstore.Bytes;
import dev.grantstore.CorruptionException;
import dev.grantstore.Grant;
import dev.grantstore.IdField;
import dev.grantstore.Utf8View;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.keyvalue.Children;
import dev.grantstore.keyvalue.KeyedCursor;
import dev.grantstore.keyvalue.YieldPoint;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowReader;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the rows of one tree whose keys start with a prefix. Holds the view that the tree is
 * of; keys and values are the arrays that MVStore's pages hold, and nothing is copied.
 *
 * <p>One whose store closes while it reads finds itself closed: there is nothing native that would
 * crash, so nobody waits.
 */
final class MvCursor implements KeyedCursor {
  private final Keyspace keyspace;
  private final View view;
  private final byte[] prefix;
  private final Cursor<byte[], byte[]> rows;
  private final Children owner;
  private final RowReader row;
  private byte[] key;
  private boolean onRow;
  private boolean exhausted;
  private @Nullable MVStoreException failure;
  private final AtomicBoolean closed = new AtomicBoolean();

  private MvCursor(
      Keyspace keyspace,
      View view,
      byte[] prefix,
      byte[] from,
      Cursor<byte[], byte[]> rows,
      Children owner) {
    this.keyspace = keyspace;
    this.view = view;
    this.prefix = prefix;
    this.key = from;
    this.rows = rows;
    this.owner = owner;
    this.row = new RowReader(keyspace);
  }

  /** Opens a cursor before the first row at or after a key; holds the view once more. */
  static MvCursor open(
      Keyspace keyspace, View view, Tree tree, byte[] prefix, byte[] from, Children owner) {
    Cursor<byte[], byte[]> rows;
    try {
      rows = tree.from(from);
    } catch (MVStoreException e) {
      throw MvErrors.wrapRead(keyspace.label(), from, e);
    }
    YieldPoint.reached("iterator made");
    MvCursor cursor = new MvCursor(keyspace, view, prefix, from, rows, owner);
    if (!view.tryHold()) {
      throw new IllegalStateException("view is not held");
    }
    owner.add(cursor);
    return cursor;
  }

  @Override
  public boolean next() {
    requireOpen();
    onRow = false;
    MVStoreException failed = failure;
    if (failed != null) {
      throw MvErrors.wrapRead(keyspace.label(), key, failed);
    }
    if (!exhausted) {
      onRow = readRow();
      exhausted = !onRow;
    }
    return onRow;
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
    return key;
  }

  /** A second closer waits for the first: the store must not go on before the view is let go. */
  @Override
  public synchronized void close() {
    if (closed.compareAndSet(false, true)) {
      YieldPoint.outside("cursor ends");
      view.release();
      // Last: whoever closes the store waits for those who have not left.
      owner.remove(this);
    }
  }

  private boolean readRow() {
    byte[] value;
    try {
      if (!rows.hasNext()) {
        requireOpen();
        return false;
      }
      byte[] found = rows.next();
      if (!MvDatabase.startsWith(found, prefix)) {
        requireOpen();
        return false;
      }
      YieldPoint.outside("cursor moved");
      key = found;
      value = rows.getValue();
    } catch (MVStoreException e) {
      requireOpen();
      failure = e;
      throw MvErrors.wrapRead(keyspace.label(), key, e);
    }
    requireOpen();
    try {
      row.read(key, key.length, value, value.length);
    } catch (MalformedBytesException e) {
      throw corrupt(e);
    }
    return true;
  }

  private CorruptionException corrupt(MalformedBytesException e) {
    return new CorruptionException(
        keyspace.label(), Bytes.copyOf(key), "row does not decode: " + e.getMessage(), e);
  }

  private void requireRow() {
    requireOpen();
    if (!onRow) {
      throw new IllegalStateException("cursor is not on a row");
    }
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("cursor is closed");
    }
  }
}
