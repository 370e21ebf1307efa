package dev.grantstore.equivalence.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KillsTest {
  @TempDir private Path folder;

  /**
   * Digests of a sealed sync may be there, by their whole name; nothing that was to become them.
   */
  @Test
  void whatIsOfNoUseIsLeftOver() throws IOException {
    Kills kills = new Kills("mvstore", Files.createDirectory(folder.resolve("scratch")));
    Verdict otherwise = new Verdict(Verdict.Kind.TAIL, 7, "as it was");
    Path store = Files.createDirectory(folder.resolve("store"));
    for (String name : List.of("FORMAT", "WATERMARK", "LOCK", "digests-0", "digests-17")) {
      Files.createFile(store.resolve(name));
      assertThat(kills.leftOver(store, otherwise)).isEqualTo(otherwise);
    }
    for (String name :
        List.of(
            "digests-17.next", "digests-", "digests-1x", "a-digests-1", "bulk-3", "WATERMARK.")) {
      Path left = Files.createFile(store.resolve(name));
      assertThat(kills.leftOver(store, otherwise))
          .isEqualTo(
              new Verdict(
                  Verdict.Kind.RAW, 7, "left over after opening and closing: [" + name + "]"));
      Files.delete(left);
    }
  }
}
