package dev.grantstore.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.grantstore.GrantStore;
import dev.grantstore.OpenMode;
import dev.grantstore.keyvalue.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A full disk fails the write, and nothing else. Needs to be root on Linux, to mount one. */
final class FullDiskTest {
  private static final String DISK_BYTES = "6m";
  private static final int BATCH_ROWS = 100;

  @TempDir Path folder;

  private Path disk;
  private Path store;
  private boolean mounted;

  @BeforeEach
  void mountSmallDisk() throws Exception {
    disk = folder.resolve("disk");
    Files.createDirectory(disk);
    mounted = run("mount", "-t", "tmpfs", "-o", "size=" + DISK_BYTES, "none", disk.toString());
    assumeTrue(mounted, "SKIPPED: a small disk cannot be mounted here");
    store = disk.resolve("store");
    Misuse.filledStore(store).close();
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(run("umount", disk.toString())).as("unmounted").isTrue();
    }
  }

  /** With the smaller buffer it is a file that has no room, with the larger one the log. */
  @ParameterizedTest
  @ValueSource(ints = {64 << 10, 64 << 20})
  void aFullDiskFailsThePutAndKeepsWhatWasAcknowledged(int writeBufferBytes) throws Exception {
    List<String> lines = write(writeBufferBytes, 1_000_000);

    assertThat(lines).contains(FullDiskChild.REASON + "NO_SPACE");
    long batches = lines.stream().filter(l -> l.startsWith(FullDiskChild.ACK)).count();
    assertThat(batches).isGreaterThan(10);
    Path copy = copyElsewhere();
    try (GrantStore reopened = Misuse.open(copy, OpenMode.OPEN)) {
      Misuse.readAll(reopened);
      int rows = (int) batches * BATCH_ROWS;
      List<String> ids =
          IntStream.range(0, rows).mapToObj(i -> SampleGrants.grant(i, 0).id()).toList();
      assertThat(reopened.getAll(Misuse.OPEN, ids)).allMatch(found -> found.isPresent());
    }
    StoredRows.assertConsistent(copy);
  }

  static IntStream loads() {
    return Boolean.getBoolean("tests.deep")
        ? IntStream.of(2_500, 5_000, 100_000)
        : IntStream.of(5_000);
  }

  /** It is full while grants are sorted, while files are written, or later, or not at all. */
  @ParameterizedTest
  @MethodSource("loads")
  void aFullDiskFailsTheLoadAndLeavesNothingOfIt(int grants) throws Exception {
    List<String> lines = write(64 << 20, -grants);

    boolean isLoaded = lines.contains(FullDiskChild.DONE);
    assertThat(isLoaded || lines.contains(FullDiskChild.REASON + "NO_SPACE")).isTrue();
    // In the same place: what the load left is gone, or there would be no room.
    try (GrantStore reopened = Misuse.open(store, OpenMode.OPEN)) {
      Misuse.readAll(reopened);
      assertThat(reopened.sync("loaded").isPresent()).isEqualTo(isLoaded);
      reopened.put(Misuse.OPEN, SampleGrants.grant(1, 1));
    }
    try (Stream<Path> files = Files.list(store)) {
      assertThat(files).noneMatch(f -> f.getFileName().toString().startsWith("bulk-"));
    }
    StoredRows.assertConsistent(store);
  }

  private List<String> write(int writeBufferBytes, int grants) throws Exception {
    try (ChildJvm child =
        ChildJvm.start(
            folder,
            List.of(),
            FullDiskChild.class,
            store.toString(),
            Integer.toString(writeBufferBytes),
            Integer.toString(grants),
            Integer.toString(BATCH_ROWS))) {
      int exitCode = child.awaitExit();

      assertThat(child.crashSigns()).isEmpty();
      assertThat(child.lines())
          .as(child.output())
          .contains(FullDiskChild.READABLE, FullDiskChild.CLOSED);
      assertThat(exitCode).as(child.output()).isZero();
      return child.lines();
    }
  }

  private Path copyElsewhere() throws IOException {
    Path copy = folder.resolve("copy");
    try (Stream<Path> files = Files.walk(store)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(store.relativize(file)));
      }
    }
    return copy;
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
