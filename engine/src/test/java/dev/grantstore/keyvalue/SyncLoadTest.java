package dev.grantstore.keyvalue;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.ContentDigest;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.PrincipalRef;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.folder.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SyncLoadTest {
  private static final SyncRun RUN = SyncRun.open("s", "full", Instant.EPOCH);

  @TempDir Path store;

  @Test
  void whatFailsAfterTheSyncIsThereDoesNotFailTheCommit() throws IOException {
    Unruly target = new Unruly();
    Path inner = Files.createDirectory(store.resolve("inner"));
    try (SyncLoad load = load(target, inner)) {
      assertThat(load.commit(Instant.EPOCH).state()).isEqualTo(SyncRun.State.SEALED);
    }
    assertThat(inner).as("where the load's files cannot be removed").isRegularFile();
    assertThat(target.unreserved)
        .as("whether a reservation was ended that may be another load's by now")
        .isFalse();
  }

  /** Else two that end at once might be counted as one. */
  @Test
  void aPartThatIsClosedWaitsForWhoeverChangesTheLoad() throws Exception {
    try (SyncLoad load = load(new Unruly(), Files.createDirectory(store.resolve("inner")))) {
      BulkPart part = load.openPart();
      part.add(grant("g"));
      Thread closer = new Thread(part::close);
      synchronized (load) {
        closer.start();
        while (closer.getState() != Thread.State.BLOCKED
            && closer.getState() != Thread.State.TERMINATED) {
          Thread.sleep(1);
        }
        assertThat(closer.getState()).isEqualTo(Thread.State.BLOCKED);
      }
      closer.join();
      assertThat(load.commit(Instant.EPOCH).digest().orElseThrow().count()).isEqualTo(1);
    }
  }

  private static Grant grant(String id) {
    return Grant.of(id, new EntitlementRef("", "", "e"), new PrincipalRef("", "p"), Instant.EPOCH);
  }

  private static SyncLoad load(LoadTarget target, Path folder) {
    return SyncLoad.begin(
        RUN,
        BulkLoadOptions.defaults(),
        new OperationGate("store"),
        target,
        folder,
        new Children());
  }

  /** Takes the sync in, and puts a file in the place of the store's folder. */
  private static final class Unruly implements LoadTarget {
    private boolean unreserved;

    @Override
    public SyncRow reserve(SyncRun run) {
      return new SyncRow(0, run, ContentDigest.EMPTY, true);
    }

    @Override
    public void unreserve(String syncId) {
      unreserved = true;
    }

    @Override
    public SyncRun takeIn(SortedSync sync, Instant endedAt) throws IOException {
      Path inner = requireNonNull(sync.folder().toAbsolutePath().getParent());
      FolderTree.delete(inner);
      Files.createFile(inner);
      return sync.row().run().sealed(endedAt, sync.content());
    }
  }
}
