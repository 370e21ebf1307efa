package dev.grantstore.bench.cli;

import dev.grantstore.Durability;
import dev.grantstore.bench.benchmark.Benchmarks;
import dev.grantstore.bench.experiment.EngineSpec;
import dev.grantstore.bench.experiment.Experiment;
import dev.grantstore.bench.experiment.FixtureCache;
import dev.grantstore.bench.experiment.RunPlan;
import dev.grantstore.bench.report.Report;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.run.CellRequest.AskedCell;
import dev.grantstore.bench.run.CellRunner;
import dev.grantstore.fixture.progress.Progress;
import dev.grantstore.fixture.spec.FixtureSpec;
import dev.grantstore.tool.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code storage-bench quickstart}. */
@Command(
    name = "quickstart",
    header = "See it work: makes a fixture of 1 M grants, once, and measures.",
    description = {
      "Makes a fixture of 1 M grants in a cache folder, once, runs every benchmark on it and"
          + " prints",
      "one table. Takes a minute or so and about 200 MB of disk."
    },
    exitCodeList = {
      ExitCode.HELP_OK,
      ExitCode.HELP_FAILURE,
      ExitCode.HELP_USAGE,
      ExitCode.HELP_WRONG,
      ExitCode.HELP_INTERRUPTED
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  storage-bench quickstart",
      "  storage-bench quickstart --cache-dir /mnt/disk/grantstore",
    })
final class QuickstartCommand implements Callable<Integer> {
  private static final long CACHE_BYTES = 256L << 20;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Session session;
  private final EngineSpec engine;
  private final FixtureSpec grants;
  private final CellSettings settings;

  @Spec private CommandSpec spec;

  @Option(
      names = "--cache-dir",
      paramLabel = "DIR",
      description = "Where fixture and results are kept. Default: grantstore in the cache folder")
  private @Nullable Path cacheFolder;

  /** Of the reference shape, and short, so that all of it takes about a minute. */
  QuickstartCommand(Session session) {
    this(
        session,
        EngineSpec.plain("rocksdb"),
        FixtureSpec.reference(1_000_000, 1_000, 50_000, 1),
        CellSettings.closed(Duration.ofSeconds(3), Duration.ofSeconds(5), 1, 0, 1));
  }

  QuickstartCommand(Session session, EngineSpec engine, FixtureSpec grants, CellSettings settings) {
    this.session = session;
    this.engine = engine;
    this.grants = grants;
    this.settings = settings;
  }

  @Override
  public Integer call() throws IOException {
    Path folder;
    try {
      folder = cacheFolder == null ? session.cacheFolder() : cacheFolder;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new ParameterException(spec.commandLine(), "cache folder is not a folder: " + folder);
    }
    return measure(folder.toAbsolutePath().normalize());
  }

  private int measure(Path folder) throws IOException {
    Instant startedAt = session.clock().instant();
    Path scratch = Files.createDirectories(folder.resolve("scratch"));
    FixtureCache fixtures =
        new FixtureCache(folder.resolve("fixtures"), scratch, session.progress());
    RunPlan plan = plan(startedAt, fixtures.synthetic(grants, engine), scratch);
    Path file =
        Files.createDirectories(folder.resolve("results"))
            .resolve(String.format(Locale.ROOT, "quickstart-%s.json", STAMP.format(startedAt)));
    CellRunner here = CellRunner.here(session.clock(), session.halt(), Progress.NONE);
    RunResult result =
        new Experiment(
                plan, fixtures, any -> here, session.clock(), session.halt(), session.progress())
            .run(file);
    int code = RunCommand.exitCode(session, "quickstart", result, file);
    if (code == ExitCode.WRONG) {
      return code;
    }
    PrintWriter out = session.out();
    out.print(Report.SUMMARY.render(result, session.style()));
    if (result.interrupted()) {
      out.println("\ninterrupted; what was measured is in " + file);
    } else if (code == ExitCode.OK) {
      out.print(next(plan.fixture(), file));
    }
    return code;
  }

  private RunPlan plan(Instant startedAt, Path fixture, Path scratch) {
    return new RunPlan(
        Session.toolVersion(),
        "",
        session.arguments(),
        startedAt,
        List.of(engine),
        fixture.toString(),
        Benchmarks.QUICK.stream().map(b -> new AskedCell(b.name(), b.asked(settings))).toList(),
        0,
        CACHE_BYTES,
        Durability.WAL,
        scratch.toString(),
        Duration.ZERO,
        Map.of(),
        Map.of());
  }

  private static String next(String fixture, Path file) {
    return String.format(
        Locale.ROOT,
        """

    Hits and misses are apart; G1, G5, G5all and G5batch do the whole sync in one operation.
    G3, G4 and G5 look at the grant id of each row, those with "all" or "batch" at all its fields.
    Every answer was compared with the fixture; a wrong one would have ended the run.

    fixture   %s
    result    %s

    next      ./storage-bench/bin/storage-bench run --fixture %s --threads 2
              ./storage-bench/bin/storage-bench run --help
              ./fixture-gen/bin/fixture-gen create --help     other sizes and shapes
              ./fixture-gen/bin/fixture-gen import --help     your own data
    """,
        fixture,
        file,
        fixture);
  }
}
