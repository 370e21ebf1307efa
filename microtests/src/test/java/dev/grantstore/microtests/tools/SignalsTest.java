package dev.grantstore.microtests.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ctrl-C and SIGTERM at several moments of commands that would go on for hours: they end, with the
 * signal's exit code, leave nothing, and claim nothing. How soon is not measured here; the frame
 * gives the work 1.2 s.
 */
final class SignalsTest {
  private static final List<String> LEFT = List.of("cache", "err.txt", "f", "out.txt", "scratch");

  @TempDir private Path folder;

  @BeforeEach
  void makeFixture() throws IOException {
    String path = folder.resolve("f").toString();
    assertThat(Tools.run("fixture-gen", "create", "--out", path, "--grants", "2k").code()).isZero();
    Files.createDirectory(folder.resolve("scratch"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INT|700|fixture-gen create --out o --grants 10g --memory 16MiB",
        "TERM|700|equiv run --for 8h --engine lmdb,mvstore --scratch scratch --output found",
        "INT|4000|storage-bench run --fixture f --forks 3 --bench G2 --duration 1h --scratch scratch",
      })
  void commandsEndAndLeaveNothing(String signal, long afterMillis, String line)
      throws IOException, InterruptedException {
    assumeFalse(
        signal.equals("INT") && isInterruptIgnored(),
        "NOT TESTED: Ctrl-C, which whoever started this build has it ignore");
    Process run = Tools.start(folder, "", line.split(" "));
    try {
      assertThat(run.waitFor(afterMillis, TimeUnit.MILLISECONDS)).as(said()).isFalse();
      signal(run, signal);
      assertThat(run.waitFor(3, TimeUnit.MINUTES)).as("has ended").isTrue();
    } finally {
      run.descendants().forEach(ProcessHandle::destroyForcibly);
      run.destroyForcibly();
    }
    assertThat(run.exitValue()).as(said()).isEqualTo(signal.equals("INT") ? 130 : 143);
    assertThat(names(folder)).isSubsetOf(LEFT);
    assertThat(names(folder.resolve("scratch"))).isEmpty();
    List<String> lines = Files.readAllLines(folder.resolve("out.txt"));
    assertThat(lines).doesNotContain("equal");
    if (line.startsWith("equiv mutants") && !lines.isEmpty()) {
      assertThat(lines.get(lines.size() - 1)).startsWith("interrupted: ");
    }
  }

  /** As a shell has its jobs in the background do; those that they start inherit it. */
  private static boolean isInterruptIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
        .anyMatch(ignored -> (ignored & 2) != 0);
  }

  @Tag("deep")
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TERM|3000|fixture-gen create --out o --grants 10g --mode put --engine sqlite",
        "INT|3000|fixture-gen create --out o --grants 10g --mode put --engine mvstore",
        "INT|3000|equiv run --for 8h --scratch scratch --output found",
        "INT|3000|equiv mutants --scratch scratch",
        "INT|3000|equiv card --engine rocksdb --tries 100000 --depth 4 --output cache",
        "TERM|4000|storage-bench run --fixture f --forks 0 --bench G1 --duration 1h --scratch scratch",
      })
  void moreCommandsEndAndLeaveNothing(String signal, long afterMillis, String line)
      throws IOException, InterruptedException {
    commandsEndAndLeaveNothing(signal, afterMillis, line);
  }

  private static void signal(Process run, String name) throws IOException, InterruptedException {
    new ProcessBuilder("sh", "-c", String.format(Locale.ROOT, "kill -%s %d", name, run.pid()))
        .start()
        .waitFor();
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("err.txt"));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }
}
