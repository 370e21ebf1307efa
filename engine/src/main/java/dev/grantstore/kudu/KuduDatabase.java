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
 * <p>A writer has a thread besides, which says now and then that the writer is alive, and moves the
 * timestamp on where nothing is being written, so that it stays within the table's history.
 *
 * <p>After a write that failed with an unknown outcome, or by which somebody else was found to
 * write, none is taken any more; reads go on at the timestamp that was visible last.
 */
final class KuduDatabase implements KeyValueDatabase {
  /** By how much servers' clocks may differ, as far as ranges of dropped syncs wait for it. */
  private static final long CLOCKS_MILLIS = 20_000;

  private final StoreTable table;
  private final Duration history;
  private final Map<String, String> options;

  /** Null if it is only read. */
  private final @Nullable Integer epoch;

  /** The numbers that have a range; guarded by itself. */
  private final SortedSet<Integer> ranges;

  /** The numbers of syncs that are gone, and the visible timestamp then; the writer's. */
  private final SortedMap<Integer, Long> garbage = new TreeMap<>();

  private final KuduView live;
  private final @Nullable Thread keeper;

  private volatile Moment visible;
  private volatile boolean whole = true;

  /** Whether rows may be there that are not to be seen; guarded by this. */
  private boolean writing;

  private boolean ended;
  private boolean closed;

  private KuduDatabase(
      StoreTable table,
      @Nullable Integer epoch,
      long timestamp,
      SortedSet<Integer> ranges,
      Map<String, String> options) {
    this.table = table;
    this.epoch = epoch;
    this.ranges = ranges;
    this.options = options;
    history = Duration.ofSeconds(table.historySeconds());
    visible = Moment.at(timestamp, history);
    live = new KuduView(table, () -> visible);
    keeper = epoch == null ? null : new Thread(this::keep, "grantstore-kudu-" + table.name());
  }

  /** {@return a table to be read as of a timestamp} */
  static KuduDatabase forReading(StoreTable table, long timestamp) {
    return new KuduDatabase(table, null, timestamp, new TreeSet<>(), Map.of());
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
    KuduDatabase database = new KuduDatabase(table, epoch, timestamp, table.ranges(), options);
    database.garbage.putAll(Garbage.read(table, database.visible));
    Thread keeper = database.keeper;
    if (keeper != null) {
      keeper.setDaemon(true);
      keeper.start();
    }
    return database;
  }

  @Override
  public View live() {
    return live;
  }

  @Override
  public View snapshot() {
    Moment now = visible;
    return new KuduView(table, () -> now);
  }

  @Override
  public synchronized Batch begin(boolean durably) {
    writing = true;
    return new KuduBatch(this, visible.timestamp());
  }

  /** A majority of each tablet's servers has had every row since it was acknowledged. */
  @Override
  public void sync() {}

  @Override
  public StoreStats stats() throws Exception {
    KuduTableStatistics figures = table.cluster().admin().getTableStatistics(table.name());
    SortedMap<String, String> engine = new TreeMap<>();
    engine.put("history-seconds", Long.toString(history.toSeconds()));
    engine.put("replicas", Integer.toString(table.table().getNumReplicas()));
    engine.put("epoch", Integer.toString(table.epoch()));
    engine.put("visible-timestamp", Long.toString(visible.timestamp()));
    return new StoreStats(
        List.of(
            new StoreStats.Keyspace(
                "table",
                Math.max(0, figures.getLiveRowCount()),
                Math.max(0, figures.getOnDiskSize()),
                table.rangeCount())),
        0,
        engine);
  }

  @Override
  public int longestKeyBytes() {
    return StoreLimits.LONGEST_KEY_BYTES;
  }

  @Override
  public boolean isWhole() {
    return whole;
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
        .removeIf(gone -> Hybrid.millisBetween(gone, now) <= history.toMillis() + CLOCKS_MILLIS);
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
    Integer mine = epoch;
    if (mine == null) {
      return;
    }
    giveNoSign();
    ControlRow.State state = ended && whole ? ControlRow.State.CLOSED : ControlRow.State.ABANDONED;
    try {
      Control.write(table, mine, row(state, visible.timestamp()));
    } catch (Exception e) {
      // All is durable. Whoever opens the store next waits for the end of the lease, or has it.
    }
  }

  @Override
  public RuntimeException wrap(String doing, Exception e) {
    RuntimeException known = KuduErrors.wrap(doing, e);
    return !whole && known instanceof GrantStoreException failed
        ? new GrantStoreException(
            failed.reason(),
            failed.getMessage()
                + "; whether the write is there shows when the store is opened again",
            e)
        : known;
  }

  /** Ends the thread that says that the writer is alive. */
  synchronized void giveNoSign() {
    closed = true;
    notifyAll();
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
  synchronized void show() throws Exception {
    boolean done = false;
    try {
      moveTimestamp();
      done = true;
    } finally {
      requireDone(done);
    }
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
    if (!sent || !whole) {
      return;
    }
    boolean done = false;
    try {
      if (known) {
        Rollback.to(table, visible.timestamp(), syncs);
        done = true;
      }
    } finally {
      requireDone(done);
    }
  }

  /** Says that a batch has ended, and nothing of it is to be hidden. */
  synchronized void ended() {
    writing = false;
  }

  /** Never true again: whoever sees that something was not done may be one of two threads. */
  private void requireDone(boolean done) {
    if (!done) {
      whole = false;
    }
  }

  private void moveTimestamp() throws Exception {
    Integer mine = epoch;
    if (mine == null) {
      throw new IllegalStateException("open for reading only");
    }
    long next = table.cluster().afterAllSeen();
    Control.write(table, mine, row(ControlRow.State.WRITING, next));
    visible = Moment.at(next, history);
  }

  private ControlRow row(ControlRow.State state, long timestamp) {
    return new ControlRow(
        state,
        timestamp,
        table.cluster().client().getLastPropagatedTimestamp(),
        KuduOption.LEASE_MILLIS.of(options));
  }

  /** Says from time to time that the writer is alive. */
  private synchronized void keep() {
    long period = Math.max(1, KuduOption.LEASE_MILLIS.of(options) / 3);
    try {
      while (!closed && whole) {
        wait(period);
        if (!closed && whole) {
          renew();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * A control row whose outcome is unknown may still be written, after later ones: so nothing is
   * written after it until somebody has fenced this writer out.
   */
  private void renew() {
    Integer mine = epoch;
    if (mine == null) {
      return;
    }
    try {
      // What this process has seen of the servers' clocks, which the row tells, may be of long ago.
      Control.read(table);
    } catch (Exception e) {
      // The next time, or the next write, tells.
      return;
    }
    boolean done = false;
    try {
      if (writing) {
        Control.write(table, mine, row(ControlRow.State.WRITING, visible.timestamp()));
      } else {
        moveTimestamp();
      }
      done = true;
    } catch (Exception e) {
      // The next write tells.
    } finally {
      requireDone(done);
    }
  }
}
