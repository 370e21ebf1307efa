package dev.grantstore.bench.cli;

import dev.grantstore.Durability;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.bench.benchmark.Benchmark;
import dev.grantstore.bench.experiment.EngineSpec;
import dev.grantstore.bench.experiment.FixtureCache;
import dev.grantstore.bench.experiment.RunDraft;
import dev.grantstore.bench.experiment.RunDraft.NeededFixtures;
import dev.grantstore.bench.experiment.RunPlan;
import dev.grantstore.bench.run.CellRequest.AskedCell;
import dev.grantstore.bench.run.EngineProbe;
import dev.grantstore.fixture.Fixtures;
import dev.grantstore.fixture.spec.FixtureSpec;
import dev.grantstore.fixture.spec.Quantity;
import dev.grantstore.tool.Durations;
import dev.grantstore.tool.OnDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of {@code run} that say what is measured, on what, and for how long. */
final class RunFlags {
  private static final Logger LOG = Logger.getLogger(RunFlags.class.getName());

  /** What opening, comparing and preparing may take beside measuring. */
  private static final Duration LEAST_TIMEOUT = Duration.ofMinutes(2);

  /** What they are about is made first: hundreds of syncs or stores, several JVMs. */
  private static final Duration FOR_STAGES = Duration.ofMinutes(15);

  private static final Duration LONGEST_TIMEOUT = Duration.ofDays(365);

  /** Half a millisecond for each grant, for loads and whole scans on slow engines. */
  private static final long NANOS_PER_GRANT = 500_000;

  private final Session session;

  @Option(
      names = "--fixture",
      paramLabel = "DIR",
      description = "Folder that fixture-gen made. Other engines get a copy of its grants.")
  private @Nullable Path fixture;

  @Option(
      names = "--grants",
      paramLabel = "N",
      description = "Or a synthetic fixture of the reference shape, made once: 100k, 1m, 10m.")
  private @Nullable String grants;

  @Option(
      names = "--engine",
      split = ",",
      paramLabel = "NAME",
      description = {
        "Engines, see 'storage-bench list'; null is the harness alone. One of a cluster is named with",
        "what its stores' names begin with: kudu:HOST:PORT/PREFIX; G1 to G5 are asked of it, Check",
        "and G2+writes. Default: the fixture's own, or rocksdb"
      })
  private @Nullable List<String> engines;

  @Mixin private OtherBuild otherBuild;

  @Mixin private CellFlags cells;

  @Option(
      names = "--forks",
      paramLabel = "N",
      defaultValue = "7",
      description = {
        "JVMs for each cell of each engine, in rounds; 0 measures in one JVM, for a quick look.",
        "With 5, 'compare' and 'gate' can claim something of at most 6 figures at once (of 3"
            + " within",
        "one run), and the usual benchmarks have 7; with 7 of 85 (of 42). Default: ${DEFAULT-VALUE}"
      })
  private int forks;

  @Option(
      names = "--cache",
      paramLabel = "SIZE",
      defaultValue = "256MiB",
      description = "Memory for each store's cached blocks. Default: ${DEFAULT-VALUE}")
  private String cache;

  @Option(
      names = "--durability",
      paramLabel = "NAME",
      defaultValue = "wal",
      description = "Of stores that are written: ${COMPLETION-CANDIDATES}. Default: wal")
  private Durability durability;

  @Option(
      names = "--cell-timeout",
      paramLabel = "TIME",
      description = "After how long a fork is ended. Default: by duration and number of grants")
  private @Nullable String cellTimeout;

  @Option(
      names = "--scratch",
      paramLabel = "DIR",
      description = "Where stores are made to be written into. Default: the temporary folder")
  private @Nullable Path scratch;

  @Option(
      names = "--cache-dir",
      paramLabel = "DIR",
      description = "Where fixtures and runs are kept. Default: grantstore in the cache folder")
  private @Nullable Path cacheFolder;

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      description = {
        "Fit the run into about so long: fewer rounds first, down to 5, then shorter warm-ups and",
        "durations, down to 1s; what could not be judged then is refused"
      })
  private @Nullable String budget;

  @Option(
      names = "--inject-delay",
      split = ",",
      paramLabel = "ENGINE=PERCENT",
      hidden = true,
      description = "Prolong each operation of an engine on purpose, to show that it is noticed.")
  private @Nullable Map<String, Double> delays;

  RunFlags(Session session) {
    this.session = session;
  }

  /**
   * {@return what is asked for; nothing is made}
   *
   * @throws IllegalArgumentException if flags make no sense
   */
  RunDraft draft() throws IOException {
    if ((fixture == null) == (grants == null)) {
      throw new IllegalArgumentException("say what to measure on: --fixture DIR, or --grants N");
    }
    Path written = scratch();
    if (!Files.isDirectory(written)) {
      throw new IllegalArgumentException("scratch folder does not exist: " + written);
    }
    session.tidies(written);
    List<AskedCell> asked = cells.cells();
    if (forks == 0 && asked.stream().anyMatch(cell -> cell.settings().isCold())) {
      throw new IllegalArgumentException("cold cells need a new process each: --forks 1 or more");
    }
    if (forks == 0) {
      asked.stream()
          .map(AskedCell::named)
          .filter(Benchmark::needsNewProcess)
          .findFirst()
          .ifPresent(
              benchmark -> {
                throw new IllegalArgumentException(
                    benchmark.name() + " needs a new process each: --forks 1 or more");
              });
    }
    if (forks == 0 && cellTimeout != null) {
      throw new IllegalArgumentException(
          "--cell-timeout ends forks, and --forks 0 has none: --forks 1 or more");
    }
    long cacheBytes = Quantity.parseBytes(cache);
    List<EngineSpec> specs = otherBuild.beside(EngineSpec.parse(engines()), forks);
    for (EngineSpec engine : specs) {
      tryOut(engine, cacheBytes);
    }
    if (fixture != null && Fixtures.open(fixture).manifest().grants() == 0) {
      throw new IllegalArgumentException("fixture holds no grants to ask for: " + fixture);
    }
    FixtureCache kept = cached(written);
    RunDraft draft =
        new RunDraft(
            specs,
            asked,
            forks,
            fixture == null
                ? NeededFixtures.synthetic(kept, specs, reference())
                : NeededFixtures.of(kept, specs, Fixtures.open(fixture)));
    return budget == null ? draft : draft.within(Durations.parse(budget));
  }

  /**
   * {@return how to measure a draft, whose fixture is made if it is not there}
   *
   * @param tag of the run
   */
  RunPlan plan(RunDraft draft, String tag) throws IOException {
    Instant startedAt = session.clock().instant();
    Path measured =
        fixture == null
            ? fixtures(scratch()).synthetic(reference(), draft.fixtures().first())
            : fixture;
    return new RunPlan(
        Session.toolVersion(),
        tag,
        session.arguments(),
        startedAt,
        draft.engines(),
        absolute(measured).toString(),
        draft.cells(),
        draft.forks(),
        Quantity.parseBytes(cache),
        durability,
        absolute(scratch()).toString(),
        timeout(measured),
        delays == null ? Map.of() : delays,
        otherBuild.jars(draft.engines()));
  }

  /** {@return where fixtures are kept} */
  FixtureCache fixtures(Path written) {
    return new FixtureCache(kept().resolve("fixtures"), written, session.progress());
  }

  /** {@return the same, only to be looked into} */
  FixtureCache cached(Path written) {
    Path looked = cacheFolder == null ? session.nameOfCacheFolder() : cacheFolder;
    return new FixtureCache(absolute(looked).resolve("fixtures"), written, session.progress());
  }

  /** {@return where fixtures and runs are kept} */
  Path kept() {
    return absolute(cacheFolder == null ? session.cacheFolder() : cacheFolder);
  }

  private Path scratch() {
    return scratch == null ? Path.of(System.getProperty("java.io.tmpdir")) : scratch;
  }

  static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  /** What an engine refuses is told before anything is done; what it lacks is a failure later. */
  private void tryOut(EngineSpec engine, long cacheBytes) throws IOException {
    if (engine.hasFiles()) {
      GrantStores.provider(engine.scheme() + ":");
      try {
        OnDisk.require(engine.scheme());
      } catch (GrantStoreException e) {
        LOG.log(Level.FINE, "engine is not available, which its part of the run says", e);
      }
    }
    // What a cluster refuses is told when its store is made.
    if (!engine.options().isEmpty() && !engine.isElsewhere()) {
      EngineProbe.tryOut(
          engine.scheme(),
          scratch(),
          new StoreOptions(OpenMode.CREATE, durability, cacheBytes, engine.options()));
    }
  }

  private List<String> engines() throws IOException {
    if (engines != null) {
      return engines;
    }
    return List.of(
        fixture == null ? "rocksdb" : Fixtures.open(fixture).manifest().engine().scheme());
  }

  private FixtureSpec reference() {
    long count = Quantity.parseCount(String.valueOf(grants));
    return FixtureSpec.reference(
        count,
        (int) Math.max(1, Math.min(100_000, count / 1_000)),
        (int) Math.max(1, Math.min(10_000_000, count / 20)),
        1);
  }

  private Duration timeout(Path measured) throws IOException {
    if (cellTimeout != null) {
      Duration given = Durations.parse(cellTimeout);
      if (given.compareTo(LONGEST_TIMEOUT) > 0) {
        throw new IllegalArgumentException("--cell-timeout is at most 365 days: " + cellTimeout);
      }
      return given;
    }
    long rows = Fixtures.open(measured).manifest().grants();
    boolean hasStages = cells.cells().stream().anyMatch(cell -> !cell.named().takesThreads());
    return (hasStages ? LEAST_TIMEOUT.plus(FOR_STAGES) : LEAST_TIMEOUT)
        .plus(cells.longest().multipliedBy(otherBuild.isGiven() ? 4 : 2))
        .plus(Duration.ofNanos(NANOS_PER_GRANT).multipliedBy(rows));
  }
}
