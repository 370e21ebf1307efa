package dev.grantstore.kudu;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.util.Locale;
import java.util.SortedSet;
import org.apache.kudu.client.AsyncKuduScanner;
import org.apache.kudu.client.KuduScanner;
import org.apache.kudu.client.PartialRow;
import org.apache.kudu.client.RowResult;
import org.jspecify.annotations.Nullable;

/**
 * Takes back what was written above a timestamp: asks Kudu which rows changed since, and writes
 * each as it was. Nobody else may write meanwhile. Stateless.
 */
final class Rollback {
  private Rollback() {}

  /**
   * Makes rows what they were at a timestamp, part by part.
   *
   * @param syncs numbers of those whose rows may have changed, {@link StoreTable#SYSTEM} included
   * @throws GrantStoreException with {@link Reason#DATA_LOSS} if the table no longer knows
   */
  static void to(StoreTable table, long timestamp, SortedSet<Integer> syncs) throws Exception {
    for (int sync : syncs) {
      sightAll(table, sync);
    }
    requireHistory(table, timestamp);
    long end = table.cluster().afterAllSeen();
    try (Sender sender = new Sender(table, timestamp)) {
      for (int sync : syncs) {
        rollBack(table, timestamp, end, sync, sender);
      }
      sender.flush();
    }
    requireHistory(table, timestamp);
  }

  /** Asks each server of a sync's rows, which tells its clock: no row is younger. */
  private static void sightAll(StoreTable table, int sync) throws Exception {
    for (StoreTable.Bounds range : table.bounds(sync)) {
      try (RowScan scan =
          new RowScan(
              KuduView.scanner(table)
                  .lowerBound(range.from())
                  .exclusiveUpperBound(range.to())
                  .limit(1)
                  .build())) {
        // A part alone is no row, and an answer too.
        scan.touch();
      }
    }
  }

  private static void requireHistory(StoreTable table, long timestamp) {
    long millis =
        Hybrid.millisBetween(timestamp, table.cluster().client().getLastPropagatedTimestamp());
    if (millis > table.historySeconds() * 1_000) {
      throw new GrantStoreException(
          Reason.DATA_LOSS,
          String.format(
              Locale.ROOT,
              "writes were cut off so long ago that the table does not know any more what they"
                  + " replaced: table=%s age=%d s history=%d s",
              table.name(),
              millis / 1_000,
              table.historySeconds()));
    }
  }

  private static void rollBack(StoreTable table, long timestamp, long end, int sync, Sender sender)
      throws Exception {
    KuduScanner changes =
        table
            .cluster()
            .admin()
            .newScannerBuilder(table.table())
            .diffScan(timestamp, end)
            .setProjectedColumnIndexes(StoreTable.READ)
            .lowerBound(table.row(sync, 0, new byte[0], 0))
            .exclusiveUpperBound(table.row(sync + 1, 0, new byte[0], 0))
            .scanRequestTimeout(table.cluster().timeoutMillis())
            .build();
    try {
      while (changes.hasMoreRows()) {
        for (RowResult changed : changes.nextRows()) {
          PartialRow key =
              table.row(
                  changed.getInt(StoreTable.S),
                  changed.getByte(StoreTable.KS),
                  changed.getBinaryCopy(StoreTable.K),
                  changed.getInt(StoreTable.P));
          restore(table, timestamp, key, sender);
        }
      }
    } finally {
      changes.close();
    }
  }

  private static void restore(StoreTable table, long timestamp, PartialRow key, Sender sender)
      throws Exception {
    int s = key.getInt(StoreTable.S);
    int keyspace = key.getByte(StoreTable.KS);
    byte[] k = key.getBinaryCopy(StoreTable.K);
    int part = key.getInt(StoreTable.P);
    AsyncKuduScanner scanner =
        KuduView.scanner(table)
            .snapshotTimestampRaw(timestamp)
            .lowerBound(key)
            .exclusiveUpperBound(table.row(s, keyspace, k, part + 1))
            .build();
    RowResult before = only(scanner);
    if (before == null) {
      sender.deletePart(s, keyspace, k, part);
    } else {
      sender.putPart(
          s, keyspace, k, part, before.getInt(StoreTable.N), before.getBinaryCopy(StoreTable.V));
    }
  }

  private static @Nullable RowResult only(AsyncKuduScanner scanner) throws Exception {
    while (scanner.hasMoreRows()) {
      var rows = Cluster.await(scanner.nextRows());
      if (rows.hasNext()) {
        return rows.next();
      }
    }
    return null;
  }
}
