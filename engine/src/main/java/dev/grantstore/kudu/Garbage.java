package dev.grantstore.kudu;

import java.nio.ByteBuffer;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rows that say which syncs are gone whose ranges are not yet. A range takes the past with it,
 * so it stays as long as somebody may read at a time when the sync was there. Stateless.
 *
 * <pre>
 * k := number:u32        v := timestamp:i64       visible when the sync went
 * </pre>
 */
final class Garbage {
  private static final String ROW = "note of a sync that is gone";

  private Garbage() {}

  static byte[] key(int sync) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(sync).array();
  }

  static byte[] value(long timestamp) {
    return ByteBuffer.allocate(Long.BYTES).putLong(timestamp).array();
  }

  /** {@return the timestamps, by the syncs' numbers} */
  static SortedMap<Integer, Long> read(StoreTable table, Moment at) throws Exception {
    SortedMap<Integer, Long> gone = new TreeMap<>();
    byte[] nothing = {};
    try (RowScan scan =
        new RowScan(
            KuduView.scanner(table)
                .snapshotTimestampRaw(at.timestamp())
                .lowerBound(table.row(StoreTable.SYSTEM, StoreTable.GARBAGE, nothing, 0))
                .exclusiveUpperBound(table.row(0, 0, nothing, 0))
                .build())) {
      while (scan.next(ROW)) {
        byte[] k = scan.k();
        byte[] value = scan.value();
        if (k.length != Integer.BYTES || value.length != Long.BYTES) {
          throw KuduErrors.unreadable(ROW, k, "bytes=" + value.length);
        }
        int sync = ByteBuffer.wrap(k).getInt();
        long timestamp = ByteBuffer.wrap(value).getLong();
        if (sync < 0 || timestamp < 0 || timestamp > at.timestamp()) {
          // Else the range of a sync that is there could go, or one that is not could stay.
          throw KuduErrors.unreadable(ROW, k, "sync=" + sync + " timestamp=" + timestamp);
        }
        gone.put(sync, timestamp);
      }
    }
    return gone;
  }
}
