package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.ContentDigest;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.PrincipalRef;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.SyncRow;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What two threads do to one part: the second is refused, and the load is not committed. */
final class SyncLoadPartTest {
  private static final SyncRun RUN = SyncRun.open("s", "full", Instant.EPOCH);
  private static final Grant GRANT =
      Grant.of(
          "g1",
          new EntitlementRef("app", "app-1", "member"),
          new PrincipalRef("user", "u1"),
          Instant.EPOCH);

  @TempDir Path store;

  private SyncLoad load;
  private RunCollector collector;
  private SyncLoadPart part;

  @BeforeEach
  void openPart() {
    load =
        SyncLoad.begin(
            RUN,
            BulkLoadOptions.defaults(),
            new OperationGate("store"),
            new Target(),
            store,
            new Children());
    collector = new RunCollector(store, BulkLoadOptions.defaults(), Runnable::run);
    part = new SyncLoadPart(load, collector, 0, 0);
  }

  @AfterEach
  void closeLoad() {
    load.close();
  }

  /** F7. */
  @Test
  void aSecondThreadInAPartIsRefusedAndSpoilsTheLoad() throws Exception {
    Thread first = new Thread(() -> part.add(GRANT));
    RunCollector held = collector;
    synchronized (held) {
      startUntilBlocked(first);
      assertThatThrownBy(() -> part.add(GRANT))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("two threads");
    }
    first.join();
    assertThatThrownBy(() -> part.add(GRANT)).isInstanceOf(IllegalStateException.class);
    part.close();
    // Nor does a part that is whole make up for it.
    try (BulkPart other = load.openPart()) {
      other.add(GRANT);
    }

    assertThatThrownBy(() -> load.commit(Instant.EPOCH))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("part failed");
  }

  @Test
  void closingAPartThatAnotherThreadFillsIsRefusedAndSpoilsTheLoad() throws Exception {
    Thread first = new Thread(() -> part.add(GRANT));
    RunCollector held = collector;
    synchronized (held) {
      startUntilBlocked(first);
      assertThatThrownBy(part::close)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("two threads");
    }
    first.join();
    part.close();

    assertThatThrownBy(() -> load.commit(Instant.EPOCH))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("part failed");
  }

  /** The thread waits for the collector's monitor, which the caller holds. */
  private static void startUntilBlocked(Thread thread) {
    thread.start();
    while (thread.getState() != Thread.State.BLOCKED) {
      assertThat(thread.isAlive()).isTrue();
      Thread.onSpinWait();
    }
  }

  private static final class Target implements LoadTarget {
    @Override
    public SyncRow reserve(SyncRun run) {
      return new SyncRow(0, run, ContentDigest.EMPTY, true);
    }

    @Override
    public void unreserve(String syncId) {
      // Nothing was reserved.
    }

    @Override
    public SyncRun takeIn(SortedSync sync, Instant endedAt) {
      return sync.row().run().sealed(endedAt, sync.content());
    }
  }
}
