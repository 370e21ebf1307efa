package dev.grantstore.kudu;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads and writes the control rows of a store. Stateless; no thread of its own. */
final class Control {
  private Control() {}

  /** {@return the control rows as they are, by epoch} */
  static SortedMap<Integer, ControlRow> read(StoreTable table) throws Exception {
    SortedMap<Integer, ControlRow> rows = new TreeMap<>();
    byte[] nothing = {};
    try (RowScan scan =
        new RowScan(
            KuduView.scanner(table)
                .lowerBound(table.row(StoreTable.CONTROL, 0, nothing, 0))
                .exclusiveUpperBound(table.row(StoreTable.SYSTEM, 0, nothing, 0))
                .build())) {
      while (scan.next(ControlRow.NAME)) {
        long now = table.cluster().client().getLastPropagatedTimestamp();
        rows.put(epoch(scan.k()), ControlRow.decode(scan.k(), scan.value(), now));
      }
    }
    return rows;
  }

  /** An epoch is at least 1; one more than the largest would be none. */
  private static int epoch(byte[] k) {
    int epoch = k.length == Integer.BYTES ? ByteBuffer.wrap(k).getInt() : 0;
    if (epoch < 1 || epoch > StoreTable.MOST_EPOCH) {
      throw KuduErrors.unreadable(ControlRow.NAME, k, "no epoch");
    }
    return epoch;
  }

  /** {@return the visible timestamp, or 0 if there never was one} */
  static long timestamp(SortedMap<Integer, ControlRow> rows) {
    long newest = 0;
    for (ControlRow row : rows.values()) {
      // Those of later epochs are later: a writer starts from the one that it found.
      newest = row.timestamp() == 0 ? newest : row.timestamp();
    }
    return newest;
  }

  /**
   * Claims an epoch, which nobody has claimed.
   *
   * @throws GrantStoreException with {@link Reason#LOCKED} if somebody was first
   */
  static void claim(StoreTable table, int epoch, ControlRow row) throws Exception {
    boolean made;
    try (Sender sender = new Sender(table, 0)) {
      made = sender.insert(StoreTable.CONTROL, key(epoch), row.encode());
    }
    if (!made) {
      throw new GrantStoreException(
          Reason.LOCKED,
          String.format(
              Locale.ROOT, "another process opens the store: epoch=%d %s", epoch, table.name()));
    }
  }

  /** Replaces the row of an epoch; refused once the table is fenced by a later one. */
  static void write(StoreTable table, int epoch, ControlRow row) throws Exception {
    write(table, epoch, row, table.cluster().timeoutMillis());
  }

  /** As {@link #write(StoreTable, int, ControlRow)}, with a time-out of its own. */
  static void write(StoreTable table, int epoch, ControlRow row, long timeoutMillis)
      throws Exception {
    try (Sender sender = new Sender(table, 0, 1, timeoutMillis)) {
      byte[] value = row.encode();
      sender.put(StoreTable.CONTROL, 0, key(epoch), value, value.length);
      sender.flush();
    }
  }

  /** Deletes the rows of earlier epochs, of which nobody asks any more. */
  static void forget(StoreTable table, SortedMap<Integer, ControlRow> earlier) throws Exception {
    try (Sender sender = new Sender(table, 0)) {
      for (int epoch : earlier.keySet()) {
        sender.delete(StoreTable.CONTROL, 0, key(epoch));
      }
      sender.flush();
    }
  }

  private static byte[] key(int epoch) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(epoch).array();
  }
}
