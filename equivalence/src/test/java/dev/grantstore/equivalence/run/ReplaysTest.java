package dev.grantstore.equivalence.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.replay.ReplayFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What was found once is run for ever: every file under resources/replays. */
final class ReplaysTest {
  private static final Path REPLAYS = Path.of("src", "test", "resources", "replays");

  @TempDir(factory = FastFolder.class)
  Path folder;

  @TestFactory
  Stream<DynamicTest> replays() throws IOException {
    try (Stream<Path> files = Files.list(REPLAYS)) {
      return files.filter(file -> file.toString().endsWith(".replay")).sorted().toList().stream()
          .map(
              file ->
                  DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> replay(file)));
    }
  }

  private void replay(Path file) throws IOException {
    ReplayFile replay = ReplayFile.parse(Files.readString(file));
    Path stores = Files.createDirectory(folder.resolve(String.valueOf(file.getFileName())));
    try (Subject rocks = RocksSubjects.at(stores, 1)) {
      // Twice: with the usual options and with tiny ones.
      Optional<Divergence> found =
          Equivalence.compare(
              replay.workload(),
              ForgetfulSubject.memory(),
              ForgetfulSubject.memory(),
              rocks,
              rocks);
      assertThat(found.map(Divergence::signature))
          .as(() -> found.map(d -> DivergenceReport.text(replay.workload(), d)).orElse("equal"))
          .isEqualTo(replay.signature());
    }
  }
}
