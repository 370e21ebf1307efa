package dev.grantstore.equivalence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PrincipalRef;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.kudu.LocalCluster;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers of three replicas are killed and paused while somebody writes. */
@Tag("kudu")
final class KuduFailoverTest {
  @RegisterExtension static final KuduServers SERVERS = new KuduServers(3);

  private static final String SYNC = "s";
  private static final int BATCH = 50;
  private static final int KILLS = Integer.getInteger("tests.kudu.kills", 3);
  private static final StoreOptions OPTIONS =
      StoreOptions.of(OpenMode.OPEN_OR_CREATE).withEngineOption("lease_millis", "1000");

  /** Each server is killed in turn, so each leader is; what was acknowledged is there after all. */
  @Test
  void nothingAcknowledgedIsLostWhenServersAreKilled() throws IOException {
    LocalCluster cluster = SERVERS.cluster();
    String address = cluster.address("killed");
    DigestAccumulator acknowledged = new DigestAccumulator();
    int written = 0;
    try (GrantStore store = GrantStores.open(address, OPTIONS)) {
      store.startSync(SYNC, "full", Instant.EPOCH);
      for (int kill = 0; kill < KILLS; kill++) {
        int server = kill % cluster.servers();
        for (int batch = 0; batch < 6; batch++) {
          if (batch == 2) {
            cluster.kill(server);
          }
          List<Grant> grants = grants(written, BATCH);
          store.putAll(SYNC, grants);
          grants.forEach(acknowledged::add);
          written += BATCH;
        }
        cluster.restart(server);
        awaitReplicas();
      }
      assertListsHave(store, acknowledged.digest());
    }
    for (int server = 0; server < cluster.servers(); server++) {
      cluster.kill(server);
    }
    for (int server = 0; server < cluster.servers(); server++) {
      cluster.restart(server);
    }
    try (GrantStore store = GrantStores.open(address, OPTIONS)) {
      assertListsHave(store, acknowledged.digest());
      assertThat(store.seal(SYNC, Instant.EPOCH).digest()).contains(acknowledged.digest());
      assertThat(store.verify().isClean()).isTrue();
    }
  }

  /** Without a majority a write ends with an error that says so, and never with an answer. */
  @Test
  void withoutAMajorityAWriteIsNotAcknowledged() throws IOException {
    LocalCluster cluster = SERVERS.cluster();
    String address = cluster.address("paused");
    List<Grant> first = grants(0, BATCH);
    DigestAccumulator there = new DigestAccumulator();
    first.forEach(there::add);
    GrantStore store =
        GrantStores.open(address, OPTIONS.withEngineOption("timeout_millis", "3000"));
    store.startSync(SYNC, "full", Instant.EPOCH);
    store.putAll(SYNC, first);
    cluster.pause(0, true);
    cluster.pause(1, true);
    try {
      assertThatThrownBy(() -> store.putAll(SYNC, grants(BATCH, BATCH)))
          .isInstanceOfSatisfying(
              GrantStoreException.class,
              e -> assertThat(e.reason()).isIn(Reason.TIMEOUT, Reason.IO));
    } finally {
      cluster.pause(0, false);
      cluster.pause(1, false);
    }
    store.close();
    try (GrantStore again = reopened(address)) {
      DigestAccumulator both = new DigestAccumulator();
      grants(0, 2 * BATCH).forEach(both::add);
      ContentDigest found = digest(again, new GrantQuery.Scan(SYNC));
      assertThat(found).isIn(there.digest(), both.digest());
      assertListsHave(again, found);
    }
  }

  private static GrantStore reopened(String address) {
    while (true) {
      try {
        return GrantStores.open(address, OPTIONS);
      } catch (GrantStoreException e) {
        assertThat(e.reason()).isEqualTo(Reason.LOCKED);
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      }
    }
  }

  /** A server that came back needs a moment to hear of what it missed, or no majority is left. */
  private static void awaitReplicas() {
    LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
  }

  private static void assertListsHave(GrantStore store, ContentDigest digest) {
    assertThat(digest(store, new GrantQuery.Scan(SYNC))).isEqualTo(digest);
    assertThat(digest(store, new GrantQuery.ScanByEntitlement(SYNC))).isEqualTo(digest);
    assertThat(digest(store, new GrantQuery.ByPrincipal(SYNC, new PrincipalRef("user", "u"))))
        .isEqualTo(digest);
  }

  private static ContentDigest digest(GrantStore store, GrantQuery query) {
    DigestAccumulator sum = new DigestAccumulator();
    try (GrantCursor cursor = store.cursor(query)) {
      while (cursor.next()) {
        sum.add(cursor.grant());
      }
    }
    return sum.digest();
  }

  private static List<Grant> grants(int from, int count) {
    List<Grant> grants = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      EntitlementRef entitlement = new EntitlementRef("app", "a", "e" + i % 7);
      grants.add(Grant.of("g" + i, entitlement, new PrincipalRef("user", "u"), Instant.EPOCH));
    }
    return grants;
  }
}
