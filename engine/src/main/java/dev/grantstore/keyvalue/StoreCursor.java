package dev.grantstore.keyvalue;

import dev.grantstore.GrantCursor;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * A cursor of a store. What it reads from is used only between {@link #acquire} and {@link
 * #release}, which a closing store waits out; so a cursor whose store closes fails, and does not
 * crash.
 */
abstract class StoreCursor implements GrantCursor {
  private static final int IDLE = 0;
  private static final int BUSY = 1;
  private static final int CLOSING = 2;
  private static final int CLOSED = 3;
  private static final long WAIT_NANOS = 20_000;
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(StoreCursor.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Children owner;

  @SuppressWarnings("UnusedVariable") // through STATE
  private volatile int state;

  /**
   * Creates a cursor.
   *
   * @param owner forgets it once it is closed
   */
  protected StoreCursor(Children owner) {
    this.owner = owner;
  }

  /**
   * {@return the position of this row among those of its query, as page tokens keep it}
   *
   * @throws IllegalStateException if the cursor is not on a row, or closed
   */
  abstract byte[] position();

  /**
   * Lets go of what it reads from. Called once, while nothing is read from there.
   *
   * @param byItsUser whether nobody is looking at the row that it stands on either
   */
  protected abstract void end(boolean byItsUser);

  @Override
  public final void close() {
    close(true);
  }

  /** Closes it for whoever has it, who may be looking at its row and sees it as it was. */
  final void abandon() {
    close(false);
  }

  private void close(boolean byItsUser) {
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
        end(byItsUser);
      } finally {
        STATE.setVolatile(this, CLOSED);
        // Last: whoever closes the store waits for those who have not left.
        owner.remove(this);
      }
    }
  }

  /**
   * Refuses a cursor that is closed, or stands on no row.
   *
   * @param onRow whether it stands on one
   */
  protected final void requireRow(boolean onRow) {
    requireOpen();
    if (!onRow) {
      throw new IllegalStateException("cursor is not on a row");
    }
  }

  /** Refuses a cursor that is closed. */
  protected final void requireOpen() {
    if (state >= CLOSING) {
      throw closed();
    }
  }

  /** Keeps what it reads from there, until {@link #release}. */
  protected final void acquire() {
    int seen = (int) STATE.compareAndExchange(this, IDLE, BUSY);
    if (seen >= CLOSING) {
      throw closed();
    }
    if (seen == BUSY) {
      throw new IllegalStateException("cursor is used by two threads at once");
    }
  }

  /** Ends what {@link #acquire} began. */
  protected final void release() {
    STATE.setRelease(this, IDLE);
  }

  private static IllegalStateException closed() {
    return new IllegalStateException("cursor is closed");
  }
}
