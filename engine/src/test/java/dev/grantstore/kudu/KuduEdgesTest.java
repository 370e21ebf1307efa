package dev.grantstore.kudu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.grantstore.Annotation;
import dev.grantstore.Bytes;
import dev.grantstore.ContentDigest;
import dev.grantstore.CorruptionException;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PageToken;
import dev.grantstore.PrincipalRef;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.keyvalue.RowBytes;
import dev.grantstore.keyvalue.YieldPoint;
import dev.grantstore.layout.Keyspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kudu.client.AlterTableOptions;
import org.apache.kudu.client.KuduException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows that no writer wrote, a cluster that does not answer, and moments that are over. */
@Tag("kudu")
final class KuduEdgesTest {
  @RegisterExtension static final KuduServers SERVERS = new KuduServers(1);

  private static final String SYNC = "s";
  private static final byte[] K = {0, 0, 0, 1};
  private static final StoreOptions OPTIONS =
      StoreOptions.of(OpenMode.OPEN_OR_CREATE).withEngineOption("lease_millis", "1000");

  @AfterEach
  void goOn() throws IOException {
    YieldPoint.listen(null);
    SERVERS.cluster().pause(0, false);
  }

  /** As tables were made once. */
  @Test
  void aTableWithAShortHistoryIsOpenedWithALeaseThatFitsIt(TestInfo test) throws Exception {
    String address = made(test);
    try (Cluster cluster = Cluster.of(SERVERS.cluster().masters(), 30_000)) {
      cluster
          .admin()
          .alterTable(
              name(test),
              new AlterTableOptions()
                  .alterExtraConfigs(Map.of("kudu.table.history_max_age_sec", "20")));
    }
    StoreOptions tooLong =
        OPTIONS.withEngineOption("timeout_millis", "9000").withEngineOption("lease_millis", "9000");

    try (GrantStore store = GrantStores.open(address, StoreOptions.of(OpenMode.OPEN))) {
      store.put(SYNC, grant("h", 10));
      try (Cluster cluster = Cluster.of(SERVERS.cluster().masters(), 30_000)) {
        StoreTable table = StoreTable.find(cluster, name(test)).orElseThrow();
        SortedMap<Integer, ControlRow> control = Control.read(table);
        assertThat(Objects.requireNonNull(control.get(control.lastKey())).leaseMillis())
            .isEqualTo(5_000);
      }
    }
    assertThatThrownBy(() -> GrantStores.open(address, tooLong))
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED))
        .hasMessageContaining("history_seconds=20 least=27 lease_millis=9000");
    StoreOptions reading =
        StoreOptions.of(OpenMode.READ_ONLY)
            .withEngineOption("timeout_millis", "9000")
            .withEngineOption("lease_millis", "9000");
    try (GrantStore store = GrantStores.open(address, reading)) {
      assertThat(list(store)).containsExactly(grant("g", 10), grant("h", 10));
    }
  }

  @Test
  void aControlRowThatNoWriterWroteIsDataLoss(TestInfo test) throws Exception {
    String address = made(test);
    try (Cluster cluster = Cluster.of(SERVERS.cluster().masters(), 30_000)) {
      StoreTable table = StoreTable.find(cluster, name(test)).orElseThrow();
      int epoch = Control.read(table).lastKey();
      byte[] row = Objects.requireNonNull(Control.read(table).get(epoch)).encode();
      for (byte[] k : List.of(new byte[] {1}, new byte[4], new byte[] {-1, 0, 0, 0})) {
        put(table, StoreTable.CONTROL, 0, k, 1, row);
        assertDataLoss(() -> GrantStores.open(address, OPTIONS), "control row");
        assertDataLoss(
            () -> GrantStores.open(address, StoreOptions.of(OpenMode.READ_ONLY)), "control row");
        delete(table, StoreTable.CONTROL, 0, k);
      }
      byte[] next = ByteBuffer.allocate(Integer.BYTES).putInt(epoch + 1).array();
      for (int parts : List.of(2, 0, -1, Integer.MAX_VALUE)) {
        put(table, StoreTable.CONTROL, 0, next, parts, row);
        assertDataLoss(() -> GrantStores.open(address, OPTIONS), "control row");
      }
      delete(table, StoreTable.CONTROL, 0, next);
    }
    assertThatCode(() -> GrantStores.open(address, OPTIONS).close()).doesNotThrowAnyException();
  }

  @Test
  void aNoteOfADropThatNoWriterWroteIsDataLoss(TestInfo test) throws Exception {
    String address = made(test);
    try (Cluster cluster = Cluster.of(SERVERS.cluster().masters(), 30_000)) {
      for (byte[] value : List.of(new byte[7], Garbage.value(-1), Garbage.value(Long.MAX_VALUE))) {
        // Each opening that failed shuts out whoever found the table before.
        StoreTable table = StoreTable.find(cluster, name(test)).orElseThrow();
        put(table, StoreTable.SYSTEM, StoreTable.GARBAGE, K, 1, value);
        show(table);
        assertDataLoss(() -> GrantStores.open(address, OPTIONS), "note of a sync that is gone");
      }
      StoreTable table = StoreTable.find(cluster, name(test)).orElseThrow();
      put(table, StoreTable.SYSTEM, StoreTable.GARBAGE, K, 2, Garbage.value(1));
      show(table);
      assertDataLoss(() -> GrantStores.open(address, OPTIONS), "value lacks a part");
      StoreTable last = StoreTable.find(cluster, name(test)).orElseThrow();
      delete(last, StoreTable.SYSTEM, StoreTable.GARBAGE, K);
      show(last);
    }
    assertThatCode(() -> GrantStores.open(address, OPTIONS).close()).doesNotThrowAnyException();
  }

  @Test
  void aValueOfImpossiblyManyPartsIsDamage(TestInfo test) throws Exception {
    try (Cluster cluster = Cluster.of(SERVERS.cluster().masters(), 30_000)) {
      KuduDatabase database = StoreOpening.database(place(test), OPTIONS, cluster);
      database.makeRanges(0, List.of());
      for (int parts : List.of(Integer.MAX_VALUE, 40_000, 0, -5)) {
        put(database.table(), 0, 0, K, parts, new byte[StoreLimits.PART_BYTES]);
        database.show();
        byte[] key = ByteBuffer.allocate(2 * Integer.BYTES).putInt(0).put(K).array();

        assertThatThrownBy(
                () -> database.live().get(Keyspace.GRANTS, key, key.length, new RowBytes()))
            .isInstanceOf(CorruptionException.class)
            .hasMessageContaining("parts=" + parts);
      }
      database.close();
    }
  }

  @Test
  void aSignOfLifeShowsNothingOfAWriteThatIsUnderWay(TestInfo test) throws Exception {
    CountDownLatch signs = new CountDownLatch(3);
    try (Cluster cluster = Cluster.of(SERVERS.cluster().masters(), 30_000)) {
      KuduDatabase database = StoreOpening.database(place(test), OPTIONS, cluster);
      database.makeRanges(0, List.of());
      KuduBatch batch = (KuduBatch) database.begin(false);
      byte[] key = ByteBuffer.allocate(2 * Integer.BYTES).putInt(0).put(K).array();
      batch.put(Keyspace.GRANTS, key, key.length, key, key.length);
      batch.send();
      YieldPoint.listen(new AtPoint("clocks seen", signs::countDown));
      assertThat(signs.await(60, TimeUnit.SECONDS)).isTrue();

      assertThat(database.live().get(Keyspace.GRANTS, key, key.length, new RowBytes())).isFalse();
      batch.commit();
      assertThat(database.live().get(Keyspace.GRANTS, key, key.length, new RowBytes())).isTrue();
      batch.close();
      database.close();
    }
  }

  @Test
  void aValueOfTooManyPartsIsNotWritten(TestInfo test) throws Exception {
    try (Cluster cluster = Cluster.of(SERVERS.cluster().masters(), 30_000)) {
      KuduDatabase database = StoreOpening.database(place(test), OPTIONS, cluster);
      try (Sender sender = new Sender(database.table(), 0)) {
        int bytes = StoreLimits.MOST_PARTS * StoreLimits.PART_BYTES + 1;

        assertThatThrownBy(() -> sender.put(0, 0, K, new byte[0], bytes))
            .isInstanceOfSatisfying(
                GrantStoreException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED))
            .hasMessageContaining("bytes=" + bytes);
      }
      database.close();
    }
  }

  /** What the keeper waits for is not waited for by others. */
  @Test
  void aWriteBeginsAndAStoreClosesWhileASignOfLifeIsNotAnswered(TestInfo test) throws Exception {
    CountDownLatch asks = new CountDownLatch(1);
    try (Cluster cluster = Cluster.of(SERVERS.cluster().masters(), 120_000)) {
      KuduDatabase database = StoreOpening.database(place(test), OPTIONS, cluster);
      YieldPoint.listen(
          new AtPoint(
              "clocks seen",
              () -> {
                pause(true);
                asks.countDown();
              }));
      assertThat(asks.await(60, TimeUnit.SECONDS)).isTrue();

      assertTimeoutPreemptively(
          Duration.ofSeconds(60),
          () -> {
            database.begin(false).close();
            database.end();
            database.close();
          });
      pause(false);
    }
  }

  /** Else that of the past may be written after that of the write, which is lost then. */
  @Test
  void nothingIsShownOnceASignOfLifeIsInDoubt(TestInfo test) throws Exception {
    AtomicBoolean isPaused = new AtomicBoolean();
    CountDownLatch inDoubt = new CountDownLatch(1);
    try (Cluster cluster = Cluster.of(SERVERS.cluster().masters(), 5_000)) {
      KuduDatabase database = StoreOpening.database(place(test), OPTIONS, cluster);
      database.makeRanges(0, List.of());
      KuduBatch batch = (KuduBatch) database.begin(false);
      byte[] key = ByteBuffer.allocate(2 * Integer.BYTES).putInt(0).put(K).array();
      batch.put(Keyspace.GRANTS, key, key.length, key, key.length);
      batch.send();
      YieldPoint.listen(
          new AtPoint(
              "clocks seen",
              () -> {
                if (!isPaused.getAndSet(true)) {
                  pause(true);
                  inDoubt.countDown();
                }
              }));
      assertThat(inDoubt.await(60, TimeUnit.SECONDS)).isTrue();
      while (database.isWhole()) {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
      pause(false);

      assertThatThrownBy(batch::commit)
          .isInstanceOf(GrantStoreException.class)
          .hasMessageContaining("sign of life got no answer");
      assertThat(database.live().get(Keyspace.GRANTS, key, key.length, new RowBytes())).isFalse();
      batch.close();
      database.close();
    }
  }

  /**
   * Also one that was begun by somebody who was cut off: the master knows of it, no server does.
   */
  @Test
  void aFenceWaitsUntilTheServersHaveIt(TestInfo test) throws Exception {
    made(test);
    String masters = SERVERS.cluster().masters();
    int epoch = 7;
    try (Cluster patient = Cluster.of(masters, 60_000);
        Cluster cluster = Cluster.of(masters, 4_000)) {
      StoreTable before = StoreTable.find(patient, name(test)).orElseThrow();
      StoreTable table = StoreTable.find(cluster, name(test)).orElseThrow();
      pause(true);
      assertThatThrownBy(() -> table.fence(epoch)).isInstanceOf(KuduException.class);
      assertThatThrownBy(() -> table.fence(epoch))
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT))
          .hasMessageContaining("not all servers know yet");
      pause(false);

      assertThat(before.fence(epoch).epoch()).isEqualTo(epoch);
      assertThatThrownBy(() -> put(before, StoreTable.SYSTEM, 4, K, 1, K))
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LOCKED));
    }
  }

  /** Its range stays for those who read at an earlier time. */
  @Test
  void whatADropLeavesIsNotTakenForDamage(TestInfo test) {
    try (GrantStore store = GrantStores.open(address(test), OPTIONS)) {
      for (String sync : List.of("a", "b", "c")) {
        store.startSync(sync, "full", Instant.EPOCH);
        store.put(sync, grant("g", 10));
      }
      try (GrantSnapshot snapshot = store.snapshot()) {
        store.drop("a");
        store.drop("c");
        assertThat(store.verify().findings()).isEmpty();
        assertThat(
                snapshot.holds(
                    "a", new PrincipalRef("user", "u"), new EntitlementRef("app", "a", "e")))
            .isTrue();
      }
    }
  }

  @Test
  void oldRowsAreReadTogether(TestInfo test) {
    AtomicInteger together = new AtomicInteger();
    try (GrantStore store = GrantStores.open(address(test), OPTIONS)) {
      store.startSync(SYNC, "full", Instant.EPOCH);
      // Some of them more than is read ahead at a time.
      List<Grant> grants = new ArrayList<>();
      for (int i = 0; i < 130; i++) {
        grants.add(grant("g" + i, i < 70 ? 300_000 : 10));
      }
      store.putAll(SYNC, grants);
      YieldPoint.listen(new AtPoint("rows read ahead", together::incrementAndGet));
      List<Grant> others = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        others.add(grant("g" + i, 20));
      }
      store.putAll(SYNC, others);
      YieldPoint.listen(null);

      assertThat(together).hasValue(4);
      assertThat(digest(store)).isEqualTo(sum(others));
      assertThat(store.verify().isClean()).isTrue();
      store.deleteAll(SYNC, others.stream().map(Grant::id).toList());
      assertThat(digest(store)).isEqualTo(ContentDigest.EMPTY);
      assertThat(store.seal(SYNC, Instant.EPOCH).digest()).contains(ContentDigest.EMPTY);
    }
  }

  @Test
  void oldRowsOfWhatHasEndedAreReadTogether(TestInfo test) {
    AtomicInteger together = new AtomicInteger();
    try (GrantStore store = GrantStores.open(address(test), OPTIONS)) {
      store.startSync(SYNC, "full", Instant.EPOCH);
      List<Grant> grants = new ArrayList<>();
      for (int i = 0; i < 130; i++) {
        grants.add(grant("g" + i, 10, Optional.of(Instant.EPOCH)));
      }
      store.putAll(SYNC, grants);
      store.put(SYNC, grant("h", 10));
      YieldPoint.listen(new AtPoint("rows read ahead", together::incrementAndGet));

      assertThat(store.expire(SYNC, Instant.EPOCH)).isEqualTo(130);
      assertThat(together).hasValue(3);
      assertThat(list(store)).containsExactly(grant("h", 10));
    }
  }

  /** Whatever the table still knows of it. */
  @Test
  void aSnapshotPastItsAgeIsAnErrorAndNeverOtherRows(TestInfo test) {
    StoreOptions brief =
        OPTIONS.withEngineOption("history_seconds", "7").withEngineOption("timeout_millis", "5000");
    try (GrantStore store = GrantStores.open(address(test), brief)) {
      store.startSync(SYNC, "full", Instant.EPOCH);
      List<Grant> grants = List.of(grant("a", 10), grant("b", 100_000), grant("c", 10));
      store.putAll(SYNC, grants);
      try (GrantSnapshot snapshot = store.snapshot()) {
        store.deleteAll(SYNC, List.of("a", "b"));
        store.put(SYNC, grant("c", 20));
        int read = 0;
        GrantStoreException error = null;
        long start = System.nanoTime();
        while (error == null && System.nanoTime() - start < Duration.ofMinutes(2).toNanos()) {
          try {
            assertThat(list(snapshot)).isEqualTo(grants);
            read++;
          } catch (GrantStoreException e) {
            error = e;
          }
        }
        assertThat(read).isPositive();
        assertThat(error)
            .isNotNull()
            .extracting(GrantStoreException::reason)
            .isEqualTo(Reason.TIMEOUT);
        assertThatThrownBy(() -> list(snapshot)).isInstanceOf(GrantStoreException.class);
        assertThat(list(store)).containsExactly(grant("c", 20));
      }
    }
  }

  private static void assertDataLoss(ThrowingCallable call, String said) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DATA_LOSS))
        .hasMessageContaining(said);
  }

  /** Puts the first part of a row, past all that checks it. */
  private static void put(StoreTable table, int s, int keyspace, byte[] k, int parts, byte[] value)
      throws Exception {
    try (Sender sender = new Sender(table, 0)) {
      sender.putPart(s, keyspace, k, 0, parts, value);
      sender.flush();
    }
  }

  /** Shows all rows, as a writer that closes the store. */
  private static void show(StoreTable table) throws Exception {
    int epoch = Control.read(table).lastKey();
    long timestamp = table.cluster().afterAllSeen();
    Control.write(
        table, epoch, new ControlRow(ControlRow.State.CLOSED, timestamp, timestamp - 1, 0));
  }

  private static void delete(StoreTable table, int s, int keyspace, byte[] k) throws Exception {
    try (Sender sender = new Sender(table, 0)) {
      sender.delete(s, keyspace, k);
      sender.flush();
    }
  }

  private static void pause(boolean paused) {
    try {
      SERVERS.cluster().pause(0, paused);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return the address of a store with a sync and a grant} */
  private static String made(TestInfo test) {
    String address = address(test);
    try (GrantStore store = GrantStores.open(address, OPTIONS)) {
      store.startSync(SYNC, "full", Instant.EPOCH);
      store.put(SYNC, grant("g", 10));
    }
    return address;
  }

  private static String address(TestInfo test) {
    return SERVERS.cluster().address(name(test));
  }

  private static StoreAddress place(TestInfo test) {
    return new StoreAddress(SERVERS.cluster().masters(), name(test));
  }

  private static String name(TestInfo test) {
    return test.getTestMethod().orElseThrow().getName();
  }

  private static List<Grant> list(GrantReader reader) {
    return reader.page(new GrantQuery.Scan(SYNC), 1_000, PageToken.START).grants();
  }

  private static ContentDigest digest(GrantReader reader) {
    return sum(list(reader));
  }

  private static ContentDigest sum(List<Grant> grants) {
    DigestAccumulator sum = new DigestAccumulator();
    grants.forEach(sum::add);
    return sum.digest();
  }

  private static Grant grant(String id, int bytes) {
    return grant(id, bytes, Optional.empty());
  }

  private static Grant grant(String id, int bytes, Optional<Instant> expiresAt) {
    byte[] text = "x".repeat(bytes).getBytes(StandardCharsets.US_ASCII);
    return new Grant(
        id,
        new EntitlementRef("app", "a", "e"),
        new PrincipalRef("user", "u"),
        Instant.EPOCH,
        false,
        Optional.empty(),
        List.of(),
        List.of(new Annotation("t", Bytes.copyOf(text))),
        expiresAt);
  }
}
