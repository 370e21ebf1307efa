package dev.grantstore.kudu;

import dev.grantstore.GrantStoreException;
import dev.grantstore.StoreStats;
import dev.grantstore.keyvalue.Batch;
import dev.grantstore.keyvalue.KeyValueDatabase;
import dev.grantstore.keyvalue.RowBytes;
import dev.grantstore.keyvalue.SortedSync;
import dev.grantstore.keyvalue.View;
import dev.grantstore.layout.Keyspace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kudu.client.KuduTableStatistics;
import org.jspecify.annotations.Nullable;

/**
 * Kudu under a store: readers read at the visible timestamp, which a write moves when all of its
 * rows are there.
 *
 * <p>After a write that failed with an unknown outcome, or by which somebody else was found to
 * write, none is taken any more; reads go on at the timestamp that was visible last.
 */
final class KuduDatabase implements KeyValueDatabase {
  private final StoreTable table;
  private final Duration history;
  private final Map<String, String> options;

  /** Null if it is only read. */
  private final @Nullable VisibleTimestamp writer;

  /** What is read at, if it is only read. */
  private final Moment opened;

  /** The numbers that have a range; guarded by itself. */
  private final SortedSet<Integer> ranges;

  /** The numbers of syncs that are gone, and the visible timestamp then; the writer's. */
  private final SortedMap<Integer, Long> garbage = new TreeMap<>();

  private final KuduView live;
  private boolean ended;

  private KuduDatabase(
      StoreTable table,
      Moment opened,
      @Nullable VisibleTimestamp writer,
      SortedSet<Integer> ranges,
      Map<String, String> options) {
    this.table = table;
    this.opened = opened;
    this.writer = writer;
    this.ranges = ranges;
    this.options = options;
    history = opened.history();
    live = new KuduView(table, this::visible);
  }

  /** {@return a table to be read as of a timestamp} */
  static KuduDatabase forReading(StoreTable table, long timestamp) {
    return new KuduDatabase(table, moment(table, timestamp), null, new TreeSet<>(), Map.of());
  }

  /**
   * {@return a table to be written}
   *
   * @param table as the epoch's writer opened it
   * @param epoch claimed
   * @param timestamp visible; no rows are above it
   */
  static KuduDatabase forWriting(
      StoreTable table, int epoch, long timestamp, Map<String, String> options) throws Exception {
    Moment opened = moment(table, timestamp);
    long lease = KuduOption.LEASE_MILLIS.of(options);
    VisibleTimestamp writer = new VisibleTimestamp(table, epoch, timestamp, lease);
    KuduDatabase database = new KuduDatabase(table, opened, writer, table.ranges(), options);
    database.garbage.putAll(Garbage.read(table, opened));
    writer.start();
    return database;
  }

  private static Moment moment(StoreTable table, long timestamp) {
    return Moment.at(timestamp, Duration.ofSeconds(table.historySeconds()));
  }

  private Moment visible() {
    return writer == null ? opened : writer.moment();
  }

  @Override
  public View live() {
    return live;
  }

  @Override
  public View snapshot() {
    Moment now = visible();
    return new KuduView(table, () -> now);
  }

  @Override
  public Batch begin(boolean durably) {
    return new KuduBatch(this, writer().begin());
  }

  /** A majority of each tablet's servers has had every row since it was acknowledged. */
  @Override
  public void sync() {}

  @Override
  public StoreStats stats() throws Exception {
    KuduTableStatistics figures = table.cluster().admin().getTableStatistics(table.name());
    int ranges = table.rangeCount();
    SortedMap<String, String> engine = new TreeMap<>();
    engine.put("history-seconds", Long.toString(history.toSeconds()));
    engine.put("servers", Integer.toString(table.cluster().servers()));
    engine.put("ranges", Integer.toString(ranges));
    engine.put("replicas", Integer.toString(table.table().getNumReplicas()));
    engine.put("epoch", Integer.toString(table.epoch()));
    engine.put("visible-timestamp", Long.toString(visible().timestamp()));
    return new StoreStats(
        List.of(
            new StoreStats.Keyspace(
                "table",
                Math.max(0, figures.getLiveRowCount()),
                Math.max(0, figures.getOnDiskSize()),
                ranges)),
        0,
        engine);
  }

  @Override
  public int longestKeyBytes() {
    return StoreLimits.LONGEST_KEY_BYTES;
  }

  @Override
  public boolean isWhole() {
    return writer == null || writer.isWhole();
  }

  @Override
  public Optional<Ingest> prepare(SortedSync load) {
    return Optional.of(new KuduLoad(this, load, KuduOption.RANGE_BYTES.of(options)));
  }

  /** Removes the ranges of syncs that nobody can read any more, whatever snapshot he has. */
  @Override
  public void compact(Duration timeout) throws Exception {
    long now = table.cluster().client().getLastPropagatedTimestamp();
    SortedMap<Integer, Long> due = new TreeMap<>(garbage);
    due.values()
        .removeIf(
            gone -> Hybrid.millisBetween(gone, now) <= history.toMillis() + Hybrid.CLOCKS_MILLIS);
    if (due.isEmpty()) {
      return;
    }
    SortedSet<Integer> numbers = new TreeSet<>(due.keySet());
    table.dropRanges(numbers);
    synchronized (ranges) {
      ranges.removeAll(numbers);
    }
    try (KuduBatch batch = (KuduBatch) begin(false)) {
      for (int sync : numbers) {
        batch.forget(sync);
      }
      batch.commit();
    }
  }

  @Override
  public void end() {
    ended = true;
  }

  @Override
  public void close() {
    if (writer != null) {
      boolean done = ended && writer.isWhole();
      writer.end(done ? ControlRow.State.CLOSED : ControlRow.State.ABANDONED);
    }
  }

  @Override
  public RuntimeException wrap(String doing, Exception e) {
    RuntimeException known = KuduErrors.wrap(doing, e);
    return !isWhole() && known instanceof GrantStoreException failed
        ? new GrantStoreException(
            failed.reason(),
            failed.getMessage()
                + "; whether the write is there shows when the store is opened again",
            e)
        : known;
  }

  /** Ends the thread that says that the writer is alive. */
  void giveNoSign() {
    writer().giveNoSign();
  }

  Duration history() {
    return history;
  }

  StoreTable table() {
    return table;
  }

  /** Reads a row as it was before the batch that is under way. */
  boolean get(Keyspace keyspace, byte[] key, int length, RowBytes value) throws Exception {
    return live.get(keyspace, key, length, value);
  }

  /** Reads the first of some rows, as they were before the batch that is under way. */
  List<byte @Nullable []> getFirst(Keyspace keyspace, List<byte[]> keys, long enoughBytes)
      throws Exception {
    return live.getFirst(keyspace, keys, enoughBytes);
  }

  /** Makes a sync's ranges, unless a write that came to nothing has. */
  void makeRanges(int sync, List<StoreTable.Split> splits) throws Exception {
    synchronized (ranges) {
      if (!ranges.contains(sync)) {
        table.addRanges(sync, splits);
        ranges.add(sync);
      }
    }
  }

  /** Shows all rows that were sent. */
  void show() throws Exception {
    writer().show();
  }

  /** Takes note of what a batch left to be removed, and of what it forgot. */
  void committed(Map<Integer, Long> gone, SortedSet<Integer> forgotten) {
    garbage.putAll(gone);
    garbage.keySet().removeAll(forgotten);
  }

  /**
   * Ends a batch that was not shown.
   *
   * @param sent whether rows of it may be there
   * @param known whether all that was sent is there
   * @param syncs whose rows they are
   */
  void undo(boolean sent, boolean known, SortedSet<Integer> syncs) throws Exception {
    VisibleTimestamp now = writer();
    if (!sent || !now.isWhole()) {
      return;
    }
    boolean done = false;
    try {
      if (known) {
        Rollback.to(table, now.moment().timestamp(), syncs);
        done = true;
      }
    } finally {
      if (!done) {
        now.doubt();
      }
    }
  }

  /** Says that a batch has ended, and nothing of it is to be hidden. */
  void ended() {
    writer().ended();
  }

  private VisibleTimestamp writer() {
    if (writer == null) {
      throw new IllegalStateException("open for reading only");
    }
    return writer;
  }
}
