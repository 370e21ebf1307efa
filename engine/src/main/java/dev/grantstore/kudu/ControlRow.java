package dev.grantstore.kudu;

import dev.grantstore.Bytes;
import dev.grantstore.CorruptionException;
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

  static ControlRow decode(byte[] key, byte[] value) {
    if (value.length == BYTES) {
      ByteBuffer in = ByteBuffer.wrap(value);
      int number = in.get();
      for (State state : State.values()) {
        if (state.number == number) {
          return new ControlRow(state, in.getLong(), in.getLong(), in.getLong());
        }
      }
    }
    throw new CorruptionException(
        "control", Bytes.copyOf(key), "control row does not decode", null);
  }

  /** {@return whether its writer may still be there} */
  boolean isHeld(long now) {
    return (state == State.CLAIMING || state == State.WRITING)
        && Hybrid.millisBetween(seen, now) <= leaseMillis;
  }
}
