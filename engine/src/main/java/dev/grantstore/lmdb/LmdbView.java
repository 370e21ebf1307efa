package dev.grantstore.lmdb;

import dev.grantstore.keyvalue.RowBytes;
import dev.grantstore.keyvalue.Rows;
import dev.grantstore.keyvalue.View;
import dev.grantstore.keyvalue.YieldPoint;
import dev.grantstore.layout.Keyspace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.SeekOp;

/**
 * Reads through sessions: borrowed from a pool for each call and each cursor, or through one of its
 * own, which stays at its moment. Sessions are used under their monitors: the reads of a view of
 * one moment go one after the other, whatever threads they come from, as LMDB's transaction wants.
 */
final class LmdbView implements View {
  private final LmdbFile file;
  private final SessionPool pool;
  private final @Nullable Session own;

  /**
   * Creates a view.
   *
   * @param own given back when the view closes; null to borrow one each time
   */
  LmdbView(LmdbFile file, SessionPool pool, @Nullable Session own) {
    this.file = file;
    this.pool = pool;
    this.own = own;
  }

  @Override
  public boolean get(Keyspace keyspace, byte[] key, int keyLength, RowBytes value) {
    Session session = borrow();
    try {
      synchronized (session) {
        return session.get(keyspace, key, keyLength, value);
      }
    } finally {
      giveBack(session);
    }
  }

  @Override
  public List<byte @Nullable []> getAll(Keyspace keyspace, List<byte[]> keys) {
    List<byte @Nullable []> values = new ArrayList<>(keys.size());
    Session session = borrow();
    try {
      synchronized (session) {
        for (byte[] key : keys) {
          values.add(session.value(keyspace, key));
          YieldPoint.reached("one of the rows read");
        }
      }
    } finally {
      giveBack(session);
    }
    return values;
  }

  @Override
  public Rows rows(Keyspace keyspace, byte[] prefix, byte[] from) {
    Session session = borrow();
    boolean opened = false;
    try {
      synchronized (session) {
        Dbi<NativeBytes> dbi = file.keyspace(keyspace);
        Rows rows = new SessionRows(session, dbi, session.take(dbi), prefix, from);
        opened = true;
        return rows;
      }
    } finally {
      if (!opened) {
        giveBack(session);
      }
    }
  }

  @Override
  public boolean before(Keyspace keyspace, byte[] key, RowBytes foundKey, RowBytes foundValue) {
    Session session = borrow();
    try {
      synchronized (session) {
        return session.before(keyspace, key, foundKey, foundValue);
      }
    } finally {
      giveBack(session);
    }
  }

  /** A session stays at its moment until it is given back. */
  @Override
  public boolean rowsMove() {
    return true;
  }

  @Override
  public void close() {
    if (own != null) {
      pool.giveBack(own);
    }
  }

  private Session borrow() {
    Session session = own == null ? pool.borrow() : own;
    YieldPoint.reached("session borrowed");
    return session;
  }

  private void giveBack(Session session) {
    if (own == null) {
      pool.giveBack(session);
    }
  }

  /** Rows of a cursor of LMDB's. Keys and values are copied: nobody keeps LMDB's memory. */
  private final class SessionRows implements Rows {
    private final Session session;
    private final Dbi<NativeBytes> dbi;
    private final Cursor<NativeBytes> cursor;
    private byte[] prefix;
    private byte[] from;
    private boolean positioned;
    private boolean endedByRow;

    /** LMDB ends a transaction that met a damaged page. */
    private boolean failed;

    SessionRows(
        Session session,
        Dbi<NativeBytes> dbi,
        Cursor<NativeBytes> cursor,
        byte[] prefix,
        byte[] from) {
      this.session = session;
      this.dbi = dbi;
      this.cursor = cursor;
      this.prefix = prefix;
      this.from = from;
    }

    @Override
    public boolean next(RowBytes key, RowBytes value) {
      synchronized (session) {
        failed = true;
        boolean found = move();
        endedByRow = false;
        if (found) {
          session.copy(cursor.key(), key);
          session.copy(cursor.val(), value);
          found = key.startsWith(prefix);
          endedByRow = !found;
        }
        failed = false;
        return found;
      }
    }

    @Override
    public boolean endedByRow() {
      return endedByRow;
    }

    @Override
    public void moveTo(byte[] next) {
      prefix = next;
      from = next;
      positioned = false;
    }

    @Override
    public void close() {
      try {
        synchronized (session) {
          if (failed) {
            session.discard(cursor);
          } else {
            session.giveBack(dbi, cursor);
          }
        }
      } finally {
        LmdbView.this.giveBack(session);
      }
    }

    private boolean move() {
      if (positioned) {
        return cursor.seek(SeekOp.MDB_NEXT);
      }
      positioned = true;
      return session.seek(cursor, from);
    }
  }
}
