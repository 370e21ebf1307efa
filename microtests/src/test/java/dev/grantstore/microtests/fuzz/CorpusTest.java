package dev.grantstore.microtests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads every input that was kept: seeds, and what a fuzzer once found. */
final class CorpusTest {
  private static final Path CORPUS = Path.of("src", "test", "resources", "fuzz");

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void inputsAreTakenForWhatTheySayOrRefusedInWords(Target target) throws Exception {
    Parser parser = target.parser(folder);
    Set<Boolean> answers = new HashSet<>();
    for (Path input : inputs(target)) {
      try {
        answers.add(parser.takes(Files.readAllBytes(input)));
      } catch (Exception | Error e) {
        throw new AssertionError(input.toString(), e);
      }
    }
    assertThat(answers).as("some inputs are taken, and some refused").hasSize(2);
  }

  private static List<Path> inputs(Target target) throws IOException {
    try (Stream<Path> files = Files.list(CORPUS.resolve(target.folder()))) {
      return files.sorted().toList();
    }
  }
}
