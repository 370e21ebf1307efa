package dev.grantstore.keyvalue;

import dev.grantstore.Bytes;
import dev.grantstore.CorruptionException;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.IdField;
import dev.grantstore.Utf8View;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowReader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the rows of one keyspace whose keys start with a prefix. Its views point into its own
 * arrays, or into the database's that nobody changes.
 *
 * <p>The database's rows are used only between {@link #acquire} and {@link #release}, which a
 * closing store waits out; so a cursor whose store closes fails, and does not crash.
 */
final class KeyValueCursor implements GrantCursor {
  private static final int IDLE = 0;
  private static final int BUSY = 1;
  private static final int CLOSING = 2;
  private static final int CLOSED = 3;
  private static final long WAIT_NANOS = 20_000;
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(KeyValueCursor.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final KeyValueDatabase database;
  private final Keyspace keyspace;
  private final Rows rows;
  private final Children owner;
  private final RowReader row;
  private final long expectedRows;
  private final RowBytes key = new RowBytes();
  private final RowBytes value = new RowBytes();
  private long rowsRead;
  private boolean onRow;
  private boolean exhausted;
  private @Nullable Exception failure;

  @SuppressWarnings("UnusedVariable") // through STATE
  private volatile int state;

  /**
   * Takes ownership of the rows.
   *
   * @param from where they start: what an error before the first row is near
   * @param expectedRows how many there must be, or {@link SyncRow#UNKNOWN}
   */
  KeyValueCursor(
      KeyValueDatabase database,
      Keyspace keyspace,
      byte[] from,
      Rows rows,
      long expectedRows,
      Children owner) {
    this.database = database;
    this.keyspace = keyspace;
    this.rows = rows;
    this.expectedRows = expectedRows;
    this.owner = owner;
    this.row = new RowReader(keyspace);
    key.point(from);
  }

  @Override
  public boolean next() {
    acquire();
    try {
      onRow = false;
      Exception failed = failure;
      if (failed != null) {
        throw unreadable(failed);
      }
      if (!exhausted) {
        onRow = readRow();
        exhausted = !onRow;
        if (onRow) {
          rowsRead++;
        } else {
          checkCount();
        }
      }
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
      throw Failures.malformed(keyspace, key.array(), key.length(), e);
    }
  }

  /**
   * {@return a copy of the key of this row}
   *
   * @throws IllegalStateException if the cursor is not on a row, or closed
   */
  byte[] key() {
    requireRow();
    return key.toByteArray();
  }

  @Override
  public void close() {
    int seen;
    do {
      // Also while another closes: a store must not go on before the rows are let go.
      seen = (int) STATE.compareAndExchange(this, IDLE, CLOSING);
      if ((seen == BUSY || seen == CLOSING) && !YieldPoint.waiting()) {
        // It may wait for the disk.
        LockSupport.parkNanos(WAIT_NANOS);
      }
    } while (seen == BUSY || seen == CLOSING);
    if (seen == IDLE) {
      YieldPoint.outside("cursor ends");
      try {
        rows.close();
      } catch (Exception e) {
        throw Failures.of(database, "cursor did not close", e);
      } finally {
        STATE.setVolatile(this, CLOSED);
        // Last: whoever closes the store waits for those who have not left.
        owner.remove(this);
      }
    }
  }

  private boolean readRow() {
    try {
      if (!rows.next(key, value)) {
        return false;
      }
      YieldPoint.reached("cursor moved");
    } catch (Exception e) {
      // A database may have ended what met an error: it must not be asked again.
      failure = e;
      throw unreadable(e);
    }
    try {
      row.read(key.array(), key.length(), value.array(), value.length());
    } catch (MalformedBytesException e) {
      throw Failures.malformed(keyspace, key.array(), key.length(), e);
    }
    return true;
  }

  /** A damaged page may have taken rows with it of which nothing else tells. */
  private void checkCount() {
    if (expectedRows != SyncRow.UNKNOWN && rowsRead != expectedRows) {
      CorruptionException lost =
          new CorruptionException(
              keyspace.label(),
              Bytes.copyOf(key.array(), 0, key.length()),
              String.format(
                  Locale.ROOT,
                  "sync has not the rows it had: rows=%d expected=%d",
                  rowsRead,
                  expectedRows),
              null);
      failure = lost;
      throw lost;
    }
  }

  private RuntimeException unreadable(Exception e) {
    return Failures.ofRead(database, keyspace, key.array(), key.length(), e);
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
