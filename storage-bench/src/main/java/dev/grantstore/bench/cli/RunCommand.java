package dev.grantstore.bench.cli;

import dev.grantstore.bench.benchmark.Benchmark;
import dev.grantstore.bench.benchmark.Benchmarks;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.run.FixturePlan;
import dev.grantstore.bench.run.FixtureRun;
import dev.grantstore.bench.run.PlannedCell;
import dev.grantstore.bench.run.RunFrame;
import dev.grantstore.bench.run.SameProcess;
import dev.grantstore.fixture.spec.Quantity;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code storage-bench run}. */
@Command(
    name = "run",
    description = "Measure a store that fixture-gen made; every answer is checked.",
    customSynopsis = "storage-bench run --fixture DIR [OPTION...]",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  storage-bench run --fixture DIR",
      "  storage-bench run --fixture DIR --bench G2,Check --duration 30s --threads 2",
      "  storage-bench run --fixture DIR --bench G2 --miss-ratio 0.1 --format json",
      "  storage-bench run --fixture DIR --bench G1 --duration 1m --scratch /mnt/disk",
    })
final class RunCommand implements Callable<Integer> {
  /** Misses are asked for by name; only Check is about both answers, so it has them anyway. */
  private static final double CHECK_MISS_RATIO = 0.5;

  private final Session session;

  @Spec private CommandSpec spec;

  @Option(
      names = "--fixture",
      paramLabel = "DIR",
      description = "Folder that fixture-gen made. Required.")
  private @Nullable Path fixture;

  @Option(
      names = "--bench",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "G2,G3,G4,G5,Check",
      description = "Benchmarks, see 'storage-bench list'. Default: ${DEFAULT-VALUE}")
  private List<String> benchmarks;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "How long each is measured: 500ms, 10s, 2m. Default: ${DEFAULT-VALUE}")
  private String duration;

  @Option(
      names = "--warmup",
      paramLabel = "TIME",
      defaultValue = "3s",
      description = "How long each runs before that. Default: ${DEFAULT-VALUE}")
  private String warmup;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads that ask at once. Default: ${DEFAULT-VALUE}")
  private int threads;

  @Option(
      names = "--miss-ratio",
      paramLabel = "SHARE",
      description = "Share of questions without an answer in G2 and Check. Default: 0, Check 0.5")
  private @Nullable Double missRatio;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Decides the order of the questions. Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--cache",
      paramLabel = "SIZE",
      defaultValue = "256MiB",
      description = "Memory for the store's cached blocks. Default: ${DEFAULT-VALUE}")
  private String cache;

  @Option(
      names = "--scratch",
      paramLabel = "DIR",
      description = "Where G1 makes its stores and removes them. Default: the temporary folder")
  private @Nullable Path scratch;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "On standard output: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  private OutputFormat format;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write the result there as JSON, too; replaced when it is there.")
  private @Nullable Path output;

  RunCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    FixturePlan plan;
    try {
      plan = plan();
      checkOutput();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    RunFrame frame =
        new RunFrame(Session.toolVersion(), "", session.arguments(), session.clock().instant());
    RunResult result =
        SameProcess.of(
            frame, new FixtureRun(plan, session.clock(), session.halt(), session.console()).run());
    session.console().closeLine();
    PrintWriter out = spec.commandLine().getOut();
    out.print(format.report().render(result));
    out.flush();
    if (output != null) {
      ResultJson.save(result, output);
    }
    return result.interrupted() ? ExitCode.INTERRUPTED : ExitCode.OK;
  }

  private FixturePlan plan() {
    if (fixture == null) {
      throw new IllegalArgumentException("missing option: --fixture DIR");
    }
    List<PlannedCell> cells = new ArrayList<>();
    for (Benchmark benchmark : Benchmarks.named(benchmarks)) {
      cells.add(new PlannedCell(benchmark, settings(benchmark)));
    }
    Path folder = scratch == null ? Path.of(System.getProperty("java.io.tmpdir")) : scratch;
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("scratch folder does not exist: " + folder);
    }
    return new FixturePlan(fixture, cells, Quantity.parseBytes(cache), folder);
  }

  private CellSettings settings(Benchmark benchmark) {
    Duration warm = Durations.parse(warmup);
    Duration measured = Durations.parse(duration);
    return CellSettings.closed(warm, measured, threads, missRatio(benchmark), seed);
  }

  private double missRatio(Benchmark benchmark) {
    if (missRatio != null) {
      return missRatio;
    }
    return benchmark.name().equals("Check") ? CHECK_MISS_RATIO : 0;
  }

  private void checkOutput() {
    if (output == null) {
      return;
    }
    Path folder = output.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(output) || !Files.isDirectory(folder)) {
      throw new IllegalArgumentException("not a file in an existing folder: --output " + output);
    }
  }
}
