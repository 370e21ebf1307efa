package dev.grantstore.bench.run;

import dev.grantstore.GrantStores;
import dev.grantstore.bench.benchmark.Benchmark;
import dev.grantstore.bench.benchmark.Benchmarks;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.fixture.Fixtures;
import dev.grantstore.fixture.error.FixtureException;
import dev.grantstore.fixture.error.Problem;
import dev.grantstore.fixture.generate.GrantGenerator;
import dev.grantstore.fixture.load.CreateOptions;
import dev.grantstore.fixture.manifest.Manifest;
import dev.grantstore.fixture.manifest.Origin;
import dev.grantstore.fixture.progress.Progress;
import dev.grantstore.fixture.spec.FixtureSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;

/** Makes a fixture in a cache folder, once, and measures everything on it, shortly. */
public final class Quickstart {
  /** The reference fixture of 1 M grants; short, so that all of it takes about a minute. */
  public static final Scale REFERENCE =
      new Scale(
          FixtureSpec.reference(1_000_000, 1_000, 50_000, 1),
          CreateOptions.defaults().engine(),
          CellSettings.closed(Duration.ofSeconds(3), Duration.ofSeconds(5), 1, 0, 1));

  /** Check is about both answers. */
  private static final double CHECK_MISS_RATIO = 0.5;

  private static final long CACHE_BYTES = 256L << 20;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

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
    Path fixture = fixture();
    Path scratch = Files.createDirectories(folder.resolve("scratch"));
    List<PlannedCell> cells = Benchmarks.ALL.stream().map(this::planned).toList();
    FixturePlan plan = new FixturePlan(fixture, cells, CACHE_BYTES, scratch);
    RunFrame frame = new RunFrame(toolVersion, "", command, clock.instant());
    RunResult result = SameProcess.of(frame, new FixtureRun(plan, clock, halt, progress).run());
    Path results = Files.createDirectories(folder.resolve("results"));
    Instant at = result.startedAt();
    Path file = results.resolve("quickstart-%s.json".formatted(STAMP.format(at)));
    ResultJson.save(result, file);
    return new Outcome(result, file);
  }

  private PlannedCell planned(Benchmark benchmark) {
    CellSettings settings = scale.settings();
    boolean check = benchmark.name().equals("Check");
    CellSettings own =
        CellSettings.closed(
            settings.warmup(),
            settings.duration(),
            settings.threads(),
            check ? CHECK_MISS_RATIO : settings.missRatio(),
            settings.seed());
    return new PlannedCell(benchmark, own);
  }

  private Path fixture() throws IOException {
    CreateOptions options = CreateOptions.defaults().withEngine(scale.engine());
    String engine = GrantStores.provider(options.engine() + ":").engineVersion();
    Path scratch = Files.createDirectories(folder.resolve("scratch"));
    String print = EnginePrint.of(options.engine(), scratch);
    Path fixtures = Files.createDirectories(folder.resolve("fixtures"));
    Path path = fixtures.resolve(name(options.engine(), print));
    if (!Files.exists(path)) {
      Fixtures.create(scale.spec(), options, path, progress);
    }
    check(path, Fixtures.open(path).manifest(), engine);
    return path;
  }

  /** Other grants, rules, engines and forms of manifest get other names, so nothing is replaced. */
  private String name(String scheme, String enginePrint) {
    String all =
        String.join(
            "\n",
            scale.spec().toString(),
            String.valueOf(GrantGenerator.VERSION),
            String.valueOf(Manifest.FORMAT_VERSION),
            enginePrint);
    UUID hash = UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8));
    return "%s-%s-%d-%s"
        .formatted(
            scheme,
            scale.spec().shape().word(),
            scale.spec().grants(),
            hash.toString().substring(0, 8));
  }

  private void check(Path path, Manifest manifest, String engineVersion) {
    Origin wanted = new Origin.Synthetic(scale.spec(), GrantGenerator.VERSION);
    if (!manifest.origin().equals(wanted) || !manifest.engine().version().equals(engineVersion)) {
      throw new FixtureException(
          Problem.DAMAGED, "cached fixture is not what its name says; remove it: " + path);
    }
  }
}
