package dev.grantstore.mvstore;

import static dev.grantstore.mvstore.Samples.SYNC;
import static dev.grantstore.mvstore.Samples.count;
import static dev.grantstore.mvstore.Samples.grants;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full disk fails the write, and nothing else. Needs to be root on Linux, to mount one. */
final class FullDiskTest {
  @TempDir Path folder;

  private Path disk;
  private boolean mounted;

  @BeforeEach
  void mountSmallDisk() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    mounted = run("mount", "-t", "tmpfs", "-o", "size=2m", "none", disk.toString());
    assumeTrue(mounted, "SKIPPED: a small disk cannot be mounted here");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(run("umount", disk.toString())).as("unmounted").isTrue();
    }
  }

  @Test
  void aFullDiskFailsThePutAndKeepsWhatWasAcknowledged() throws IOException {
    Path location = disk.resolve("store");
    StoreOptions options = StoreOptions.of(OpenMode.CREATE).withCacheBytes(0);
    int rows = 0;
    try (GrantStore store = Samples.open(location, options)) {
      store.startSync(SYNC, "full", Samples.NOW);
      GrantStoreException refused = null;
      while (refused == null) {
        refused = put(store, rows);
        rows += refused == null ? 100 : 0;
      }
      assertThat(refused.reason()).isEqualTo(Reason.NO_SPACE);
      assertThat(rows).isPositive();
      // Reads go on, writes do not.
      assertThat(count(store)).isEqualTo(rows);
      assertThatThrownBy(() -> store.deleteAll(SYNC, java.util.List.of("g1")))
          .isInstanceOf(GrantStoreException.class)
          .hasMessageContaining("reopen");
    }
    try (GrantStore store = Samples.open(location, OpenMode.READ_ONLY)) {
      assertThat(count(store)).isEqualTo(rows);
    }
  }

  @Test
  void aFullDiskFailsTheLoadAndLeavesNothingOfIt() {
    Path location = disk.resolve("store");
    try (GrantStore store = Samples.open(location, OpenMode.CREATE)) {
      BulkLoad load = store.bulkLoad(SYNC, "full", Samples.NOW, BulkLoadOptions.defaults());
      try (BulkPart part = load.openPart()) {
        grants(0, 60_000).forEach(part::add);
      }
      assertThatThrownBy(() -> load.commit(Samples.NOW))
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_SPACE));
      assertThat(store.syncs()).isEmpty();
    }
    try (GrantStore store = Samples.open(location, OpenMode.OPEN)) {
      assertThat(store.syncs()).isEmpty();
      Samples.fill(store, 100);
      assertThat(count(store)).isEqualTo(100);
    }
  }

  private static @org.jspecify.annotations.Nullable GrantStoreException put(
      GrantStore store, int from) {
    try {
      store.putAll(SYNC, grants(from, 100));
      return null;
    } catch (GrantStoreException e) {
      return e;
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
