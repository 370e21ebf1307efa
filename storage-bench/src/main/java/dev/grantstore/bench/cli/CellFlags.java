package dev.grantstore.bench.cli;

import dev.grantstore.bench.benchmark.Benchmark;
import dev.grantstore.bench.benchmark.Benchmarks;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.CellSettings.KeyDistribution;
import dev.grantstore.bench.result.CellSettings.Temperature;
import dev.grantstore.bench.run.CellRequest.AskedCell;
import dev.grantstore.tool.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say what is asked, and how. */
final class CellFlags {
  /** A warm-up whose rate still rises may take so many times as long as asked for. */
  private static final int LONGEST_WARMUP = 4;

  @Option(
      names = "--bench",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "G1,G2,G3,G4,G5,Check",
      description = {
        "Benchmarks, see 'storage-bench list'. G3all, G4all and G5all look at all fields of each row,",
        "G3batch, G4batch and G5batch at those of many rows at a time, where G3, G4 and G5 look at",
        "its id; G2view gets no objects. G6 opens a store in a new JVM, G7 merges syncs (G7x50,",
        "G7x500: so many; G7skew, G7x50skew, G7x500skew: of unlike sizes; G7base, G7rebuild: a full",
        "one and small ones, by either policy), G8 finds the least memory that is enough, G9 saves a",
        "container and takes it in again, G10 opens many stores (G10x10, G10x100, G10x1000).",
        "Default: ${DEFAULT-VALUE}"
      })
  private List<String> benchmarks;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "3s",
      description =
          "How long each fork measures: 500ms, 10s, 2m; cold at most. Default: ${DEFAULT-VALUE}")
  private String duration;

  @Option(
      names = "--warmup",
      paramLabel = "TIME",
      defaultValue = "2s",
      description = {
        "How long each runs before that, up to four times as long while the rate still rises or",
        "falls; of G7 and G9 one operation, of G6, G8 and G10 nothing. Default: ${DEFAULT-VALUE}"
      })
  private String warmup;

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads that ask at once; 1,2,4 measures each. Default: ${DEFAULT-VALUE}")
  private List<Integer> threads;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "0",
      description = {
        "Operations per second of an open loop: start times are fixed beforehand, and response",
        "times (wait included) are reported beside service times. G1 and scans, which do not ask",
        "by key, stay closed, as they stay uniform. Default: closed loop"
      })
  private double rate;

  @Option(
      names = "--distribution",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "uniform",
      description = "How often which key is asked for: ${COMPLETION-CANDIDATES}. Default: uniform")
  private List<KeyDistribution> distributions;

  @Option(
      names = "--temperature",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "warm",
      description = {
        "warm, or cold: a new process, an empty cache, the files' pages dropped, no warm-up; ends",
        "when every key was asked for once, after "
            + Temperature.MOST_COLD_OPS
            + " operations of each thread, or --duration,",
        "whichever is first. Default: warm"
      })
  private List<Temperature> temperatures;

  @Option(
      names = "--miss-ratio",
      paramLabel = "SHARE",
      description =
          "Share of questions without an answer in G2, G2view, Check. Default: 0, Check 0.5")
  private @Nullable Double missRatio;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Decides the order of the questions. Default: ${DEFAULT-VALUE}")
  private long seed;

  /**
   * {@return every combination that was asked for}
   *
   * @throws IllegalArgumentException if a flag makes no sense
   */
  List<AskedCell> cells() {
    List<AskedCell> cells = new ArrayList<>();
    for (Benchmark benchmark : Benchmarks.named(benchmarks)) {
      for (int count : benchmark.takesThreads() ? threads : List.of(1)) {
        for (KeyDistribution distribution : distributions(benchmark)) {
          for (Temperature temperature : temperatures) {
            if (temperature == Temperature.WARM || benchmark.canBeCold()) {
              cells.add(cell(benchmark, count, distribution, temperature));
            }
          }
        }
      }
    }
    if (cells.isEmpty()) {
      throw new IllegalArgumentException("nothing to measure: what writes cannot be cold");
    }
    return cells;
  }

  private List<KeyDistribution> distributions(Benchmark benchmark) {
    return benchmark.asksByKey() ? distributions : List.of(KeyDistribution.UNIFORM);
  }

  /** {@return how long one fork may measure and warm up at most} */
  Duration longest() {
    return Durations.parse(warmup).multipliedBy(LONGEST_WARMUP).plus(Durations.parse(duration));
  }

  private AskedCell cell(
      Benchmark benchmark, int count, KeyDistribution distribution, Temperature temperature) {
    boolean warmsUp = temperature == Temperature.WARM && benchmark.warmsUp();
    Duration warm = warmsUp ? Durations.parse(warmup) : Duration.ZERO;
    CellSettings settings =
        new CellSettings(
            warm,
            warm.multipliedBy(LONGEST_WARMUP),
            Durations.parse(duration),
            count,
            missRatio == null ? benchmark.usualMissRatio() : missRatio,
            seed,
            distribution,
            temperature,
            benchmark.asksByKey() ? rate : 0);
    return new AskedCell(benchmark.name(), settings);
  }
}
