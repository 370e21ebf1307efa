package dev.grantstore.kudu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Servers of three replicas are killed and paused while somebody writes. {@code
 * -Dtests.kudu.kills=20} kills as many leaders.
 */
@Tag("kudu")
final class KuduFailoverTest {
  @RegisterExtension static final KuduServers SERVERS = new KuduServers(3);

  private static final int KILLS = Integer.getInteger("tests.kudu.kills", 3);
  private static final long SEED = Long.getLong("tests.seed", 20_261_202);
  private static final StoreOptions OPTIONS =
      StoreOptions.of(OpenMode.OPEN_OR_CREATE).withEngineOption("lease_millis", "1000");
  private static final StoreOptions IMPATIENT = OPTIONS.withEngineOption("timeout_millis", "4000");

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final GrantBatches batches = new GrantBatches(SEED);
  private final LocalCluster cluster = SERVERS.cluster();
  private int acknowledged;
  private int doubtful;
  private int thereAfterAll;

  @Test
  @SuppressWarnings("SystemOut") // for the results' page
  void nothingAcknowledgedIsLostWhenLeadersAreKilled() throws Exception {
    GrantStore store = made("killed", OPTIONS);
    Replicas replicas = new Replicas(cluster, "killed");
    CompletableFuture<Void> killing = CompletableFuture.runAsync(() -> killLeaders(replicas));
    try {
      while (!killing.isDone()) {
        store = write(store, "killed", OPTIONS);
      }
    } finally {
      killing.join();
    }
    batches.assertAllThere(store);
    assertThat(store.verify().isClean()).isTrue();
    replicas.assertAlike();

    for (int server = 0; server < cluster.servers(); server++) {
      cluster.kill(server);
    }
    for (int server = 0; server < cluster.servers(); server++) {
      cluster.restart(server);
    }
    store = write(store, "killed", OPTIONS);
    batches.assertAllThere(store);

    // One that comes back when there is much that it has missed.
    cluster.kill(0);
    for (int i = 0; i < 20; i++) {
      store = write(store, "killed", OPTIONS);
    }
    cluster.restart(0);
    replicas.assertAlike();
    store.close();
    store = reopened("killed", OPTIONS);
    batches.assertAllThere(store);
    for (String sync : GrantBatches.SYNCS) {
      store.seal(sync, Instant.EPOCH);
    }
    assertThat(store.verify().isClean()).isTrue();
    store.close();
    System.out.printf(
        Locale.ROOT,
        "%d leaders killed, %d batches acknowledged, %d in doubt, %d of these there%n",
        KILLS,
        acknowledged,
        doubtful,
        thereAfterAll);
  }

  /** Whoever led does not know that another does, when it goes on. */
  @Test
  void aLeaderThatStoodStillChangesNothing() throws Exception {
    GrantStore store = made("stood", IMPATIENT);
    Replicas replicas = new Replicas(cluster, "stood");
    for (int pause = 0; pause < 2; pause++) {
      OptionalInt leader = replicas.leader(pause == 1);
      cluster.pause(leader.orElseThrow(), true);
      try {
        for (int i = 0; i < 10; i++) {
          store = write(store, "stood", IMPATIENT);
        }
      } finally {
        cluster.pause(leader.orElseThrow(), false);
      }
      for (int i = 0; i < 10; i++) {
        store = write(store, "stood", IMPATIENT);
      }
    }
    batches.assertAllThere(store);
    replicas.assertAlike();
    store.close();
  }

  /** Without a majority a write ends with an error that says so, and never with an answer. */
  @Test
  void withoutAMajorityAWriteIsNotAcknowledged() throws Exception {
    GrantStore store = made("paused", IMPATIENT);
    for (int i = 0; i < 5; i++) {
      store = write(store, "paused", IMPATIENT);
    }
    GrantBatches.Batch batch = batches.next();
    GrantStore paused = store;
    cluster.pause(0, true);
    cluster.pause(1, true);
    try {
      assertThatThrownBy(() -> batch.write(paused))
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT))
          .message()
          .satisfiesAnyOf(
              said -> assertThat(said).contains("it is not known whether"),
              said -> assertThat(said).contains("whether the write is there shows"),
              // An old row was not read, so nothing was written.
              said -> assertThat(said).contains("read failed"));
    } finally {
      cluster.pause(0, false);
      cluster.pause(1, false);
    }
    store.close();
    try (GrantStore again = reopened("paused", OPTIONS)) {
      batches.takeIfThere(again, batch);
      batches.assertAllThere(again);
    }
  }

  private GrantStore made(String name, StoreOptions options) {
    GrantStore store = GrantStores.open(cluster.address(name), options);
    GrantBatches.startSyncs(store);
    return store;
  }

  /** Writes a batch; the store is another one if it is not known whether the batch is there. */
  private GrantStore write(GrantStore store, String name, StoreOptions options) {
    GrantBatches.Batch batch = batches.next();
    try {
      batch.write(store);
      batches.take(batch);
      acknowledged++;
      return store;
    } catch (GrantStoreException e) {
      assertThat(e.reason()).as("%s", e).isIn(Reason.TIMEOUT, Reason.IO);
      doubtful++;
    }
    store.close();
    GrantStore next = reopened(name, options);
    thereAfterAll += batches.takeIfThere(next, batch) ? 1 : 0;
    return next;
  }

  private void killLeaders(Replicas replicas) {
    try {
      for (int kill = 0; kill < KILLS; kill++) {
        park(1_500);
        OptionalInt leader = replicas.leader(kill % 2 == 1);
        while (leader.isEmpty()) {
          park(100);
          leader = replicas.leader(kill % 2 == 1);
        }
        cluster.kill(leader.getAsInt());
        park(2_500);
        cluster.restart(leader.getAsInt());
        // For a moment, so that now and then two of three know what was written.
        park(2_500);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void park(int mostMillis) {
    LockSupport.parkNanos(Duration.ofMillis(random.nextInt(mostMillis / 10, mostMillis)).toNanos());
  }

  private GrantStore reopened(String name, StoreOptions options) {
    long start = System.nanoTime();
    while (true) {
      try {
        return GrantStores.open(cluster.address(name), options);
      } catch (GrantStoreException e) {
        assertThat(e.reason()).as("%s", e).isIn(Reason.LOCKED, Reason.TIMEOUT, Reason.IO);
        assertThat(System.nanoTime() - start).isLessThan(Duration.ofMinutes(3).toNanos());
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      }
    }
  }
}
