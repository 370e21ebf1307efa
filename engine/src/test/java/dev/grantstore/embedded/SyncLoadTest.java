package dev.grantstore.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.BulkLoadOptions;
import dev.grantstore.ContentDigest;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.SyncRow;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SyncLoadTest {
  private static final SyncRun RUN = SyncRun.open("s", "full", Instant.EPOCH);

  @TempDir Path store;

  @Test
  void whatFailsAfterTheSyncIsThereDoesNotFailTheCommit() {
    try (SyncLoad load =
        SyncLoad.begin(
            RUN,
            BulkLoadOptions.defaults(),
            new OperationGate("store"),
            new Unruly(),
            store,
            new Children())) {
      assertThat(load.commit(Instant.EPOCH).state()).isEqualTo(SyncRun.State.SEALED);
    }
  }

  /** Takes the sync in, and then fails to end the reservation. */
  private static final class Unruly implements LoadTarget {
    @Override
    public SyncRow reserve(SyncRun run) {
      return new SyncRow(0, run, ContentDigest.EMPTY, true);
    }

    @Override
    public void unreserve(String syncId) {
      throw new IllegalStateException("unreserve failed");
    }

    @Override
    public SyncRun takeIn(SortedSync sync, Instant endedAt) {
      return sync.row().run().sealed(endedAt, sync.content());
    }
  }
}
