package dev.grantstore.equivalence.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class FastFoldersTest {
  private static final Path MEMORY = Path.of("/dev/shm");

  /** F18: also of {@code equiv card}. */
  @Test
  void whatAKilledSuiteLeftInMemoryIsClearedByTheNext() throws IOException {
    assumeTrue(Files.isWritable(MEMORY), "no folder in memory here");
    Path left = Files.createTempDirectory(MEMORY, "grantstore-equiv-");
    Files.writeString(
        left.resolve("owner.lock"),
        "made by a process of grantstore; whoever finds it unlocked may remove the folder\n");
    Path made;
    try (FastFolders folders = new FastFolders()) {
      made = folders.createTempDirectory(MEMORY);
      assertThat(made).isEmptyDirectory();
      assertThat(left).doesNotExist();
    }
    assertThat(made.resolve("../..").normalize()).doesNotExist();
  }
}
