package dev.grantstore.bench.cli;

import dev.grantstore.Durability;
import dev.grantstore.bench.compare.Limit;
import dev.grantstore.bench.compare.Terms;
import dev.grantstore.bench.experiment.EngineSpec;
import dev.grantstore.bench.experiment.FixtureCache;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.run.CellRequest;
import dev.grantstore.bench.run.CellRequest.AskedCell;
import dev.grantstore.bench.run.CellRequest.Engine;
import dev.grantstore.bench.run.CellRequest.Step;
import dev.grantstore.bench.selftest.GateSelfTest;
import dev.grantstore.bench.selftest.Rounds;
import dev.grantstore.bench.selftest.SelfTestResult;
import dev.grantstore.fixture.spec.FixtureSpec;
import dev.grantstore.folder.LockedFolder;
import dev.grantstore.tool.Durations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code gate --self-test} takes. */
final class SelfTestOptions {
  private static final FixtureSpec SPEC = FixtureSpec.reference(100_000, 100, 5_000, 1);
  private static final String BENCHMARK = "G2";
  private static final long CACHE_BYTES = 64L << 20;

  /** For a machine on which thirty others want to run, too. */
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  @Option(
      names = "--forks",
      paramLabel = "N",
      defaultValue = "10",
      description = "Rounds of the self-test. Default: ${DEFAULT-VALUE}")
  private int forks;

  @Option(
      names = "--delay",
      paramLabel = "PERCENT",
      defaultValue = "10%",
      description = "By how much the self-test slows operations. Default: 10%%")
  private String delay;

  @Option(
      names = "--warmup",
      paramLabel = "TIME",
      defaultValue = "4s",
      description = "Of each fork of the self-test, the others' turns included. Default: 4s")
  private String warmup;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "6s",
      description = "How long it measures, likewise. Default: ${DEFAULT-VALUE}")
  private String duration;

  @Option(
      names = "--cache-dir",
      paramLabel = "DIR",
      description =
          "Where the self-test keeps its fixture. Default: grantstore in the cache folder")
  private @Nullable Path cacheFolder;

  SelfTestResult run(Session session, Terms terms) throws IOException {
    if (forks < 1) {
      throw new IllegalArgumentException("forks must be at least 1: " + forks);
    }
    CellSettings settings =
        CellSettings.closed(Durations.parse(warmup), Durations.parse(duration), 1, 0, 1);
    double delayPercent = Limit.parse(delay).percent();
    Path kept = cacheFolder == null ? session.cacheFolder() : cacheFolder;
    Path temp = Path.of(System.getProperty("java.io.tmpdir"));
    try (LockedFolder folder = LockedFolder.temporary(temp, "self-test")) {
      Path scratch = folder.path();
      Path fixture =
          new FixtureCache(kept.toAbsolutePath().resolve("fixtures"), scratch, session.progress())
              .synthetic(SPEC, EngineSpec.plain("rocksdb"));
      CellRequest request =
          new CellRequest(
              fixture.toString(),
              Engine.OF_FIXTURE,
              Map.of(),
              Set.of(Step.MEASURE),
              List.of(new AskedCell(BENCHMARK, settings)),
              CACHE_BYTES,
              Durability.WAL,
              scratch.toString(),
              0);
      return new GateSelfTest(
              new GateSelfTest.Plan(request, forks, delayPercent, terms),
              Rounds.forked(scratch, TIMEOUT, session.halt()),
              session.clock(),
              session.progress())
          .run();
    }
  }
}
