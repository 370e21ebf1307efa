package dev.grantstore.kudu;

import dev.grantstore.Bytes;
import dev.grantstore.keyvalue.Batch;
import dev.grantstore.keyvalue.CrashPoint;
import dev.grantstore.keyvalue.RowBytes;
import dev.grantstore.keyvalue.YieldPoint;
import dev.grantstore.layout.Keyspace;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one write: sent as they come, and hidden until the visible timestamp is moved. What
 * is not committed is taken back as after a crash.
 */
final class KuduBatch implements Batch {
  /** No more rows are read ahead once they are as large as this together. */
  private static final long AHEAD_BYTES = 16 << 20;

  private final KuduDatabase database;
  private final long visible;
  private final Sender sender;
  private final SortedSet<Integer> syncs = new TreeSet<>();
  private final SortedMap<Integer, Long> gone = new TreeMap<>();
  private final SortedSet<Integer> forgotten = new TreeSet<>();

  /** Rows that were read before they are asked for, null where there is none; of one keyspace. */
  private final Map<Bytes, Optional<byte[]>> ahead = new HashMap<>();

  private Keyspace aheadOf = Keyspace.GRANTS;
  private boolean committed;

  /**
   * Begins with no rows.
   *
   * @param visible no older than any timestamp that is shown before the batch ends
   */
  KuduBatch(KuduDatabase database, long visible) {
    this.database = database;
    this.visible = visible;
    sender = new Sender(database.table(), visible);
  }

  @Override
  public boolean get(Keyspace keyspace, byte[] key, int keyLength, RowBytes value)
      throws Exception {
    Optional<byte[]> known =
        keyspace == aheadOf ? ahead.remove(Bytes.copyOf(key, 0, keyLength)) : null;
    if (known == null) {
      return database.get(keyspace, key, keyLength, value);
    }
    known.ifPresent(value::point);
    return known.isPresent();
  }

  @Override
  public int readsAtOnce() {
    return KuduView.ASKED_AT_A_TIME;
  }

  @Override
  public void readAhead(Keyspace keyspace, List<byte[]> keys) throws Exception {
    ahead.clear();
    aheadOf = keyspace;
    List<byte @Nullable []> values = database.getFirst(keyspace, keys, AHEAD_BYTES);
    for (int i = 0; i < values.size(); i++) {
      ahead.put(Bytes.copyOf(keys.get(i)), Optional.ofNullable(values.get(i)));
    }
    YieldPoint.reached("rows read ahead");
  }

  @Override
  public void put(Keyspace keyspace, byte[] key, int keyLength, byte[] value, int valueLength)
      throws Exception {
    KuduView.Place place = place(keyspace, key, keyLength);
    sender.put(place.s(), StoreTable.number(keyspace), place.k(), value, valueLength);
  }

  @Override
  public void delete(Keyspace keyspace, byte[] key, int keyLength) throws Exception {
    KuduView.Place place = place(keyspace, key, keyLength);
    sender.delete(place.s(), StoreTable.number(keyspace), place.k());
  }

  private KuduView.Place place(Keyspace keyspace, byte[] key, int keyLength) {
    KuduView.Place place = KuduView.Place.of(keyspace, Arrays.copyOf(key, keyLength));
    syncs.add(place.s());
    return place;
  }

  @Override
  public void makeSync(int sync) throws Exception {
    database.makeRanges(sync, List.of());
  }

  @Override
  public void makeLoadedSync(int sync) throws Exception {
    database.makeRanges(sync, List.of());
  }

  /** Its range goes when nobody can read any more what was in it. */
  @Override
  public void deleteSync(int sync) throws Exception {
    byte[] value = Garbage.value(visible);
    sender.put(StoreTable.SYSTEM, StoreTable.GARBAGE, Garbage.key(sync), value, value.length);
    syncs.add(StoreTable.SYSTEM);
    gone.put(sync, visible);
  }

  /** Takes note that the range of a sync is gone. */
  void forget(int sync) throws Exception {
    sender.delete(StoreTable.SYSTEM, StoreTable.GARBAGE, Garbage.key(sync));
    syncs.add(StoreTable.SYSTEM);
    forgotten.add(sync);
  }

  /** Sends what was not sent, and waits for all; nobody sees it yet. */
  void send() throws Exception {
    sender.flush();
  }

  @Override
  public boolean commit() throws Exception {
    send();
    YieldPoint.reached("rows sent");
    CrashPoint.reached();
    database.show();
    committed = true;
    database.committed(gone, forgotten);
    return true;
  }

  @Override
  public void close() throws Exception {
    try {
      if (!committed) {
        sender.giveUp();
        database.undo(sender.hasSent(), !sender.hasFailed(), syncs);
      }
    } finally {
      database.ended();
      sender.close();
    }
  }
}
