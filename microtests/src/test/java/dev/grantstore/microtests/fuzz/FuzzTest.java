package dev.grantstore.microtests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.tool.Durations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code -Dtests.fuzz=3m}: Jazzer changes the inputs of each target for so long, guided by what
 * they reach, in a process with little memory. What it learns stays in {@code target/fuzz/NAME},
 * and what it finds, with a log; a finding belongs into the corpus once it is understood.
 */
@EnabledIfSystemProperty(
    named = "tests.fuzz",
    matches = ".+",
    disabledReason = "runs each target for as long as told: -Dtests.fuzz=3m")
@Timeout(value = 7, unit = TimeUnit.DAYS)
final class FuzzTest {
  private static final Path CORPUS = Path.of("src", "test", "resources", "fuzz");
  private static final Path LEARNT = Path.of("target", "fuzz");

  /** For one input: many times what the slowest takes on a busy machine. */
  private static final Duration HANG = Duration.ofMinutes(10);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void nothingIsFound(Target target) throws IOException, InterruptedException {
    Duration time = Durations.parse(System.getProperty("tests.fuzz", ""));
    Path learnt = Files.createDirectories(LEARNT.resolve(target.folder())).toAbsolutePath();
    Path log = learnt.resolve("log.txt");
    Process fuzzer =
        new ProcessBuilder(command(target, learnt, time))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int code;
    try {
      code = fuzzer.waitFor();
    } finally {
      fuzzer.destroyForcibly();
    }
    assertThat(findings(learnt)).as("found, see %s", log).isEmpty();
    assertThat(code).as("exit code, see %s", log).isZero();
    assertThat(log).as("has run").content().contains("DONE");
  }

  private List<String> command(Target target, Path learnt, Duration time) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx600m", "-XX:+UseSerialGC", "-ea"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("com.code_intelligence.jazzer.Jazzer");
    command.add("--target_class=" + FuzzEntry.class.getName());
    command.add("--target_args=" + target.name() + " " + folder);
    command.add("--instrumentation_includes=dev.grantstore.**");
    command.add("--custom_hook_includes=dev.grantstore.**");
    command.add("--instrumentation_excludes=dev.grantstore.microtests.**");
    command.add("--custom_hook_excludes=dev.grantstore.microtests.**");
    // Statements are what one target makes databases of.
    command.add("--disabled_hooks=com.code_intelligence.jazzer.sanitizers.SqlInjection");
    command.add("--reproducer_path=" + learnt);
    command.add("-artifact_prefix=" + learnt + "/");
    command.add("-max_total_time=" + Math.max(1, time.toSeconds()));
    command.add("-timeout=" + HANG.toSeconds());
    // The JVM has its own bound.
    command.add("-rss_limit_mb=0");
    command.add(Files.createDirectories(learnt.resolve("corpus")).toString());
    command.add(CORPUS.resolve(target.folder()).toAbsolutePath().toString());
    return command;
  }

  private static List<Path> findings(Path learnt) throws IOException {
    try (Stream<Path> files = Files.list(learnt)) {
      return files
          .filter(file -> file.getFileName().toString().matches("(crash|timeout|oom|leak)-.*"))
          .toList();
    }
  }
}
