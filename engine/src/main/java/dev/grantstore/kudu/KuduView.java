package dev.grantstore.kudu;

import dev.grantstore.Bytes;
import dev.grantstore.Closing;
import dev.grantstore.CorruptionException;
import dev.grantstore.keyvalue.RowBytes;
import dev.grantstore.keyvalue.Rows;
import dev.grantstore.keyvalue.View;
import dev.grantstore.keyvalue.YieldPoint;
import dev.grantstore.layout.Keyspace;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kudu.client.AsyncKuduScanner.AsyncKuduScannerBuilder;
import org.apache.kudu.client.AsyncKuduScanner.ReadMode;
import org.apache.kudu.client.KuduPredicate;
import org.apache.kudu.client.KuduPredicate.ComparisonOp;
import org.apache.kudu.client.PartialRow;
import org.apache.kudu.client.ReplicaSelection;
import org.jspecify.annotations.Nullable;

/**
 * The rows at a timestamp, or at the visible one whenever they are asked for. They are read from
 * the leaders of the tablets. Thread-safe; holds nothing.
 */
final class KuduView implements View {
  private static final int LIST_BATCH_BYTES = 1 << 20;
  private static final int BRIEF_BATCH_BYTES = 64 << 10;

  /** How many rows are asked for at a time, so that each does not wait for the one before. */
  static final int ASKED_AT_A_TIME = 64;

  private final StoreTable table;
  private final Supplier<Moment> moment;

  KuduView(StoreTable table, Supplier<Moment> moment) {
    this.table = table;
    this.moment = moment;
  }

  @Override
  public boolean get(Keyspace keyspace, byte[] key, int keyLength, RowBytes value)
      throws Exception {
    return get(moment.get(), keyspace, Arrays.copyOf(key, keyLength), value);
  }

  private boolean get(Moment at, Keyspace keyspace, byte[] key, RowBytes value) throws Exception {
    if (key.length > StoreLimits.LONGEST_KEY_BYTES) {
      return false;
    }
    try (RowScan scan = scanOf(at, keyspace, key)) {
      return read(at, keyspace, key, scan, value);
    }
  }

  private RowScan scanOf(Moment at, Keyspace keyspace, byte[] key) {
    Place place = Place.of(keyspace, key);
    int number = StoreTable.number(keyspace);
    return new RowScan(
        scanner(at, BRIEF_BATCH_BYTES)
            .lowerBound(table.row(place.s, number, place.k, 0))
            .exclusiveUpperBound(table.row(place.s, number, place.k, Integer.MAX_VALUE))
            .build());
  }

  private boolean read(Moment at, Keyspace keyspace, byte[] key, RowScan scan, RowBytes value)
      throws Exception {
    boolean found;
    try {
      found = scan.next();
    } catch (RowScan.BrokenValueException e) {
      throw damaged(keyspace, key, e);
    }
    if (found) {
      value.point(scan.value());
    }
    requireInHistory(at);
    return found;
  }

  /** Some are asked for at a time, so that a server's answer is not waited for by each. */
  @Override
  public List<byte @Nullable []> getAll(Keyspace keyspace, List<byte[]> keys) throws Exception {
    Moment at = moment.get();
    Map<Bytes, Integer> places = new HashMap<>();
    List<byte[]> different = new ArrayList<>();
    for (byte[] key : keys) {
      if (places.putIfAbsent(Bytes.copyOf(key), different.size()) == null) {
        different.add(key);
      }
    }
    List<byte @Nullable []> values = new ArrayList<>(different.size());
    for (int from = 0; from < different.size(); from += ASKED_AT_A_TIME) {
      int to = Math.min(different.size(), from + ASKED_AT_A_TIME);
      values.addAll(getSome(at, keyspace, different.subList(from, to), Long.MAX_VALUE));
      YieldPoint.reached("some of the rows read");
    }
    List<byte @Nullable []> all = new ArrayList<>(keys.size());
    for (byte[] key : keys) {
      all.add(values.get(places.getOrDefault(Bytes.copyOf(key), 0)));
    }
    return all;
  }

  /**
   * {@return the values of the first of some keys, null where there is none: of all, unless they
   * take too much room}
   *
   * @param keyspace where
   * @param keys at most {@link #ASKED_AT_A_TIME}
   * @param enoughBytes no more are read once there are so many
   */
  List<byte @Nullable []> getFirst(Keyspace keyspace, List<byte[]> keys, long enoughBytes)
      throws Exception {
    return getSome(moment.get(), keyspace, keys, enoughBytes);
  }

  private List<byte @Nullable []> getSome(
      Moment at, Keyspace keyspace, List<byte[]> keys, long enoughBytes) throws Exception {
    List<RowScan> scans = new ArrayList<>(keys.size());
    try {
      for (byte[] key : keys) {
        if (key.length <= StoreLimits.LONGEST_KEY_BYTES) {
          RowScan scan = scanOf(at, keyspace, key);
          scans.add(scan);
          scan.ask();
        }
      }
      List<byte @Nullable []> values = new ArrayList<>(keys.size());
      RowBytes value = new RowBytes();
      int scan = 0;
      long bytes = 0;
      for (byte[] key : keys) {
        if (bytes >= enoughBytes) {
          break;
        }
        boolean found =
            key.length <= StoreLimits.LONGEST_KEY_BYTES
                && read(at, keyspace, key, scans.get(scan++), value);
        values.add(found ? Arrays.copyOf(value.array(), value.length()) : null);
        bytes += found ? value.length() : 0;
      }
      return values;
    } finally {
      Closing.all(scans, "reads did not close");
    }
  }

  @Override
  public Rows rows(Keyspace keyspace, byte[] prefix, byte[] from) {
    return rows(keyspace, prefix, from, LIST_BATCH_BYTES);
  }

  @Override
  public Rows briefRows(Keyspace keyspace, byte[] prefix, byte[] from) {
    return rows(keyspace, prefix, from, BRIEF_BATCH_BYTES);
  }

  /** Nothing is held by them, so those of another prefix cost no more. */
  @Override
  public boolean rowsMove() {
    return true;
  }

  private Rows rows(Keyspace keyspace, byte[] prefix, byte[] from, int batchBytes) {
    return new KuduRows(moment.get(), keyspace, prefix, from, batchBytes);
  }

  @Override
  public void close() {}

  private void requireInHistory(Moment at) {
    at.requireInHistory(table.cluster().client().getLastPropagatedTimestamp());
  }

  private AsyncKuduScannerBuilder scanner(Moment at, int batchBytes) {
    return scanner(table).snapshotTimestampRaw(at.timestamp()).batchSizeBytes(batchBytes);
  }

  /** {@return a scan of all rows in order, as they are at a moment that the server chooses} */
  static AsyncKuduScannerBuilder scanner(StoreTable table) {
    return table
        .cluster()
        .client()
        .newScannerBuilder(table.table())
        .readMode(ReadMode.READ_AT_SNAPSHOT)
        .setFaultTolerant(true)
        .replicaSelection(ReplicaSelection.LEADER_ONLY)
        .scanRequestTimeout(table.cluster().timeoutMillis())
        .setProjectedColumnIndexes(StoreTable.READ);
  }

  private static CorruptionException damaged(Keyspace keyspace, byte[] key, Exception e) {
    return new CorruptionException(
        keyspace.label(), Bytes.copyOf(key), String.valueOf(e.getMessage()), e);
  }

  /**
   * Where a key is.
   *
   * @param s the sync's number, or {@link StoreTable#SYSTEM}
   * @param k the rest of the key
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Place(int s, byte[] k) {
    /** A key that is shorter than a number starts before all that have one. */
    static Place of(Keyspace keyspace, byte[] key) {
      if (keyspace == Keyspace.META) {
        return new Place(StoreTable.SYSTEM, key);
      }
      byte[] number = Arrays.copyOf(key, Integer.BYTES);
      byte[] rest = Arrays.copyOfRange(key, Math.min(Integer.BYTES, key.length), key.length);
      return new Place(ByteBuffer.wrap(number).getInt(), rest);
    }

    /** The key as the contract has it. */
    static byte[] key(Keyspace keyspace, int s, byte[] k) {
      return keyspace == Keyspace.META
          ? k
          : ByteBuffer.allocate(Integer.BYTES + k.length).putInt(s).put(k).array();
    }
  }

  /** A list; the scan begins when the first row is asked for, at the moment of the call. */
  private final class KuduRows implements Rows {
    private final Moment at;
    private final Keyspace keyspace;
    private final int batchBytes;
    private byte[] prefix;
    private byte[] from;
    private @Nullable RowScan scan;

    /** Once it was asked for. */
    private @Nullable Set<Integer> gone;

    KuduRows(Moment at, Keyspace keyspace, byte[] prefix, byte[] from, int batchBytes) {
      this.at = at;
      this.keyspace = keyspace;
      this.prefix = prefix;
      this.from = from;
      this.batchBytes = batchBytes;
    }

    @Override
    public boolean next(RowBytes key, RowBytes value) throws Exception {
      RowScan now = move();
      while (now != null && prefix.length < Integer.BYTES && gone().contains(now.s())) {
        // Its range stays for those who read at an earlier time.
        int behind = now.s() + 1;
        close();
        from = Place.key(keyspace, behind, new byte[0]);
        now = behind > 0 ? move() : null;
      }
      if (now == null) {
        return false;
      }
      key.point(Place.key(keyspace, now.s(), now.k()));
      value.point(now.value());
      return key.startsWith(prefix);
    }

    /** {@return the scan at its next row, or null if there is none} */
    private @Nullable RowScan move() throws Exception {
      RowScan now = scan == null ? begin() : scan;
      scan = now;
      boolean found;
      try {
        found = now.next();
      } catch (RowScan.BrokenValueException e) {
        throw damaged(keyspace, Place.key(keyspace, now.s(), now.k()), e);
      }
      requireInHistory(at);
      return found ? now : null;
    }

    /** {@return the syncs that are gone, and whose rows are there} */
    private Set<Integer> gone() throws Exception {
      Set<Integer> known = gone;
      if (known == null) {
        known = keyspace == Keyspace.META ? Set.<Integer>of() : Garbage.read(table, at).keySet();
        gone = known;
      }
      return known;
    }

    @Override
    public void moveTo(byte[] next) throws Exception {
      close();
      prefix = next;
      from = next;
    }

    private RowScan begin() {
      AsyncKuduScannerBuilder scanner = scanner(at, batchBytes);
      Place first = Place.of(keyspace, from);
      scanner.lowerBound(table.row(first.s, StoreTable.number(keyspace), first.k, 0));
      if (keyspace == Keyspace.META || prefix.length >= Integer.BYTES) {
        scanner.exclusiveUpperBound(end());
      } else {
        // Of all syncs, which lie one behind the other with all their keyspaces.
        scanner.addPredicate(
            KuduPredicate.newComparisonPredicate(
                table.table().getSchema().getColumnByIndex(StoreTable.KS),
                ComparisonOp.EQUAL,
                (byte) StoreTable.number(keyspace)));
      }
      return new RowScan(scanner.build());
    }

    /** The first place behind all keys that start with the prefix. */
    private PartialRow end() {
      Place last = Place.of(keyspace, prefix);
      byte[] k = last.k;
      for (int i = k.length - 1; i >= 0; i--) {
        if (k[i] != (byte) 0xff) {
          byte[] end = Arrays.copyOf(k, i + 1);
          end[i]++;
          return table.row(last.s, StoreTable.number(keyspace), end, 0);
        }
      }
      return table.row(last.s, StoreTable.number(keyspace) + 1, new byte[0], 0);
    }

    @Override
    public void close() throws Exception {
      RowScan now = scan;
      scan = null;
      if (now != null) {
        now.close();
      }
    }
  }
}
