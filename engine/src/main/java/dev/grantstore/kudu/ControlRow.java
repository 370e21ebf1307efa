package dev.grantstore.kudu;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.nio.ByteBuffer;

/**
 * What the control rows say of one epoch: who may write, and at which timestamp all read. There is
 * one row for each opening for writing, by the number of its epoch; it is made by an insert, which
 * one of several wins, and changed by that writer alone.
 *
 * <pre>
 * state:u8 timestamp:i64 seen:i64 lease:i64      (big-endian)
 * </pre>
 *
 * @param state what the writer is at
 * @param timestamp the visible timestamp; 0 if this writer has not shown any yet
 * @param seen the newest timestamp that the writer had seen, when it wrote the row
 * @param leaseMillis how long after that it counts as alive
 */
record ControlRow(State state, long timestamp, long seen, long leaseMillis) {
  /** What such a row is called where it is damaged. */
  static final String NAME = "control row";

  private static final int BYTES = 1 + 3 * Long.BYTES;

  /** What a writer is at; the number of each is stored. */
  enum State {
    /** It recovers the store, if there is need. */
    CLAIMING(0),
    /** It may write. */
    WRITING(1),
    /** It is gone, and what it wrote is whole. */
    CLOSED(2),
    /** It is gone, and rows may be there that nobody is to see. */
    ABANDONED(3);

    private final int number;

    State(int number) {
      this.number = number;
    }
  }

  byte[] encode() {
    return ByteBuffer.allocate(BYTES)
        .put((byte) state.number)
        .putLong(timestamp)
        .putLong(seen)
        .putLong(leaseMillis)
        .array();
  }

  /**
   * {@return what a row says}
   *
   * @param now a timestamp that is not before the row was written
   * @throws GrantStoreException with {@link Reason#DATA_LOSS} if no writer would say so
   */
  static ControlRow decode(byte[] key, byte[] value, long now) {
    if (value.length != BYTES) {
      throw damaged(key, "bytes=" + value.length);
    }
    ByteBuffer in = ByteBuffer.wrap(value);
    int number = in.get();
    for (State state : State.values()) {
      if (state.number == number) {
        ControlRow row = new ControlRow(state, in.getLong(), in.getLong(), in.getLong());
        if (!row.isOfThePast(now)) {
          throw damaged(key, "it is of the future, or of no time: " + row);
        }
        return row;
      }
    }
    throw damaged(key, "state=" + number);
  }

  /** A row that was of the future would lock the store for as long, or show what is not whole. */
  private boolean isOfThePast(long now) {
    return timestamp >= 0
        && seen >= 0
        && leaseMillis >= 0
        && leaseMillis <= KuduOption.LEASE_MILLIS.most()
        && Hybrid.millisBetween(now, Math.max(timestamp, seen)) <= Hybrid.CLOCKS_MILLIS;
  }

  private static GrantStoreException damaged(byte[] key, String problem) {
    return KuduErrors.unreadable(NAME, key, problem);
  }

  /** {@return whether its writer may still be there} */
  boolean isHeld(long now) {
    return (state == State.CLAIMING || state == State.WRITING)
        && Hybrid.millisBetween(seen, now) <= leaseMillis;
  }
}
