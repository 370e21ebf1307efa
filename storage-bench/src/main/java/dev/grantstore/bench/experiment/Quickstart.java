package dev.grantstore.bench.experiment;

import dev.grantstore.Durability;
import dev.grantstore.bench.benchmark.Benchmarks;
import dev.grantstore.bench.fork.ForkRequest.AskedCell;
import dev.grantstore.bench.fork.ForkWork;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.fixture.progress.Progress;
import dev.grantstore.fixture.spec.FixtureSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes a fixture in a cache folder, once, and measures everything on it, shortly, in this JVM. */
public final class Quickstart {
  /** The reference fixture of 1 M grants; short, so that all of it takes about a minute. */
  public static final Scale REFERENCE =
      new Scale(
          FixtureSpec.reference(1_000_000, 1_000, 50_000, 1),
          "rocksdb",
          CellSettings.closed(Duration.ofSeconds(3), Duration.ofSeconds(5), 1, 0, 1));

  private static final long CACHE_BYTES = 256L << 20;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path folder;
  private final Scale scale;
  private final Clock clock;
  private final Halt halt;
  private final Progress progress;

  /**
   * Prepares a quickstart.
   *
   * @param folder what it may fill; made if it is not there
   * @param scale how much
   * @param clock says when it was
   * @param halt ends it early
   * @param progress is told what goes on
   */
  public Quickstart(Path folder, Scale scale, Clock clock, Halt halt, Progress progress) {
    this.folder = folder.toAbsolutePath().normalize();
    this.scale = scale;
    this.clock = clock;
    this.halt = halt;
    this.progress = progress;
  }

  /**
   * How much a quickstart does.
   *
   * @param spec the fixture to measure on
   * @param engine the scheme of the engine that holds it
   * @param settings for every benchmark
   */
  public record Scale(FixtureSpec spec, String engine, CellSettings settings) {}

  /**
   * What a quickstart leaves behind.
   *
   * @param result the figures
   * @param file the same as JSON
   */
  public record Outcome(RunResult result, Path file) {}

  /**
   * Makes the fixture unless it is there, measures, and saves the result.
   *
   * @param toolVersion for the result
   * @param command for the result
   * @return the result and where it was saved
   * @throws IOException if a file cannot be read or written
   */
  public Outcome run(String toolVersion, List<String> command) throws IOException {
    Instant startedAt = clock.instant();
    Path scratch = Files.createDirectories(folder.resolve("scratch"));
    FixtureCache fixtures = new FixtureCache(folder.resolve("fixtures"), scratch, progress);
    List<EngineSpec> engines = EngineSpec.parse(List.of(scale.engine()));
    Path fixture = fixtures.synthetic(scale.spec(), engines.get(0));
    ExperimentPlan plan =
        new ExperimentPlan(
            toolVersion,
            "",
            command,
            startedAt,
            engines,
            fixture.toString(),
            Benchmarks.ALL.stream()
                .map(b -> new AskedCell(b.name(), b.asked(scale.settings())))
                .toList(),
            0,
            CACHE_BYTES,
            Durability.WAL,
            scratch.toString(),
            Duration.ZERO,
            Map.of(),
            Map.of());
    Path results = Files.createDirectories(folder.resolve("results"));
    Path file =
        results.resolve(String.format(Locale.ROOT, "quickstart-%s.json", STAMP.format(startedAt)));
    Experiment experiment =
        new Experiment(
            plan,
            fixtures,
            engine ->
                (name, request) ->
                    Optional.of(ForkWork.answer(request, clock, halt, Progress.NONE)),
            clock,
            halt,
            progress);
    RunResult result = experiment.run(soFar -> ResultJson.save(soFar, file));
    return new Outcome(result, file);
  }
}
