package dev.grantstore.equivalence.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.equivalence.run.FolderSubject;
import dev.grantstore.equivalence.run.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What several threads were once answered wrongly is asked for ever, of every engine. */
final class ConcurrentReplaysTest {
  private static final Path REPLAYS = Path.of("src", "test", "resources", "concurrent");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> replays() throws IOException {
    try (Stream<Path> files = Files.list(REPLAYS)) {
      return files.sorted().toList().stream()
          .flatMap(
              file ->
                  Stream.of("rocksdb", "sqlite", "lmdb", "mvstore")
                      .map(
                          engine ->
                              DynamicTest.dynamicTest(
                                  engine + " " + file.getFileName(), () -> replay(engine, file))));
    }
  }

  /** By its schedule, which decides something else in another engine, and by every other one. */
  private void replay(String engine, Path file) throws IOException {
    ConcurrentReplay replay = ConcurrentReplay.parse(Files.readString(file));
    Path stores = Files.createTempDirectory(folder, engine);
    try (Subject subject = FolderSubject.of(engine, stores, Integer.MAX_VALUE);
        Trial trial = new Trial(replay.program(), subject)) {
      Trial.Outcome scheduled = trial.run(Steering.along(replay.schedule().orElse(Schedule.PLAIN)));
      assertThat(scheduled.isFound()).as(() -> Picture.of(scheduled)).isFalse();
      Exploration.Result all =
          new Exploration(1, 40, 0)
              .run(trial::run, replay.program().lanes().size(), 1, () -> false);
      assertThat(all.found().map(Picture::of)).isEmpty();
    }
  }
}
