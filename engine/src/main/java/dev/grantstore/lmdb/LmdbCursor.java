package dev.grantstore.lmdb;

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
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.LmdbException;
import org.lmdbjava.SeekOp;

/**
 * Walks over the rows of one keyspace whose keys start with a prefix. Copies each key and value
 * into its own arrays and points views into them, so that a view which is kept too long shows
 * another row and not LMDB's memory.
 *
 * <p>LMDB's cursor is used under its session's monitor only; so a closing store waits, and a cursor
 * whose store has closed finds itself closed.
 */
final class LmdbCursor implements KeyedCursor {
  private static final int FIRST_VALUE_BYTES = 512;

  private final Keyspace keyspace;
  private final byte[] prefix;
  private final byte[] from;
  private final Dbi<NativeBytes> dbi;
  private final Session session;
  private final SessionSource sessions;
  private final Cursor<NativeBytes> cursor;
  private final Children owner;
  private final RowReader row;
  private byte[] key;
  private byte[] value = new byte[FIRST_VALUE_BYTES];
  private int keyLength;
  private int valueLength;
  private boolean positioned;
  private boolean onRow;
  private boolean exhausted;
  private @Nullable RuntimeException failure;
  private volatile boolean closed;

  private LmdbCursor(
      Keyspace keyspace,
      byte[] prefix,
      byte[] from,
      Dbi<NativeBytes> dbi,
      Session session,
      SessionSource sessions,
      Cursor<NativeBytes> cursor,
      Children owner) {
    this.keyspace = keyspace;
    this.prefix = prefix;
    this.from = from;
    this.dbi = dbi;
    this.session = session;
    this.sessions = sessions;
    this.cursor = cursor;
    this.owner = owner;
    this.row = new RowReader(keyspace);
    this.key = from;
  }

  /**
   * Opens a cursor on the rows as they are at the session's moment.
   *
   * @param from the key to start at; the first row is the first at or after it
   * @param session borrowed from those sessions, and given back by the cursor, also if this fails
   */
  static LmdbCursor open(
      Keyspace keyspace,
      byte[] prefix,
      byte[] from,
      Dbi<NativeBytes> dbi,
      Session session,
      SessionSource sessions,
      Children owner) {
    boolean opened = false;
    try {
      synchronized (session) {
        Cursor<NativeBytes> cursor = session.take(dbi);
        YieldPoint.reached("iterator made");
        LmdbCursor rows =
            new LmdbCursor(keyspace, prefix, from, dbi, session, sessions, cursor, owner);
        owner.add(rows);
        opened = true;
        return rows;
      }
    } catch (LmdbException | IllegalArgumentException e) {
      throw LmdbErrors.wrapRead(keyspace.label(), Bytes.copyOf(from), e);
    } finally {
      if (!opened) {
        sessions.giveBack(session);
      }
    }
  }

  @Override
  public boolean next() {
    synchronized (session) {
      requireOpen();
      onRow = false;
      RuntimeException failed = failure;
      if (failed != null) {
        throw failed;
      }
      YieldPoint.reached("cursor moves");
      if (!exhausted) {
        onRow = readRow();
        exhausted = !onRow;
      }
      return onRow;
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
    synchronized (session) {
      if (closed) {
        return;
      }
      closed = true;
      YieldPoint.outside("cursor ends");
      try {
        if (failure == null) {
          session.giveBack(dbi, cursor);
        } else {
          session.discard(cursor);
        }
      } finally {
        try {
          sessions.giveBack(session);
        } finally {
          // Last: a closing store must find the cursor, and wait, until its session is back.
          owner.remove(this);
        }
      }
    }
  }

  private boolean readRow() {
    try {
      if (!move() || !readKey()) {
        return false;
      }
      readValue();
    } catch (LmdbException | IllegalArgumentException e) {
      throw failed(LmdbErrors.wrapRead(keyspace.label(), keyRead(), e));
    } catch (GrantStoreException e) {
      throw failed(e);
    }
    try {
      row.read(key, keyLength, value, valueLength);
    } catch (MalformedBytesException e) {
      throw corrupt(e);
    }
    return true;
  }

  private boolean move() {
    if (positioned) {
      return cursor.seek(SeekOp.MDB_NEXT);
    }
    positioned = true;
    return session.seek(cursor, from, from.length);
  }

  private boolean readKey() {
    NativeBytes found = cursor.key();
    int length = session.lengthOf(found);
    if (key.length < length || key == from) {
      key = new byte[Math.max(length, 2 * from.length)];
    }
    found.copyTo(key);
    keyLength = length;
    return length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  private void readValue() {
    NativeBytes found = cursor.val();
    int length = session.lengthOf(found);
    if (value.length < length) {
      value = new byte[length];
    }
    found.copyTo(value);
    valueLength = length;
  }

  /** LMDB ends a transaction that met a damaged page; it must not be asked again. */
  private RuntimeException failed(RuntimeException e) {
    failure = e;
    return e;
  }

  private CorruptionException corrupt(MalformedBytesException e) {
    return new CorruptionException(
        keyspace.label(), keyRead(), "row does not decode: " + e.getMessage(), e);
  }

  private Bytes keyRead() {
    return keyLength > 0 ? Bytes.copyOf(key, 0, keyLength) : Bytes.copyOf(from);
  }

  private void requireRow() {
    requireOpen();
    if (!onRow) {
      throw new IllegalStateException("cursor is not on a row");
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("cursor is closed");
    }
  }
}
