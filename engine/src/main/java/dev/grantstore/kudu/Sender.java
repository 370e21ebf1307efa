package dev.grantstore.kudu;

import com.stumbleupon.async.Deferred;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kudu.client.AsyncKuduSession;
import org.apache.kudu.client.Operation;
import org.apache.kudu.client.OperationResponse;
import org.apache.kudu.client.RowError;
import org.apache.kudu.client.SessionConfiguration.FlushMode;
import org.jspecify.annotations.Nullable;

/**
 * Sends rows, some thousand at a time, while the next are put together. Of two changes of a row in
 * one lot the later one is sent alone: they would have one time. One thread.
 */
final class Sender implements AutoCloseable {
  private static final int LOT_BYTES = 4 << 20;
  private static final int LOT_ROWS = 8_000;

  /** More than a lot has rows, so that none is refused for want of room. */
  private static final int ROOM = LOT_ROWS + 2_000;

  private final StoreTable table;
  private final List<Lane> lanes = new ArrayList<>();
  private final long after;
  private final Map<ByteBuffer, Operation> lot = new LinkedHashMap<>();
  private long lotBytes;

  /** Which of the lanes is next. */
  private int next;

  private boolean sent;

  /** Whether some lot failed, so that nobody knows what of it is there or will be. */
  private boolean failed;

  /**
   * Sends lots one after the other, and nothing yet.
   *
   * @param after a timestamp that all rows must have or be above; 0 if there is none
   */
  Sender(StoreTable table, long after) {
    this(table, after, 1);
  }

  /**
   * Sends several lots at a time.
   *
   * @param after a timestamp that all rows must have or be above; 0 if there is none
   * @param lots how many; more than one only where no row is changed twice
   */
  Sender(StoreTable table, long after, int lots) {
    this(table, after, lots, table.cluster().timeoutMillis());
  }

  /** As the others, with a time-out of its own. */
  Sender(StoreTable table, long after, int lots, long timeoutMillis) {
    this.table = table;
    this.after = after;
    for (int i = 0; i < lots; i++) {
      AsyncKuduSession session = table.cluster().client().newSession();
      session.setFlushMode(FlushMode.MANUAL_FLUSH);
      session.setMutationBufferSpace(ROOM, Long.MAX_VALUE);
      session.setTimeoutMillis(timeoutMillis);
      lanes.add(new Lane(session));
    }
  }

  /** What sends a lot, and then the next; a session has one on its way. */
  private static final class Lane {
    private final AsyncKuduSession session;
    private @Nullable Deferred<List<OperationResponse>> answer;

    Lane(AsyncKuduSession session) {
      this.session = session;
    }

    void send(List<Operation> operations) throws Exception {
      for (Operation operation : operations) {
        // What comes of it is told by the flush.
        var unused = session.apply(operation);
      }
      answer = session.flush();
    }

    /** Waits for what it sent, if that was not done. */
    List<OperationResponse> await() throws Exception {
      Deferred<List<OperationResponse>> now = answer;
      answer = null;
      return now == null ? List.of() : Cluster.await(now);
    }
  }

  /**
   * Puts a row, in as many parts as it takes.
   *
   * @throws GrantStoreException with {@link Reason#UNSUPPORTED} if it takes too many
   */
  void put(int s, int keyspace, byte[] k, byte[] value, int length) throws Exception {
    int parts = Math.max(1, (length - 1) / StoreLimits.PART_BYTES + 1);
    if (parts > StoreLimits.MOST_PARTS) {
      throw new GrantStoreException(
          Reason.UNSUPPORTED,
          String.format(
              Locale.ROOT,
              "value is longer than the engine takes: bytes=%d limit=%d",
              length,
              (long) StoreLimits.MOST_PARTS * StoreLimits.PART_BYTES));
    }
    for (int part = 0; part < parts; part++) {
      int from = part * StoreLimits.PART_BYTES;
      byte[] v = Arrays.copyOfRange(value, from, Math.min(length, from + StoreLimits.PART_BYTES));
      putPart(s, keyspace, k, part, parts, v);
    }
  }

  /** Puts a part as it is. */
  void putPart(int s, int keyspace, byte[] k, int part, int parts, byte[] v) throws Exception {
    add(key(s, keyspace, k, part), table.put(s, keyspace, k, part, parts, v), k.length + v.length);
  }

  /** Deletes a row; parts behind its first are passed over by readers from then on. */
  void delete(int s, int keyspace, byte[] k) throws Exception {
    deletePart(s, keyspace, k, 0);
  }

  /** Deletes a part alone. */
  void deletePart(int s, int keyspace, byte[] k, int part) throws Exception {
    add(key(s, keyspace, k, part), table.delete(s, keyspace, k, part), k.length);
  }

  /** Makes a row, now. Whether it did: not if there is one. */
  boolean insert(int s, byte[] k, byte[] v) throws Exception {
    sent = true;
    Lane lane = lanes.get(0);
    lane.send(List.of(table.insert(s, 0, k, v)));
    RowError error = firstError(lane);
    if (error != null && !error.getErrorStatus().isAlreadyPresent()) {
      throw refused(error);
    }
    return error == null;
  }

  private static ByteBuffer key(int s, int keyspace, byte[] k, int part) {
    return ByteBuffer.allocate(k.length + 9)
        .putInt(s)
        .put((byte) keyspace)
        .put(k)
        .putInt(part)
        .flip();
  }

  private void add(ByteBuffer key, Operation operation, int bytes) throws Exception {
    // Removed first, so that it is sent where it was put last.
    lot.remove(key);
    lot.put(key, operation);
    lotBytes += bytes;
    if (lotBytes >= LOT_BYTES || lot.size() >= LOT_ROWS) {
      send();
    }
  }

  /** Sends the lot, once the one before in its lane is there. */
  private void send() throws Exception {
    Lane lane = lanes.get(next);
    next = (next + 1) % lanes.size();
    await(lane);
    List<Operation> operations = List.copyOf(lot.values());
    lot.clear();
    lotBytes = 0;
    sent = true;
    boolean done = false;
    try {
      lane.send(operations);
      done = true;
    } finally {
      failed |= !done;
    }
  }

  /** Sends what is left; all is there when it returns. */
  void flush() throws Exception {
    if (!lot.isEmpty()) {
      send();
    }
    for (Lane lane : lanes) {
      await(lane);
    }
  }

  /** Waits for what was sent, whatever comes of it; what was not sent is given up. */
  void giveUp() {
    lot.clear();
    for (Lane lane : lanes) {
      try {
        await(lane);
      } catch (Exception e) {
        // It has failed, and that is noted.
      }
    }
  }

  /** {@return whether anything was sent, be it there or not} */
  boolean hasSent() {
    return sent;
  }

  /** {@return whether it is unknown what of the rows sent is there} */
  boolean hasFailed() {
    return failed;
  }

  private void await(Lane lane) throws Exception {
    RowError error = firstError(lane);
    if (error != null) {
      failed = true;
      throw refused(error);
    }
  }

  /** Waits for what a lane sent; the first refusal, if there is one. */
  private @Nullable RowError firstError(Lane lane) throws Exception {
    boolean done = false;
    try {
      RowError first = null;
      for (OperationResponse response : lane.await()) {
        if (response.hasRowError()) {
          first = first == null ? response.getRowError() : first;
        } else {
          requireAfter(response.getWriteTimestampRaw());
        }
      }
      done = true;
      return first;
    } finally {
      failed |= !done;
    }
  }

  /** Else readers of today would see rows of a write that is not done. */
  private void requireAfter(long written) {
    if (written < after) {
      throw new GrantStoreException(
          Reason.IO,
          String.format(
              Locale.ROOT,
              "cluster gave a row a time before the visible one: row=%d visible=%d",
              written,
              after));
    }
  }

  private GrantStoreException refused(RowError error) {
    Reason reason = KuduErrors.reason(error.getErrorStatus());
    return new GrantStoreException(
        reason,
        reason == Reason.LOCKED
            ? "another process has taken the store over: " + table.name()
            : "row was not written, or it is not known whether: " + error.getErrorStatus());
  }

  @Override
  public void close() throws Exception {
    giveUp();
    for (Lane lane : lanes) {
      Cluster.await(lane.session.close());
    }
  }
}
