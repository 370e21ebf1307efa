package dev.grantstore.lmdb;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.keyvalue.RowBytes;
import dev.grantstore.layout.Keyspace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final LmdbFile file;
  private final Txn<NativeBytes> txn;
  private final NativeBytes asked = new NativeBytes();
  private final RowBytes room = new RowBytes();
  private final Map<Dbi<NativeBytes>, Deque<Cursor<NativeBytes>>> idle = new HashMap<>();
  private final List<Cursor<NativeBytes>> cursors = new ArrayList<>();
  private boolean begun = true;

  /** Opens a session that stands at this moment. */
  Session(LmdbFile file) {
    this.file = file;
    this.txn = file.beginRead();
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

  /** Reads the value of a key; false if there is none. */
  boolean get(Keyspace keyspace, byte[] key, int keyLength, RowBytes value) {
    if (keyLength > LmdbFile.LONGEST_KEY_BYTES) {
      return false;
    }
    asked.set(key, keyLength);
    NativeBytes found = file.keyspace(keyspace).get(txn, asked);
    if (found == null) {
      return false;
    }
    copy(found, value);
    return true;
  }

  /** The value of a key, or null. */
  byte @Nullable [] value(Keyspace keyspace, byte[] key) {
    return get(keyspace, key, key.length, room) ? Arrays.copyOf(room.array(), room.length()) : null;
  }

  /** Reads the last row before a key; false if there is none. */
  boolean before(Keyspace keyspace, byte[] key, RowBytes foundKey, RowBytes foundValue) {
    Dbi<NativeBytes> dbi = file.keyspace(keyspace);
    Cursor<NativeBytes> cursor = take(dbi);
    boolean whole = false;
    try {
      boolean found = cursor.seek(seek(cursor, key) ? SeekOp.MDB_PREV : SeekOp.MDB_LAST);
      if (found) {
        copy(cursor.key(), foundKey);
        copy(cursor.val(), foundValue);
      }
      whole = true;
      return found;
    } finally {
      if (whole) {
        giveBack(dbi, cursor);
      } else {
        discard(cursor);
      }
    }
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
  boolean seek(Cursor<NativeBytes> cursor, byte[] from) {
    if (from.length == 0) {
      return cursor.seek(SeekOp.MDB_FIRST);
    }
    int longest = LmdbFile.LONGEST_KEY_BYTES;
    asked.set(from, Math.min(from.length, longest));
    if (!cursor.get(asked, GetOp.MDB_SET_RANGE)) {
      return false;
    }
    if (from.length <= longest) {
      return true;
    }
    // Between the key, which is too long to be there, and its cut is nothing but the cut itself.
    copy(cursor.key(), room);
    boolean isCut = Arrays.equals(room.array(), 0, room.length(), from, 0, longest);
    return !isCut || cursor.seek(SeekOp.MDB_NEXT);
  }

  /**
   * Copies what LMDB has found, once it is known to lie within the file.
   *
   * @throws GrantStoreException with {@link Reason#CORRUPTION} if it does not
   */
  void copy(NativeBytes found, RowBytes target) {
    if (!file.holds(found)) {
      throw new GrantStoreException(
          Reason.CORRUPTION, "row points past the end of the file: bytes=" + found.length());
    }
    found.copyTo(target);
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
}
