package dev.grantstore.kudu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.Annotation;
import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.Bytes;
import dev.grantstore.ContentDigest;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PageToken;
import dev.grantstore.PrincipalRef;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.keyvalue.RowBytes;
import dev.grantstore.keyvalue.View;
import dev.grantstore.keyvalue.YieldPoint;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kudu.client.AlterTableOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What makes a batch one step on Kudu, and what keeps a writer out that was replaced. */
final class KuduStoreTest {
  @RegisterExtension static final KuduServers SERVERS = new KuduServers(1);

  private static final int ONE = 0;
  private static final int TWO = 1;

  /** Of a sync that has no range. */
  private static final int MISSING = 7;

  private static final Instant STARTED = Instant.EPOCH;

  private static final StoreOptions OPTIONS = StoreOptions.of(OpenMode.OPEN_OR_CREATE);

  /** So that whoever was killed is replaced soon. */
  private static final StoreOptions BRIEF_LEASE = OPTIONS.withEngineOption("lease_millis", "1000");

  private final List<GrantStore> others = new ArrayList<>();

  @Test
  void aStoreAnswersAndIsThereWhenItIsOpenedAgain(TestInfo test) {
    String address = SERVERS.cluster().address(test.getTestMethod().orElseThrow().getName());
    Grant small = grant("small", 10);
    Grant large = grant("large", 200_000);
    try (GrantStore store = GrantStores.open(address, OPTIONS)) {
      store.startSync("s", "full", STARTED);
      store.putAll("s", List.of(grant("small", 100_000), large));
      store.put("s", small);
      assertThatThrownBy(() -> GrantStores.open(address, OPTIONS))
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LOCKED));
    }
    try (GrantStore store = GrantStores.open(address, OPTIONS)) {
      assertThat(store.page(new GrantQuery.Scan("s"), 10, PageToken.START).grants())
          .containsExactly(large, small);
      store.seal("s", STARTED);
      store.drop("s");
      assertThat(store.syncs()).isEmpty();
    }
  }

  @Test
  void aLoadIsCutIntoRanges(TestInfo test) {
    String address = SERVERS.cluster().address(test.getTestMethod().orElseThrow().getName());
    List<Grant> grants = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      grants.add(grant("g" + (1_000_000 + i), 20));
    }
    try (GrantStore store =
        GrantStores.open(address, OPTIONS.withEngineOption("range_bytes", "100000"))) {
      try (BulkLoad load = store.bulkLoad("s", "full", STARTED, BulkLoadOptions.defaults())) {
        try (BulkPart part = load.openPart()) {
          grants.forEach(part::add);
        }
        load.commit(STARTED);
      }
      assertThat(store.stats().keyspaces().get(0).files()).isGreaterThan(4);
      assertThat(store.page(new GrantQuery.Scan("s"), 10_000, PageToken.START).grants())
          .isEqualTo(grants);
    }
  }

  @Test
  void whatWasNotShownIsTakenBackAndWhoWasReplacedWritesNoMore(TestInfo test) throws Exception {
    try (Cluster cluster = Cluster.of(SERVERS.cluster().masters(), 30_000)) {
      StoreAddress address = address(test);
      KuduDatabase dead = StoreOpening.database(address, BRIEF_LEASE, cluster);
      try (KuduBatch batch = (KuduBatch) dead.begin(false)) {
        batch.makeSync(ONE);
        batch.makeSync(TWO);
        putAll(batch, "first");
        batch.commit();
      }
      assertThat(values(dead.live())).containsOnly("first");
      View before = dead.snapshot();

      KuduBatch lost = (KuduBatch) dead.begin(false);
      putAll(lost, "second");
      byte[] more = key(TWO, "more");
      lost.put(Keyspace.BY_PRINCIPAL, more, more.length, more, more.length);
      lost.send();
      assertThat(values(dead.live())).containsOnly("first");
      dead.giveNoSign();

      KuduDatabase next = reopened(address, cluster);
      assertThat(values(next.live())).containsOnly("first");
      assertThat(next.live().get(Keyspace.BY_PRINCIPAL, more, more.length, new RowBytes()))
          .isFalse();

      putAll(lost, "late");
      assertThatThrownBy(lost::commit)
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LOCKED));
      try (KuduBatch batch = (KuduBatch) next.begin(false)) {
        byte[] other = key(ONE, "other");
        batch.put(Keyspace.GRANTS, other, other.length, other, other.length);
        batch.commit();
      }
      assertThat(values(next.live())).containsOnly("first");
      assertThat(values(before)).containsOnly("first");
      lost.close();
      next.end();
      next.close();
      dead.close();
    }
  }

  @Test
  void aBatchThatIsGivenUpLeavesNothing(TestInfo test) throws Exception {
    try (Cluster cluster = Cluster.of(SERVERS.cluster().masters(), 30_000)) {
      KuduDatabase database = StoreOpening.database(address(test), OPTIONS, cluster);
      try (KuduBatch batch = (KuduBatch) database.begin(false)) {
        batch.makeSync(ONE);
        batch.makeSync(TWO);
        putAll(batch, "first");
        batch.commit();
      }
      try (KuduBatch batch = (KuduBatch) database.begin(false)) {
        putAll(batch, "second");
        batch.send();
      }
      try (KuduBatch batch = (KuduBatch) database.begin(false)) {
        byte[] other = key(ONE, "other");
        batch.put(Keyspace.GRANTS, other, other.length, other, other.length);
        batch.commit();
      }
      assertThat(values(database.live())).containsOnly("first");
      database.close();
    }
  }

  /** Its writer ends it in doubt while a sign of life is on its way to be given. */
  @Test
  void aSignOfLifeShowsNothingOfABatchThatFailed(TestInfo test) throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    try (Cluster cluster = Cluster.of(SERVERS.cluster().masters(), 30_000)) {
      StoreAddress address = address(test);
      KuduDatabase database = StoreOpening.database(address, BRIEF_LEASE, cluster);
      try (KuduBatch batch = (KuduBatch) database.begin(false)) {
        batch.makeSync(ONE);
        batch.makeSync(TWO);
        putAll(batch, "first");
        batch.commit();
      }
      KuduBatch torn = (KuduBatch) database.begin(false);
      putAll(torn, "second");
      torn.send();
      byte[] nowhere = key(MISSING, "row");
      torn.put(Keyspace.GRANTS, nowhere, nowhere.length, nowhere, nowhere.length);
      assertThatThrownBy(torn::send).isInstanceOf(Exception.class);
      YieldPoint.listen(
          new AtPoint(
              "sign of life due",
              () -> {
                try {
                  torn.close();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                } finally {
                  ended.countDown();
                }
              }));
      assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
      // Waits for the sign of life.
      database.close();

      assertThat(values(database.live())).containsOnly("first");
      KuduDatabase next = reopened(address, cluster);
      assertThat(values(next.live())).containsOnly("first");
      next.close();
    } finally {
      YieldPoint.listen(null);
    }
  }

  @Test
  void aMomentThatIsOlderThanTheHistoryIsAnError(TestInfo test) throws Exception {
    try (Cluster cluster = Cluster.of(SERVERS.cluster().masters(), 30_000)) {
      KuduDatabase database = StoreOpening.database(address(test), OPTIONS, cluster);
      try (KuduBatch batch = (KuduBatch) database.begin(false)) {
        batch.makeSync(ONE);
        batch.makeSync(TWO);
        putAll(batch, "first");
        batch.commit();
      }
      long timestamp = cluster.afterAllSeen();
      Duration hour = Duration.ofHours(1);
      Moment young = Moment.at(timestamp, hour);
      Moment old = new Moment(timestamp, System.nanoTime() - hour.toNanos(), hour);
      assertThat(values(new KuduView(database.table(), () -> young))).containsOnly("first");

      // As is done with syncs that nobody can read any more.
      database.table().dropRanges(new TreeSet<>(Set.of(ONE, TWO)));

      assertThatThrownBy(() -> values(new KuduView(database.table(), () -> old)))
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT))
          .hasMessageContaining("history");
      database.close();
    }
  }

  /** What fails after the writer has said where it begins must not look like a new store. */
  @Test
  void anOpeningThatFailsLosesNothing(TestInfo test) {
    String address = SERVERS.cluster().address(test.getTestMethod().orElseThrow().getName());
    try (GrantStore store = GrantStores.open(address, BRIEF_LEASE)) {
      store.startSync("s", "full", STARTED);
      store.put("s", grant("g", 10));
    }
    YieldPoint.listen(
        new AtPoint(
            "epoch begun",
            () -> {
              throw new GrantStoreException(Reason.TIMEOUT, "no answer");
            }));
    try {
      assertThatThrownBy(() -> GrantStores.open(address, BRIEF_LEASE))
          .isInstanceOf(GrantStoreException.class)
          .hasMessage("no answer");
    } finally {
      YieldPoint.listen(null);
    }
    assertThat(grantsOf(address)).containsExactly(grant("g", 10));
  }

  @Test
  void rowsThatNoControlRowKnowsOfAreNotDropped(TestInfo test) throws Exception {
    String name = test.getTestMethod().orElseThrow().getName();
    String address = SERVERS.cluster().address(name);
    try (GrantStore store = GrantStores.open(address, BRIEF_LEASE)) {
      store.startSync("s", "full", STARTED);
      store.put("s", grant("g", 10));
    }
    try (Cluster cluster = Cluster.of(SERVERS.cluster().masters(), 30_000)) {
      StoreTable table = StoreTable.find(cluster, name).orElseThrow();
      int epoch = Control.read(table).lastKey();
      Control.write(table, epoch, new ControlRow(ControlRow.State.ABANDONED, 0, 0, 0));

      assertThatThrownBy(() -> GrantStores.open(address, BRIEF_LEASE))
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DATA_LOSS));
      assertThat(StoreTable.find(cluster, name).orElseThrow().ranges()).isNotEmpty();
    }
  }

  /** Another process may take a table between its being made and its being claimed. */
  @Test
  void whoMakesATableAndIsNotTheFirstToClaimItLeavesItThere(TestInfo test) {
    String address = SERVERS.cluster().address(test.getTestMethod().orElseThrow().getName());
    AtomicBoolean isTaken = new AtomicBoolean();
    YieldPoint.listen(
        new AtPoint(
            "table made",
            () -> {
              if (!isTaken.getAndSet(true)) {
                GrantStore other = GrantStores.open(address, OPTIONS);
                other.startSync("s", "full", STARTED);
                other.put("s", grant("g", 10));
                others.add(other);
              }
            }));
    try {
      assertThatThrownBy(() -> GrantStores.open(address, OPTIONS))
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LOCKED));
    } finally {
      YieldPoint.listen(null);
      others.forEach(GrantStore::close);
    }
    assertThat(grantsOf(address)).containsExactly(grant("g", 10));
  }

  private static List<Grant> grantsOf(String address) {
    try (GrantStore store = GrantStores.open(address, BRIEF_LEASE)) {
      return store.page(new GrantQuery.Scan("s"), 10, PageToken.START).grants();
    }
  }

  /** Else earlier code would call a resume token damage. */
  @Test
  void aStoreBecomesOneOfTheNewestFormatByBeingOpenedForWriting(TestInfo test) throws Exception {
    String name = test.getTestMethod().orElseThrow().getName();
    String address = SERVERS.cluster().address(name);
    try (GrantStore store = GrantStores.open(address, OPTIONS)) {
      store.startSync("s", "full", STARTED);
      store.put("s", grant("g", 10));
    }
    assertThat(comment(name)).isEqualTo("grantstore kudu format 2");
    comment(name, "grantstore kudu format 1");
    try (GrantStore store = GrantStores.open(address, StoreOptions.of(OpenMode.READ_ONLY))) {
      assertThat(store.syncs()).hasSize(1);
    }
    assertThat(comment(name)).isEqualTo("grantstore kudu format 1");
    assertThat(grantsOf(address)).containsExactly(grant("g", 10));
    assertThat(comment(name)).isEqualTo("grantstore kudu format 2");

    comment(name, "grantstore kudu format 3");
    assertThatThrownBy(() -> GrantStores.open(address, OPTIONS))
        .isInstanceOfSatisfying(
            GrantStoreException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.VERSION_TOO_NEW))
        .hasMessageContaining("found=\"3\" known=2");
    assertThat(comment(name)).isEqualTo("grantstore kudu format 3");
  }

  private static String comment(String name) throws Exception {
    try (Cluster cluster = Cluster.of(SERVERS.cluster().masters(), 30_000)) {
      return cluster.admin().openTable(name).getComment();
    }
  }

  private static void comment(String name, String comment) throws Exception {
    try (Cluster cluster = Cluster.of(SERVERS.cluster().masters(), 30_000)) {
      cluster.admin().alterTable(name, new AlterTableOptions().setComment(comment));
    }
  }

  @Test
  void whatIsNoStoreIsLeftAlone() {
    assertThatThrownBy(() -> GrantStores.open("kudu:nowhere", OPTIONS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("HOST:PORT");
    String address = SERVERS.cluster().address("missing");
    assertThatThrownBy(() -> GrantStores.open(address, StoreOptions.of(OpenMode.READ_ONLY)))
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.STORE_MISSING));
  }

  private static StoreAddress address(TestInfo test) {
    return new StoreAddress(
        SERVERS.cluster().masters(), test.getTestMethod().orElseThrow().getName());
  }

  /** Waits for the lease's end, as whoever is told that the store is open. */
  private static KuduDatabase reopened(StoreAddress address, Cluster cluster) throws Exception {
    while (true) {
      try {
        return StoreOpening.database(address, BRIEF_LEASE, cluster);
      } catch (GrantStoreException e) {
        assertThat(e).extracting(GrantStoreException::reason).isEqualTo(Reason.LOCKED);
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
    }
  }

  private static void putAll(KuduBatch batch, String text) throws Exception {
    byte[] value = text.getBytes(StandardCharsets.US_ASCII);
    for (int sync : List.of(ONE, TWO)) {
      for (Keyspace keyspace : Keyspace.OF_GRANTS) {
        byte[] key = key(sync, "row");
        batch.put(keyspace, key, key.length, value, value.length);
      }
      // Without a row of its own the sync is one that was never shown.
      SyncRun run = SyncRun.open("sync" + sync, text, STARTED);
      SyncRow row = new SyncRow(sync, run, ContentDigest.EMPTY, false, 0, Optional.empty());
      byte[] meta = MetaKeys.sync("sync" + sync);
      byte[] encoded = row.encode();
      batch.put(Keyspace.META, meta, meta.length, encoded, encoded.length);
    }
    byte[] next = MetaKeys.nextSync();
    batch.put(Keyspace.META, next, next.length, new byte[] {0, 0, 0, 2}, Integer.BYTES);
  }

  private static List<String> values(View view) throws Exception {
    List<String> values = new ArrayList<>();
    RowBytes value = new RowBytes();
    for (int sync : List.of(ONE, TWO)) {
      for (Keyspace keyspace : Keyspace.OF_GRANTS) {
        byte[] key = key(sync, "row");
        boolean found = view.get(keyspace, key, key.length, value);
        values.add(
            found
                ? new String(
                    Arrays.copyOf(value.array(), value.length()), StandardCharsets.US_ASCII)
                : "nothing");
      }
    }
    return values;
  }

  private static byte[] key(int sync, String rest) {
    byte[] k = rest.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(Integer.BYTES + k.length).putInt(sync).put(k).array();
  }

  private static Grant grant(String id, int bytes) {
    return new Grant(
        id,
        new EntitlementRef("app", "a", "e"),
        new PrincipalRef("user", "u"),
        STARTED,
        false,
        Optional.empty(),
        List.of(),
        List.of(new Annotation("t", Bytes.copyOf(new byte[bytes]))));
  }
}
