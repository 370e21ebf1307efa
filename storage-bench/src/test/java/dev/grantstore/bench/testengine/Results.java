package dev.grantstore.bench.testengine;

import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellResult.HarnessCost;
import dev.grantstore.bench.result.CellResult.KeyCount;
import dev.grantstore.bench.result.CellResult.Latency;
import dev.grantstore.bench.result.CellResult.LengthSpread;
import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellResult.RateSeries;
import dev.grantstore.bench.result.CellResult.Resources;
import dev.grantstore.bench.result.CellResult.Steadiness;
import dev.grantstore.bench.result.CellResult.StoreState;
import dev.grantstore.bench.result.CellResult.WarmUp;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSeries.Fork;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.Environment;
import dev.grantstore.bench.result.ReadCounters;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.result.RunResult.DiskUse;
import dev.grantstore.bench.result.RunResult.EngineFacts;
import dev.grantstore.bench.result.RunResult.EngineResult;
import dev.grantstore.bench.result.RunResult.FixtureFacts;
import dev.grantstore.bench.result.RunResult.Method;
import dev.grantstore.bench.result.RunResult.ResidentUse;
import dev.grantstore.bench.statistics.Estimates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A result with every field set, made up. */
public final class Results {
  private Results() {}

  /** {@return a result of three questions, two engines, three forks each} */
  public static RunResult aResult() {
    return new RunResult(
        RunResult.FORMAT_VERSION,
        "0.1.0",
        "nightly",
        List.of("run", "--fixture", "/data/f"),
        Instant.parse("2026-01-02T03:04:05Z"),
        Instant.parse("2026-01-02T03:05:06Z"),
        false,
        new Method(3, "interleaved", Duration.ofMinutes(2), 256 << 20, "WAL"),
        environment(),
        List.of(engine("rocksdb", 37_000_000), engine("lmdb", 290_000_000)),
        cells(),
        List.of(
            new CellFailure(
                "sqlite", "", 0, CellFailure.Kind.UNAVAILABLE, "no library for this platform")),
        List.of("G2 is not steady"));
  }

  private static EngineResult engine(String scheme, long bytes) {
    return new EngineResult(
        scheme,
        new EngineFacts(
            scheme,
            scheme + " 11.8.1",
            "READ_ONLY",
            "WAL",
            256 << 20,
            new TreeMap<>(),
            new TreeMap<>(Map.of("block-bytes", "16384"))),
        new FixtureFacts(
            "/data/f-" + scheme,
            "synthetic, uniform",
            "fixture",
            1_000_000,
            "00ff".repeat(8),
            "fixture-gen",
            Instant.parse("2026-01-01T00:00:00Z"),
            "bulk, durability BULK"),
        new DiskUse(
            bytes,
            "allocated blocks",
            new TreeMap<>(Map.of("primary", 12_000_000L, "by_principal", 11_000_000L)),
            bytes - 23_000_000,
            bytes / 1e6,
            0.25),
        scheme.equals("rocksdb") ? new ResidentUse(96_000_000, 12_000_000, 1_000_000, 96) : null);
  }

  private static List<CellSeries> cells() {
    return List.of(
        series("rocksdb", "G1", "bulk write", 1.5e9),
        series("lmdb", "G1", "bulk write", 6e9),
        series("rocksdb", "G2", "random get", 3_999.6),
        series("lmdb", "G2", "random get", 900.3),
        series("rocksdb", "Check", "does P hold E", 2_100),
        series("lmdb", "Check", "does P hold E", 2_050));
  }

  private static CellSeries series(String engine, String name, String title, double nanosPerOp) {
    List<Fork> forks = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      double nanos = nanosPerOp * (1 + 0.02 * round);
      forks.add(
          new Fork(
              round,
              round * 6,
              Instant.parse(String.format(Locale.ROOT, "2026-01-02T03:04:1%dZ", round)),
              cell(name, title, outcomes(name, nanos))));
    }
    return new CellSeries(
        engine, name, title, forks.get(0).cell().settings(), forks, Estimates.of(forks));
  }

  private static List<Outcome> outcomes(String name, double nanosPerOp) {
    return switch (name) {
      case "G1" -> List.of(outcome("all", 3, 3_000_000, nanosPerOp));
      case "G2" -> List.of(outcome("all", 2_500_000, 2_500_000, nanosPerOp));
      default ->
          List.of(
              outcome("hit", 1_000_000, 0, nanosPerOp),
              outcome("miss", 900_000, 0, nanosPerOp * 0.9));
    };
  }

  private static Environment environment() {
    return new Environment(
        "OpenJDK 64-Bit Server VM 17.0.15+6 (Debian)",
        List.of("-Xmx1g"),
        List.of("G1 Young Generation", "G1 Old Generation"),
        1L << 30,
        "Linux 6.1 amd64",
        "Linux version 6.1",
        "AMD EPYC",
        2,
        8L << 30,
        "none",
        "2.00",
        "none",
        "0.10 0.20 0.30",
        "ext4");
  }

  private static CellResult cell(String name, String title, List<Outcome> outcomes) {
    StoreState state =
        new StoreState(
            List.of(new StoreState.Keyspace("primary", 1_000_000, 12_000_000, 1)),
            1 << 20,
            new TreeMap<>(Map.of("level.0", "0")));
    return new CellResult(
        name,
        title,
        CellSettings.closed(Duration.ofSeconds(3), Duration.ofMillis(10_500), 1, 0.5, 1),
        false,
        new WarmUp(3.25, new Steadiness(Steadiness.Verdict.STEADY, 0.5, 1)),
        name.equals("G1")
            ? KeyCount.NONE
            : new KeyCount(10_000, name.equals("Check") ? 5_000 : 0, 1_000_000),
        outcomes,
        null,
        new RateSeries(
            "ops",
            List.of(1.5, 2.5, 2.0, 2.0),
            new Steadiness(Steadiness.Verdict.STEADY, 1.25, 0.5)),
        new Resources(120.5, 3_900, 4_100, 2, 15, 300 << 20, true, 4096, -1, 0.25),
        new HarnessCost(35, 0.9),
        state,
        state,
        name.equals("G1") ? new TreeMap<>(Map.of("diskBytesPerGrant", 37.5)) : new TreeMap<>(),
        name.equals("G1")
            ? new TreeMap<>(Map.of("feed", "held", "feeding threads", "1"))
            : new TreeMap<>(
                Map.of(CellResult.LOOKS_AT, name.equals("G2") ? "a whole Grant" : "yes or no")),
        name.equals("G2")
            ? new ReadCounters(
                10_000, 10_000, 2_500, 7_500, 0, new TreeMap<>(Map.of("bytes.read", 16_500.5)))
            : null);
  }

  private static Outcome outcome(String name, long ops, long rows, double nanosPerOp) {
    long nanos = Math.round(nanosPerOp);
    return new Outcome(
        name,
        ops,
        rows,
        1e9 / nanosPerOp,
        rows * 1e9 / nanosPerOp / ops,
        nanosPerOp,
        rows == 0 ? 0 : nanosPerOp * ops / rows,
        latency(ops, nanos),
        null,
        new LengthSpread(1, 1, 1, rows == 0 ? 0 : rows / ops));
  }

  /** {@return a distribution around a time, the longest four times as long} */
  static Latency latency(long ops, long nanos) {
    String histogram = Histograms.of(nanos, nanos + 1, nanos + 2, nanos * 2, nanos * 3, nanos * 4);
    return ops < 10
        ? new Latency(null, null, null, null, null, null, nanos * 4, histogram)
        : new Latency(
            nanos, nanos + 1, nanos + 1, nanos + 2, nanos * 2, nanos * 3, nanos * 4, histogram);
  }
}
