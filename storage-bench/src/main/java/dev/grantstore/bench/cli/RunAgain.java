package dev.grantstore.bench.cli;

import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.folder.LockedFolder;
import dev.grantstore.tool.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Measures as {@code run} does: for the first time, or what an earlier run measured once more. */
final class RunAgain {
  /** Where the earlier run left things, which a file that we read is not to say. */
  private static final List<String> PLACES =
      List.of("--output", "--html", "--format", "--cache-dir");

  /** What a budget decided, and would decide otherwise where fixtures are there by now. */
  private static final List<String> LENGTH =
      List.of("--budget", "--forks", "--duration", "--warmup");

  private final Session session;
  private int code = ExitCode.OK;

  RunAgain(Session session) {
    this.session = session;
  }

  /**
   * {@return the result; empty if there is none, and then {@link #code} says why}
   *
   * @throws IllegalArgumentException if the earlier run was no {@code run}, or was resumed
   */
  Optional<RunResult> run(RunResult earlier) throws IOException {
    return run(earlier, List.of());
  }

  /**
   * {@return the result; empty if there is none, and then {@link #code} says why}
   *
   * @param benchmarks which of the earlier run's; empty for all
   * @throws IllegalArgumentException if the earlier run was no {@code run}, or was resumed
   */
  Optional<RunResult> run(RunResult earlier, Collection<String> benchmarks) throws IOException {
    List<String> command = earlier.command();
    if (command.isEmpty() || !command.get(0).equals("run") || command.contains("--resume")) {
      throw new IllegalArgumentException(
          "the baseline was not made by a 'run' that can be done again: " + command);
    }
    List<String> given = without(PLACES, command.subList(1, command.size()));
    List<String> arguments = without(List.of("--budget"), given);
    if (!arguments.equals(given)) {
      arguments = without(LENGTH, given);
      arguments.addAll(length(earlier));
    }
    if (!benchmarks.isEmpty()) {
      arguments = without(List.of("--bench"), arguments);
      arguments.addAll(List.of("--bench", String.join(",", benchmarks)));
    }
    try {
      return measure(command, arguments);
    } catch (ParameterException e) {
      throw new IllegalArgumentException(
          "the baseline's run cannot be done again: " + e.getMessage(), e);
    }
  }

  /**
   * {@return more of what {@link #run(List)} measured}
   *
   * @param command as given to that
   * @param benchmarks which of the benchmarks
   */
  Optional<RunResult> more(List<String> command, Collection<String> benchmarks) throws IOException {
    List<String> arguments = without(List.of("--bench"), command);
    arguments.addAll(List.of("--bench", String.join(",", benchmarks)));
    return run(arguments);
  }

  /**
   * {@return the result of a {@code run} for the first time; empty if there is none, and then
   * {@link #code} says why}
   *
   * @param command {@code run} and its arguments
   * @throws IllegalArgumentException if they make no sense
   */
  Optional<RunResult> run(List<String> command) throws IOException {
    try {
      return measure(command, command.subList(1, command.size()));
    } catch (ParameterException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private Optional<RunResult> measure(List<String> command, List<String> arguments)
      throws IOException {
    Path temp = Path.of(System.getProperty("java.io.tmpdir"));
    try (LockedFolder folder = LockedFolder.temporary(temp, "again")) {
      Path file = folder.path().resolve("result.json");
      List<String> all = new ArrayList<>(arguments);
      all.addAll(List.of("--output", file.toString()));
      RunCommand run = new RunCommand(session.silent(command));
      new CommandLine(run)
          .setCaseInsensitiveEnumValuesAllowed(true)
          // The arguments may come from a file, which is not to name others.
          .setExpandAtFiles(false)
          .parseArgs(all.toArray(String[]::new));
      code = run.call();
      return Files.exists(file) ? Optional.of(ResultFiles.read(file)) : Optional.empty();
    }
  }

  /** {@return the exit code of the run} */
  int code() {
    return code;
  }

  /** {@return flags for the length that the earlier run had; cold cells have no warm-up} */
  private static List<String> length(RunResult earlier) {
    Duration warmup = Duration.ZERO;
    Duration duration = Duration.ofMillis(1);
    for (CellSeries cell : earlier.cells()) {
      CellSettings settings = cell.settings();
      warmup = settings.warmup().compareTo(warmup) > 0 ? settings.warmup() : warmup;
      duration = settings.duration();
    }
    return List.of(
        "--forks",
        String.valueOf(earlier.method().forks()),
        "--warmup",
        warmup.toMillis() + "ms",
        "--duration",
        duration.toMillis() + "ms");
  }

  /** {@return arguments without some flags and the values that follow them} */
  static List<String> without(List<String> flags, List<String> arguments) {
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      String name =
          argument.contains("=") ? argument.substring(0, argument.indexOf('=')) : argument;
      if (!flags.contains(name)) {
        kept.add(argument);
      } else if (name.equals(argument)) {
        i++;
      }
    }
    return kept;
  }
}
