package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.grantstore.CheckpointFiles;
import dev.grantstore.Durability;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A checkpoint on a disk of its own, with room or without. Needs to be root on Linux. */
final class CheckpointDiskTest {
  private static final int MANY = 6_000;

  @TempDir Path folder;

  private boolean mounted;

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(run("umount", disk().toString())).as("unmounted").isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void aFullDiskFailsItAndLeavesNothingOfIt(String engine) throws Exception {
    mount("128k");
    Path copy = disk().resolve("copy");
    try (GrantStore store = filled(engine)) {
      List<String> before = CheckpointTest.answers(store);
      assertThatThrownBy(() -> store.checkpoint(copy, CheckpointFiles.COPIED))
          .isInstanceOfSatisfying(
              GrantStoreException.class,
              e -> assertThat(e.reason()).as("%s", e).isEqualTo(Reason.NO_SPACE));
      assertThat(disk()).isEmptyDirectory();
      assertThat(CheckpointTest.leftovers(folder)).isEmpty();
      assertThat(CheckpointTest.answers(store)).isEqualTo(before);
      store.putAll("open", CheckpointTest.grants(MANY, MANY + 1));
      store.checkpoint(folder.resolve("copy"), CheckpointFiles.COPIED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void aStoreThatIsOpenForReadingIsCopiedToAnotherDisk(String engine) throws Exception {
    mount("64m");
    Path copy = disk().resolve("copy");
    List<String> before;
    try (GrantStore store = filled(engine)) {
      before = CheckpointTest.answers(store);
    }
    try (GrantStore store = open(engine, folder.resolve("store"), OpenMode.READ_ONLY)) {
      store.checkpoint(copy, CheckpointFiles.COPIED);
    }
    try (GrantStore copied = open(engine, copy, OpenMode.OPEN)) {
      assertThat(CheckpointTest.answers(copied)).isEqualTo(before);
      assertThat(copied.verify().findings()).isEmpty();
      copied.drop("sealed");
    }
    try (GrantStore store = open(engine, folder.resolve("store"), OpenMode.OPEN)) {
      assertThat(CheckpointTest.answers(store)).isEqualTo(before);
    }
  }

  private GrantStore filled(String engine) {
    GrantStore store =
        CheckpointTest.fill(folder.resolve("store"), engine, OpenMode.CREATE, Durability.BULK);
    store.putAll("open", CheckpointTest.grants(0, MANY));
    return store;
  }

  private static GrantStore open(String engine, Path place, OpenMode mode) {
    return GrantStores.open(engine + ":" + place, StoreOptions.of(mode));
  }

  private Path disk() {
    return folder.resolve("disk");
  }

  private void mount(String sizeBytes) throws Exception {
    Files.createDirectory(disk());
    mounted = run("mount", "-t", "tmpfs", "-o", "size=" + sizeBytes, "none", disk().toString());
    assumeTrue(mounted, "SKIPPED: a small disk cannot be mounted here");
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
