package dev.grantstore.equivalence.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpenFilesTest {
  /** Below the folder at any depth, and what only looks as if it were. */
  private static final List<String> BELOW = List.of("store/a", "store/in/b", "store/store/c");

  private static final List<String> BESIDE =
      List.of("a", "store-2/a", "store2", "stor/a", "other/store/a");

  @TempDir private Path temp;

  @Test
  void whatIsOpenBelowAFolderIsToldAndNothingBesideIt() throws IOException {
    assumeTrue(OpenFiles.isKnown());
    Path top = temp.toRealPath();
    Path folder = top.resolve("store");
    List<InputStream> open = new ArrayList<>();
    try {
      for (String name : BESIDE) {
        open.add(opened(top.resolve(name)));
      }
      assertThat(OpenFiles.below(folder)).isEmpty();
      for (String name : BELOW) {
        open.add(opened(top.resolve(name)));
      }
      assertThat(OpenFiles.below(folder))
          .containsExactlyInAnyOrderElementsOf(
              BELOW.stream().map(name -> top.resolve(name).toString()).toList());
    } finally {
      for (InputStream each : open) {
        each.close();
      }
    }
    assertThat(OpenFiles.below(folder)).isEmpty();
  }

  private static InputStream opened(Path file) throws IOException {
    Files.createDirectories(file.resolve("..").normalize());
    return Files.newInputStream(Files.createFile(file));
  }
}
