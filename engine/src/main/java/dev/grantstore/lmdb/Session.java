package dev.grantstore.lmdb;

import dev.grantstore.Bytes;
import dev.grantstore.CorruptionException;
import dev.grantstore.Grant;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.TupleWriter;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.GetOp;
import org.lmdbjava.SeekOp;
import org.lmdbjava.Stat;
import org.lmdbjava.Txn;

/**
 * A read transaction, used again and again, with its buffers and cursors. Whoever calls holds its
 * monitor: a snapshot's session serves many threads, and LMDB's transaction must not. Nothing of
 * LMDB's memory leaves it: keys and values are copied.
 *
 * <p>Between {@link #begin} and {@link #end} it stands at one moment; in between it holds a place
 * in LMDB's table of readers and nothing else.
 */
final class Session implements AutoCloseable {
  private static final int FIRST_BYTES = 1 << 10;
  private static final int KEPT_BYTES = 256 << 10;

  /** The key of what is read; written by the caller. */
  final TupleWriter key = new TupleWriter();

  private final Database database;
  private final Txn<NativeBytes> txn;
  private final NativeBytes asked = new NativeBytes();
  private final RowReader grantRow = new RowReader(Keyspace.GRANTS);
  private final Map<Dbi<NativeBytes>, Deque<Cursor<NativeBytes>>> idle = new HashMap<>();
  private final List<Cursor<NativeBytes>> cursors = new ArrayList<>();
  private byte[] value = new byte[FIRST_BYTES];
  private boolean begun = true;

  /** Opens a session that stands at this moment. */
  Session(Database database) {
    this.database = database;
    this.txn = database.beginRead();
  }

  /** Goes to this moment. */
  void begin() {
    if (!begun) {
      txn.renew();
      begun = true;
    }
  }

  /** Leaves the moment; cursors that were not given back are of no more use. */
  void end() {
    begun = false;
    txn.reset();
  }

  /** The grant under {@link #key}. */
  Optional<Grant> grant() {
    int length = get(database.keyspace(Keyspace.GRANTS));
    if (length < 0) {
      return Optional.empty();
    }
    try {
      grantRow.read(key.array(), key.length(), value, length);
      return Optional.of(grantRow.grant());
    } catch (MalformedBytesException e) {
      throw new CorruptionException(
          Keyspace.GRANTS.label(), keyRead(), "row does not decode: " + e.getMessage(), e);
    }
  }

  /** The value of a key that is not a grant's, or null. */
  byte @Nullable [] metaValue(byte[] metaKey) {
    key.reset();
    key.putEncoded(metaKey, 0, metaKey.length);
    int length = get(database.meta());
    return length < 0 ? null : Arrays.copyOf(value, length);
  }

  /** Whether there is a key that starts with {@link #key}. */
  boolean hasPrefix(Keyspace keyspace) {
    Cursor<NativeBytes> cursor = take(database.keyspace(keyspace));
    boolean found = seek(cursor, key.array(), key.length());
    if (found) {
      int length = copyKey(cursor);
      int wanted = key.length();
      found = length >= wanted && Arrays.equals(value, 0, wanted, key.array(), 0, wanted);
    }
    giveBack(database.keyspace(keyspace), cursor);
    return found;
  }

  /** LMDB's figures of a database. */
  Stat stat(Dbi<NativeBytes> dbi) {
    return dbi.stat(txn);
  }

  /** A cursor for the caller alone, until {@link #giveBack} or until the session closes. */
  Cursor<NativeBytes> take(Dbi<NativeBytes> dbi) {
    Deque<Cursor<NativeBytes>> unused = idle.get(dbi);
    Cursor<NativeBytes> cursor = unused == null ? null : unused.poll();
    if (cursor != null) {
      cursor.renew(txn);
      return cursor;
    }
    Cursor<NativeBytes> opened = dbi.openCursor(txn);
    cursors.add(opened);
    return opened;
  }

  /** Takes back a cursor that never failed. */
  void giveBack(Dbi<NativeBytes> dbi, Cursor<NativeBytes> cursor) {
    idle.computeIfAbsent(dbi, any -> new ArrayDeque<>()).push(cursor);
  }

  /** Closes a cursor that failed. */
  void discard(Cursor<NativeBytes> cursor) {
    cursors.remove(cursor);
    cursor.close();
  }

  /** Moves a cursor to the first row at or after a key; false if there is none. */
  boolean seek(Cursor<NativeBytes> cursor, byte[] from, int length) {
    int longest = Database.LONGEST_KEY_BYTES;
    asked.set(from, Math.min(length, longest));
    if (!cursor.get(asked, GetOp.MDB_SET_RANGE)) {
      return false;
    }
    if (length <= longest) {
      return true;
    }
    // Between the key, which is too long to be there, and its cut is nothing but the cut itself.
    int found = copyKey(cursor);
    return !Arrays.equals(value, 0, found, from, 0, longest) || cursor.seek(SeekOp.MDB_NEXT);
  }

  /**
   * Bytes that LMDB has found, checked to lie within the file.
   *
   * @throws GrantStoreException with {@link Reason#CORRUPTION} if they do not
   */
  int lengthOf(NativeBytes found) {
    if (!database.holds(found)) {
      throw new GrantStoreException(
          Reason.CORRUPTION, "row points past the end of the file: bytes=" + found.length());
    }
    return Math.toIntExact(found.length());
  }

  /** Closes the transaction and its cursors; at no moment any more. */
  @Override
  public void close() {
    try {
      for (Cursor<NativeBytes> cursor : cursors) {
        cursor.close();
      }
      cursors.clear();
      // lmdbjava frees a transaction, and its place among the readers, only if it stands somewhere.
      begin();
    } finally {
      txn.close();
    }
  }

  /** Copies the value of {@link #key}; its length, or -1 if there is none. */
  private int get(Dbi<NativeBytes> dbi) {
    if (key.length() > Database.LONGEST_KEY_BYTES) {
      return -1;
    }
    asked.set(key.array(), key.length());
    @Nullable NativeBytes found = dbi.get(txn, asked);
    if (found == null) {
      return -1;
    }
    int length = lengthOf(found);
    if (value.length < length || value.length > Math.max(KEPT_BYTES, length)) {
      value = new byte[Math.max(FIRST_BYTES, length)];
    }
    found.copyTo(value);
    return length;
  }

  private int copyKey(Cursor<NativeBytes> cursor) {
    int length = lengthOf(cursor.key());
    if (value.length < length) {
      value = new byte[length];
    }
    cursor.key().copyTo(value);
    return length;
  }

  /** A copy of {@link #key}. */
  Bytes keyRead() {
    return Bytes.copyOf(key.array(), 0, key.length());
  }
}
