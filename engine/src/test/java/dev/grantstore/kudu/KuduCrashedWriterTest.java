package dev.grantstore.kudu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.keyvalue.ChildJvm;
import dev.grantstore.keyvalue.CrashPoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes die when the rows of a batch are there and the timestamp is not moved. {@code
 * -Dtests.kudu.kills=100} kills as many.
 */
@Tag("kudu")
final class KuduCrashedWriterTest {
  @RegisterExtension static final KuduServers SERVERS = new KuduServers(1);

  private static final int KILLS = Integer.getInteger("tests.kudu.kills", 2);
  private static final StoreOptions OPTIONS =
      StoreOptions.of(OpenMode.OPEN_OR_CREATE).withEngineOption("lease_millis", "1000");

  @Test
  void whatIsLeftIsWhatWasAcknowledged(@TempDir Path folder) throws Exception {
    SplittableRandom random = new SplittableRandom(20_261_203);
    String address = SERVERS.cluster().address("crashed");
    for (int kill = 0; kill < KILLS; kill++) {
      try (GrantStore store = reopened(address)) {
        store.syncs().forEach(sync -> store.drop(sync.id()));
        GrantBatches.startSyncs(store);
      }
      // Of each batch there is one point before the timestamp is moved, and one after.
      int whole = random.nextInt(4);
      int dieAt = 2 * whole + 1;
      try (ChildJvm child =
          ChildJvm.start(
              folder,
              List.of("-D" + CrashPoint.PROPERTY + "=" + dieAt),
              KuduWriterChild.class,
              address,
              Integer.toString(kill))) {
        assertThat(child.awaitExit()).as(child.output()).isEqualTo(128 + 9);
        assertThat(child.lines().stream().filter(KuduWriterChild.ACK::equals)).hasSize(whole);
      }
      GrantBatches batches = new GrantBatches(kill);
      for (int i = 0; i < whole; i++) {
        batches.take(batches.next());
      }
      try (GrantStore store = reopened(address)) {
        batches.assertAllThere(store);
        assertThat(batches.takeIfThere(store, batches.next())).isFalse();
        assertThat(store.verify().isClean()).as("%s", store.verify()).isTrue();
      }
    }
  }

  /** Waits for the end of the child's lease. */
  private static GrantStore reopened(String address) {
    while (true) {
      try {
        return GrantStores.open(address, OPTIONS);
      } catch (GrantStoreException e) {
        assertThat(e.reason()).isEqualTo(Reason.LOCKED);
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
    }
  }
}
