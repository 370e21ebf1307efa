package dev.grantstore.kudu;

import dev.grantstore.Excerpt;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.layout.Keyspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kudu.ColumnSchema;
import org.apache.kudu.ColumnSchema.ColumnSchemaBuilder;
import org.apache.kudu.ColumnSchema.CompressionAlgorithm;
import org.apache.kudu.ColumnSchema.Encoding;
import org.apache.kudu.Schema;
import org.apache.kudu.Type;
import org.apache.kudu.client.AlterTableOptions;
import org.apache.kudu.client.CreateTableOptions;
import org.apache.kudu.client.KuduException;
import org.apache.kudu.client.KuduTable;
import org.apache.kudu.client.Operation;
import org.apache.kudu.client.PartialRow;
import org.apache.kudu.client.Partition;

/**
 * A store's one table as it was opened: its columns, its ranges, and what writes to it.
 *
 * <pre>
 * s INT32, ks INT8, k BINARY, p INT32 -> n INT32, v BINARY, epoch_E INT8
 * </pre>
 *
 * <p>{@code s} is the sync's number, {@link #SYSTEM} for what is not a grant and {@link #CONTROL}
 * for what is not read at the visible timestamp; {@code ks} the keyspace, {@code k} the key of
 * rfc/0002 without the sync's number. A value is cut into {@code n} parts, numbered {@code p} from
 * 0; a part whose number is not below the {@code n} of part 0 is one that an earlier value left,
 * and is passed over. {@code epoch_E} is always null: only its name matters, see {@link #fence}.
 *
 * <p>One range for the system's rows, one or more for each sync. Thread-safe.
 */
final class StoreTable {
  /** In place of a sync's number: rows that are not grants, read at the visible timestamp. */
  static final int SYSTEM = -1;

  /** In place of a sync's number: the control rows, read as they are. */
  static final int CONTROL = -2;

  /** In place of a keyspace: numbers of syncs that are gone and whose ranges are not. */
  static final int GARBAGE = 5;

  static final int S = 0;
  static final int KS = 1;
  static final int K = 2;
  static final int P = 3;
  static final int N = 4;
  static final int V = 5;

  /** What is read of a row; where it stands in what is read. */
  static final List<Integer> READ = List.of(S, KS, K, P, N, V);

  /** The largest epoch that may be followed by another: a column's name has nine digits. */
  static final int MOST_EPOCH = 999_999_998;

  private static final long ALTERED_POLL_MILLIS = 20;
  private static final String EPOCH = "epoch_";
  private static final String COMMENT = "grantstore kudu format ";

  /** What this code writes; it reads the earlier ones too. */
  private static final String FORMAT = "2";

  private static final Set<String> READABLE = Set.of("1", FORMAT);
  private static final String HISTORY = "kudu.table.history_max_age_sec";
  private static final int REPLICAS = 3;

  private final Cluster cluster;
  private final KuduTable table;

  private StoreTable(Cluster cluster, KuduTable table) {
    this.cluster = cluster;
    this.table = table;
  }

  /**
   * {@return the store's table, if there is one}
   *
   * @throws GrantStoreException if it is no store's, or of a newer format
   */
  static Optional<StoreTable> find(Cluster cluster, String name) throws KuduException {
    // Asked first: to open one that is not there is an error like any other.
    if (!cluster.admin().tableExists(name)) {
      return Optional.empty();
    }
    KuduTable table = cluster.admin().openTable(name);
    String comment = table.getComment();
    if (!comment.startsWith(COMMENT) || epochColumns(table.getSchema()).size() != 1) {
      throw new GrantStoreException(
          Reason.NOT_A_STORE, "table is not a store's: " + Excerpt.of(name));
    }
    String format = comment.substring(COMMENT.length());
    if (!READABLE.contains(format)) {
      throw new GrantStoreException(
          Reason.VERSION_TOO_NEW,
          String.format(
              Locale.ROOT,
              "store is of a newer format: found=%s known=%s table=%s",
              Excerpt.of(format),
              FORMAT,
              name));
    }
    return Optional.of(new StoreTable(cluster, table));
  }

  /** {@return a new table} */
  static StoreTable create(Cluster cluster, String name, Map<String, String> options)
      throws KuduException {
    Schema schema =
        new Schema(
            List.of(
                new ColumnSchemaBuilder("s", Type.INT32).key(true).encoding(Encoding.RLE).build(),
                new ColumnSchemaBuilder("ks", Type.INT8).key(true).encoding(Encoding.RLE).build(),
                new ColumnSchemaBuilder("k", Type.BINARY)
                    .key(true)
                    .encoding(Encoding.PREFIX_ENCODING)
                    .compressionAlgorithm(CompressionAlgorithm.LZ4)
                    .build(),
                new ColumnSchemaBuilder("p", Type.INT32).key(true).encoding(Encoding.RLE).build(),
                new ColumnSchemaBuilder("n", Type.INT32).encoding(Encoding.RLE).build(),
                new ColumnSchemaBuilder("v", Type.BINARY)
                    .encoding(Encoding.DICT_ENCODING)
                    .compressionAlgorithm(CompressionAlgorithm.LZ4)
                    .build(),
                new ColumnSchemaBuilder(EPOCH + 0, Type.INT8).nullable(true).build()));
    long replicas = KuduOption.REPLICAS.of(options);
    if (replicas == 0) {
      replicas = cluster.servers() < REPLICAS ? 1 : REPLICAS;
    }
    CreateTableOptions how =
        new CreateTableOptions()
            .setRangePartitionColumns(List.of("s", "ks", "k"))
            .addRangePartition(from(schema, CONTROL), from(schema, 0))
            .setNumReplicas((int) replicas)
            .setComment(COMMENT + FORMAT)
            .setExtraConfigs(
                Map.of(HISTORY, Long.toString(KuduOption.HISTORY_SECONDS.of(options))));
    return new StoreTable(cluster, cluster.admin().createTable(name, schema, how));
  }

  /** {@return the number that stands for a keyspace in the table} */
  static int number(Keyspace keyspace) {
    return switch (keyspace) {
      case GRANTS -> 0;
      case BY_ENTITLEMENT -> 1;
      case BY_PRINCIPAL -> 2;
      case NEEDS_EXPANSION -> 3;
      case META -> 4;
    };
  }

  KuduTable table() {
    return table;
  }

  Cluster cluster() {
    return cluster;
  }

  String name() {
    return table.getName();
  }

  /** {@return for how many seconds what was replaced can be read} */
  long historySeconds() {
    return Long.parseLong(
        table
            .getExtraConfig()
            .getOrDefault(HISTORY, Long.toString(KuduOption.HISTORY_SECONDS.of(Map.of()))));
  }

  /** {@return the epoch whose writers may write, and those before it who were not replaced} */
  int epoch() {
    return Integer.parseInt(epochColumns(table.getSchema()).get(0).substring(EPOCH.length()));
  }

  /**
   * {@return the table as it is open to writers of an epoch, and to none that opened it before}
   * Kudu refuses rows that are sent with a column that the table does not have, and changes the
   * columns of a tablet between two writes. So no row comes after this that somebody sends who
   * opened the table earlier, whatever he believes.
   *
   * @param epoch above the table's
   * @throws GrantStoreException with {@link Reason#LOCKED} if somebody newer has done so
   */
  StoreTable fence(int epoch) throws KuduException {
    String wanted = EPOCH + epoch;
    StoreTable now = this;
    while (now.epoch() < epoch) {
      AlterTableOptions change = new AlterTableOptions().renameColumn(EPOCH + now.epoch(), wanted);
      try {
        cluster.admin().alterTable(name(), change);
      } catch (KuduException e) {
        if (e.getStatus().isTimedOut()) {
          throw e;
        }
        // A change of somebody who was cut off is told of once all servers have it.
        awaitAltered();
        if (reopened().epoch() == now.epoch()) {
          throw e;
        }
      }
      now = reopened();
    }
    if (now.epoch() > epoch) {
      throw new GrantStoreException(
          Reason.LOCKED, "another process has taken the store over: " + name());
    }
    awaitAltered();
    return now;
  }

  /** The master says so when all tablets have it: of a change that was tried again nobody did. */
  private void awaitAltered() throws KuduException {
    long start = System.nanoTime();
    while (!cluster.admin().isAlterTableDone(name())) {
      if (System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(cluster.timeoutMillis())) {
        throw new GrantStoreException(
            Reason.TIMEOUT, "not all servers know yet who writes, open the store again: " + name());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ALTERED_POLL_MILLIS));
    }
  }

  /**
   * Says that rows may be there from now on that this code writes and earlier code does not know,
   * unless that is said already. Only the table's comment changes.
   */
  void becomeNewest() throws KuduException {
    if (!table.getComment().equals(COMMENT + FORMAT)) {
      cluster.admin().alterTable(name(), new AlterTableOptions().setComment(COMMENT + FORMAT));
    }
  }

  private StoreTable reopened() throws KuduException {
    return new StoreTable(cluster, cluster.admin().openTable(name()));
  }

  /**
   * Makes the ranges of a sync.
   *
   * @param sync its number, of which there are none; or there are, of a call that was cut off
   * @param splits where one range ends and the next begins, ascending
   */
  void addRanges(int sync, List<Split> splits) throws Exception {
    AlterTableOptions change = new AlterTableOptions();
    PartialRow from = from(table.getSchema(), sync);
    for (Split split : splits) {
      PartialRow to = from(table.getSchema(), sync);
      to.addByte(KS, (byte) number(split.keyspace));
      to.addBinary(K, split.key);
      change.addRangePartition(from, to);
      from = to;
    }
    change.addRangePartition(from, from(table.getSchema(), sync + 1));
    try {
      Cluster.await(cluster.client().alterTable(name(), change));
    } catch (KuduException e) {
      if (!ranges().contains(sync)) {
        throw e;
      }
    }
  }

  /**
   * Removes all ranges of syncs, with their rows of all times.
   *
   * @param syncs their numbers; there may be none of some
   */
  void dropRanges(SortedSet<Integer> syncs) throws Exception {
    AlterTableOptions change = new AlterTableOptions();
    boolean any = false;
    for (Partition range : partitions()) {
      PartialRow from = range.getDecodedRangeKeyStart(table);
      if (syncs.contains(from.getInt(S))) {
        change.dropRangePartition(from, range.getDecodedRangeKeyEnd(table));
        any = true;
      }
    }
    if (any) {
      Cluster.await(cluster.client().alterTable(name(), change));
    }
  }

  /** {@return the ranges of a sync, or of the system's rows} */
  List<Bounds> bounds(int sync) throws Exception {
    List<Bounds> found = new ArrayList<>();
    for (Partition range : partitions()) {
      PartialRow from = range.getDecodedRangeKeyStart(table);
      if (from.getInt(S) == (sync == SYSTEM ? CONTROL : sync)) {
        found.add(new Bounds(bound(from), bound(range.getDecodedRangeKeyEnd(table))));
      }
    }
    return found;
  }

  /** A bound of a range, which has no part, as one of rows. */
  private PartialRow bound(PartialRow range) {
    return row(range.getInt(S), range.getByte(KS), range.getBinaryCopy(K), 0);
  }

  /** {@return the numbers of all syncs that have a range} */
  SortedSet<Integer> ranges() throws Exception {
    SortedSet<Integer> numbers = new TreeSet<>();
    for (Partition range : partitions()) {
      numbers.add(range.getDecodedRangeKeyStart(table).getInt(S));
    }
    return numbers.tailSet(0);
  }

  /** {@return how many ranges there are, the system's included} */
  int rangeCount() throws Exception {
    return partitions().size();
  }

  private List<Partition> partitions() throws Exception {
    // Of a table that is opened now: another keeps what it knew.
    return reopened().table.getRangePartitions(cluster.timeoutMillis());
  }

  /** {@return a row with its key, for bounds and writes} */
  PartialRow row(int s, int keyspace, byte[] k, int part) {
    return fill(table.getSchema().newPartialRow(), s, keyspace, k, part);
  }

  /** {@return what puts a part of a value} */
  Operation put(int s, int keyspace, byte[] k, int part, int parts, byte[] v) {
    Operation put = table.newUpsert();
    fill(put.getRow(), s, keyspace, k, part);
    put.getRow().addInt(N, parts);
    put.getRow().addBinary(V, v);
    return put;
  }

  /** {@return what makes a row that is not there; it fails if somebody else was first} */
  Operation insert(int s, int keyspace, byte[] k, byte[] v) {
    Operation insert = table.newInsert();
    fill(insert.getRow(), s, keyspace, k, 0);
    insert.getRow().addInt(N, 1);
    insert.getRow().addBinary(V, v);
    return insert;
  }

  /** {@return what deletes a row, if it is there} */
  Operation delete(int s, int keyspace, byte[] k, int part) {
    Operation delete = table.newDeleteIgnore();
    fill(delete.getRow(), s, keyspace, k, part);
    return delete;
  }

  private static PartialRow fill(PartialRow row, int s, int keyspace, byte[] k, int part) {
    row.addInt(S, s);
    row.addByte(KS, (byte) keyspace);
    row.addBinary(K, k);
    row.addInt(P, part);
    return row;
  }

  private static PartialRow from(Schema schema, int s) {
    PartialRow row = schema.newPartialRow();
    row.addInt(S, s);
    row.addByte(KS, (byte) 0);
    row.addBinary(K, new byte[0]);
    return row;
  }

  private static List<String> epochColumns(Schema schema) {
    List<String> found = new ArrayList<>();
    for (ColumnSchema column : schema.getColumns()) {
      if (column.getName().matches(EPOCH + "\\d{1,9}")) {
        found.add(column.getName());
      }
    }
    return found;
  }

  /**
   * A range of the table, for a scan.
   *
   * @param from its first place
   * @param to the first place behind it
   */
  record Bounds(PartialRow from, PartialRow to) {}

  /** Where one range of a sync ends and the next begins. */
  static final class Split {
    private final Keyspace keyspace;
    private final byte[] key;

    /**
     * Takes the first key of the next range.
     *
     * @param keyspace where
     * @param key with the sync's number
     */
    Split(Keyspace keyspace, byte[] key) {
      this.keyspace = keyspace;
      this.key = Arrays.copyOfRange(key, Math.min(Integer.BYTES, key.length), key.length);
    }
  }
}
