package dev.grantstore.equivalence.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.replay.ReplayFile;
import dev.grantstore.equivalence.workload.Settings;
import dev.grantstore.equivalence.workload.SettingsAxes;
import dev.grantstore.equivalence.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What was found once is run for ever: every file under resources/replays. */
final class ReplaysTest {
  private static final Path REPLAYS = Path.of("src", "test", "resources", "replays");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> replays() throws IOException {
    try (Stream<Path> files = Files.list(REPLAYS)) {
      return files.filter(file -> file.toString().endsWith(".replay")).sorted().toList().stream()
          .map(
              file ->
                  DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> replay(file)));
    }
  }

  /** {@return it as it is, and with every extreme of settings} */
  private static List<Workload> variants(Workload workload) {
    List<Workload> variants = new ArrayList<>(List.of(workload));
    for (Settings extreme : SettingsAxes.ALL.extremes()) {
      variants.add(workload.withSettings(workload.settings().stream().map(s -> extreme).toList()));
    }
    return variants;
  }

  private void replay(Path file) throws IOException {
    ReplayFile replay = ReplayFile.parse(Files.readString(file));
    Path stores = Files.createDirectory(folder.resolve(String.valueOf(file.getFileName())));
    try (Subject rocks = FolderSubject.of("rocksdb", stores, 1);
        Subject sqlite = FolderSubject.of("sqlite", stores, 1)) {
      for (Workload workload : variants(replay.workload())) {
        Optional<Divergence> found =
            Equivalence.compare(
                workload, ForgetfulSubject.memory(), ForgetfulSubject.memory(), rocks, sqlite);
        assertThat(found.map(Divergence::signature))
            .as(() -> found.map(d -> DivergenceReport.text(workload, d)).orElse("equal"))
            .isEqualTo(replay.signature());
      }
    }
  }
}
