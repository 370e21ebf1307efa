package dev.grantstore.kudu;

import dev.grantstore.ContentDigest;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.keyvalue.KeyValueDatabase;
import dev.grantstore.keyvalue.MergedRows;
import dev.grantstore.keyvalue.SortedSync;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.sort.SortedRun;
import dev.grantstore.sort.SplitPoints;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the rows of a load, in the order of their keys, into ranges that were made for them. Other
 * writes go on meanwhile, and may make the rows visible: what hides them is the sync's row.
 */
final class KuduLoad implements KeyValueDatabase.Ingest {
  /** How many lots of rows are on their way at a time; each is some megabytes. */
  private static final int LOTS = 4;

  private final KuduDatabase database;
  private final SortedSync load;
  private final long rangeBytes;
  private ContentDigest content = ContentDigest.EMPTY;
  private long expanding = SyncRow.UNKNOWN;

  KuduLoad(KuduDatabase database, SortedSync load, long rangeBytes) {
    this.database = database;
    this.load = load;
    this.rangeBytes = rangeBytes;
  }

  @Override
  public void run() throws Exception {
    int number = load.row().number();
    database.makeRanges(number, splits());
    MergedRows rows = new MergedRows(load);
    try (Sender sender = new Sender(database.table(), 0, LOTS)) {
      content =
          rows.<Exception>writeTo(
              (keyspace, key, value) -> {
                KuduView.Place place = KuduView.Place.of(keyspace, key);
                sender.put(place.s(), StoreTable.number(keyspace), place.k(), value, value.length);
              });
      sender.flush();
    }
    expanding = rows.expanding();
  }

  @Override
  public ContentDigest content() {
    return content;
  }

  @Override
  public long needingExpansion() {
    return expanding;
  }

  /** None for a sync that fits into one range. */
  private List<StoreTable.Split> splits() {
    Map<Keyspace, Long> ranges = new EnumMap<>(Keyspace.class);
    long bytes = 0;
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      long of = 0;
      for (SortedRun run : load.runs().runs(keyspace)) {
        of += Math.max(run.memoryBytes(), run.fileBytes());
      }
      bytes += of;
      ranges.put(keyspace, of / rangeBytes + 1);
    }
    List<StoreTable.Split> splits = new ArrayList<>();
    if (bytes > rangeBytes) {
      for (Keyspace keyspace : Keyspace.OF_GRANTS) {
        if (keyspace != Keyspace.GRANTS) {
          splits.add(new StoreTable.Split(keyspace, new byte[0]));
        }
        int parts = Math.toIntExact(ranges.getOrDefault(keyspace, 1L));
        for (byte[] key : SplitPoints.choose(load.runs().runs(keyspace), parts)) {
          splits.add(new StoreTable.Split(keyspace, key));
        }
      }
    }
    return splits;
  }
}
