package dev.grantstore.kudu;

import dev.grantstore.Closing;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.folder.LockedFolder;
import dev.grantstore.keyvalue.CatalogRows;
import dev.grantstore.keyvalue.KeyValueStore;
import dev.grantstore.keyvalue.RowBytes;
import dev.grantstore.keyvalue.StoreIdentity;
import dev.grantstore.keyvalue.SyncCatalog;
import dev.grantstore.keyvalue.YieldPoint;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Opens a store: claims the next epoch, shuts out whoever had the one before and takes back what he
 * had not shown, and begins where he ended. Of use once, by one thread.
 */
final class StoreOpening {
  private final StoreAddress address;
  private final StoreOptions options;
  private Cluster cluster;

  /** What to close if it fails, the newest first. */
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  /** Where the writer begins, once all below is whole: the only word of it from then on; else 0. */
  private long begun;

  private StoreOpening(StoreAddress address, StoreOptions options, Cluster cluster) {
    this.address = address;
    this.options = options;
    this.cluster = cluster;
    opened.push(cluster);
  }

  static GrantStore open(StoreAddress address, StoreOptions options) {
    long timeout = KuduOption.TIMEOUT_MILLIS.of(options.engineOptions());
    StoreOpening opening =
        new StoreOpening(address, options, Cluster.of(address.masters(), timeout));
    // An interrupt would fail the client.
    boolean interrupted = Thread.interrupted();
    try {
      return opening.open();
    } catch (Exception e) {
      Closing.after(e, opening.opened);
      throw KuduErrors.wrap("store cannot be opened: " + address, e);
    } catch (Error e) {
      Closing.after(e, opening.opened);
      throw e;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  static void remove(StoreAddress address) {
    try (Cluster cluster = Cluster.of(address.masters(), KuduOption.TIMEOUT_MILLIS.of(Map.of()))) {
      Optional<StoreTable> found = StoreTable.find(cluster, address.table());
      if (found.isPresent()) {
        SortedMap<Integer, ControlRow> control = Control.read(found.get());
        long now = cluster.client().getLastPropagatedTimestamp();
        if (control.values().stream().anyMatch(row -> row.isHeld(now))) {
          throw new GrantStoreException(Reason.LOCKED, "store is open: " + address);
        }
        Cluster.await(cluster.client().deleteTable(address.table()));
      }
    } catch (Exception e) {
      throw KuduErrors.wrap("store cannot be removed: " + address, e);
    }
  }

  private GrantStore open() throws Exception {
    Optional<StoreTable> found = StoreTable.find(cluster, address.table());
    OpenMode mode = options.mode();
    if (found.isEmpty() && (mode == OpenMode.OPEN || mode == OpenMode.READ_ONLY)) {
      throw missing();
    }
    if (mode == OpenMode.READ_ONLY) {
      return forReading(found.orElseThrow());
    }
    if (found.isPresent() && mode == OpenMode.CREATE && isMade(found.get())) {
      throw new GrantStoreException(Reason.STORE_EXISTS, "there is a store already: " + address);
    }
    return forWriting(found.isPresent() ? suited(found.get()) : create());
  }

  /**
   * {@return a table that was made before, whose calls are given up as soon as its history asks}
   * What it was made with counts, not what it would be made with now.
   */
  private StoreTable suited(StoreTable found) throws Exception {
    Map<String, String> values = fitted(found);
    KuduOption.requireFit(found.historySeconds(), values);
    long timeout = KuduOption.TIMEOUT_MILLIS.of(values);
    if (timeout == cluster.timeoutMillis()) {
      return found;
    }
    cluster = Cluster.of(address.masters(), timeout);
    opened.push(cluster);
    opened.removeLast().close();
    return StoreTable.find(cluster, address.table()).orElseThrow(this::missing);
  }

  private Map<String, String> fitted(StoreTable table) {
    return KuduOption.fitted(table.historySeconds(), options.engineOptions());
  }

  private GrantStoreException missing() {
    return new GrantStoreException(Reason.STORE_MISSING, "there is no store: " + address);
  }

  private StoreTable create() throws Exception {
    KuduOption.requireFitOfNew(options.engineOptions());
    // It stays if this fails: another process may have claimed it, and is not asked.
    StoreTable table = StoreTable.create(cluster, address.table(), options.engineOptions());
    YieldPoint.outside("table made");
    return table;
  }

  /** Whether a first write was shown, without which there is a table and no store. */
  private static boolean isMade(StoreTable table) throws Exception {
    long timestamp = Control.timestamp(Control.read(table));
    byte[] key = MetaKeys.commit();
    return timestamp > 0
        && KuduDatabase.forReading(table, timestamp)
            .live()
            .get(Keyspace.META, key, key.length, new RowBytes());
  }

  private GrantStore forReading(StoreTable table) throws Exception {
    SortedMap<Integer, ControlRow> control = Control.read(table);
    long timestamp = Control.timestamp(control);
    if (timestamp == 0) {
      throw new GrantStoreException(Reason.STORE_MISSING, "store was not finished: " + address);
    }
    long now = cluster.client().getLastPropagatedTimestamp();
    boolean isOld = Hybrid.millisBetween(timestamp, now) > table.historySeconds() * 500;
    if (isOld && control.values().stream().noneMatch(row -> row.isHeld(now))) {
      // Nobody has moved the timestamp for long; at the old one nothing could be read for long.
      close(write(table, control));
      timestamp = Control.timestamp(Control.read(table));
    }
    KuduDatabase database = KuduDatabase.forReading(table, timestamp);
    SyncCatalog catalog = CatalogRows.read(database);
    if (catalog.commit() == 0) {
      throw new GrantStoreException(Reason.STORE_MISSING, "store was not finished: " + address);
    }
    return KeyValueStore.forReading(
        database,
        catalog,
        new KeyValueStore.Place(StoreIdentity.read(database), Path.of(address.table()), cluster));
  }

  private static void close(KuduDatabase database) {
    database.end();
    database.close();
  }

  /** {@return a store's table, opened for writing, without the store; the caller closes it} */
  static KuduDatabase database(StoreAddress address, StoreOptions options, Cluster cluster)
      throws Exception {
    StoreOpening opening = new StoreOpening(address, options, cluster);
    Optional<StoreTable> found = StoreTable.find(cluster, address.table());
    StoreTable table = found.isPresent() ? found.get() : opening.create();
    return opening.write(table, Control.read(table));
  }

  private GrantStore forWriting(StoreTable table) throws Exception {
    KuduDatabase database = write(table, Control.read(table));
    opened.push(database);
    // Before a row is written of which earlier code may know nothing.
    table.becomeNewest();
    LockedFolder folder =
        LockedFolder.temporary(Path.of(System.getProperty("java.io.tmpdir")), "kudu");
    opened.push(folder);
    AutoCloseable claim = () -> Closing.all(List.of(folder, cluster), "store did not close");
    // What is opened is closed by it from now on, also if it fails.
    opened.clear();
    return KeyValueStore.open(database, folder.path(), claim);
  }

  /** {@return the table, with everything in it that was shown, and nothing else} */
  private KuduDatabase write(StoreTable found, SortedMap<Integer, ControlRow> before)
      throws Exception {
    long now = cluster.client().getLastPropagatedTimestamp();
    ControlRow last = before.isEmpty() ? null : before.get(before.lastKey());
    if (last != null && last.isHeld(now)) {
      throw new GrantStoreException(
          Reason.LOCKED,
          String.format(
              Locale.ROOT,
              "store is open already: %s; a writer that has died counts as gone %d ms after its"
                  + " last sign of life, and its last was %d ms ago",
              address,
              last.leaseMillis(),
              Hybrid.millisBetween(last.seen(), now)));
    }
    int epoch = Math.max(before.isEmpty() ? 0 : before.lastKey(), found.epoch()) + 1;
    Map<String, String> values = fitted(found);
    long lease = KuduOption.LEASE_MILLIS.of(values);
    Control.claim(found, epoch, new ControlRow(ControlRow.State.CLAIMING, 0, now, lease));
    try {
      return claimed(found, last, epoch, values);
    } catch (Exception e) {
      ControlRow.State state = ControlRow.State.ABANDONED;
      ControlRow row = new ControlRow(state, begun, now, lease);
      Closing.after(e, List.of(() -> Control.write(found, epoch, row)));
      throw e;
    }
  }

  private KuduDatabase claimed(
      StoreTable found, @Nullable ControlRow last, int epoch, Map<String, String> values)
      throws Exception {
    long lease = KuduOption.LEASE_MILLIS.of(values);
    boolean isWhole = last == null || last.state() == ControlRow.State.CLOSED;
    StoreTable table = isWhole ? found : found.fence(epoch);
    SortedMap<Integer, ControlRow> control = Control.read(table);
    if (control.lastKey() != epoch) {
      throw new GrantStoreException(Reason.LOCKED, "store is being opened elsewhere: " + address);
    }
    if (!isWhole) {
      recover(table, Control.timestamp(control));
    }
    long timestamp = cluster.afterAllSeen();
    begun = timestamp;
    Control.write(
        table, epoch, new ControlRow(ControlRow.State.WRITING, timestamp, timestamp - 1, lease));
    control.remove(epoch);
    Control.forget(table, control);
    YieldPoint.outside("epoch begun");
    return KuduDatabase.forWriting(table, epoch, timestamp, values);
  }

  /** Takes back what was not shown; nobody else can write any more. */
  private void recover(StoreTable table, long timestamp) throws Exception {
    SortedSet<Integer> open = new TreeSet<>();
    SortedSet<Integer> unknown = table.ranges();
    if (timestamp == 0 && !unknown.isEmpty()) {
      // A writer shows a timestamp before it makes a range.
      throw new GrantStoreException(
          Reason.DATA_LOSS,
          "store has rows, and no control row that says as of when they are whole: " + address);
    }
    if (timestamp > 0) {
      open.add(StoreTable.SYSTEM);
      Rollback.to(table, timestamp, open);
      KuduDatabase before = KuduDatabase.forReading(table, timestamp);
      SyncCatalog catalog = CatalogRows.read(before);
      open.clear();
      catalog
          .rows()
          .values()
          .forEach(
              row -> {
                unknown.remove(row.number());
                if (row.run().endedAt().isEmpty() && !row.loading()) {
                  open.add(row.number());
                }
              });
      unknown.removeAll(Garbage.read(table, Moment.at(timestamp, before.history())).keySet());
      Rollback.to(table, timestamp, open);
    }
    // Of syncs that were never shown.
    table.dropRanges(unknown);
  }
}
