package dev.grantstore.bench.benchmark;

import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.StoreStats;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.measure.Measurement;
import dev.grantstore.bench.measure.ProcessUse;
import dev.grantstore.bench.measure.SteadinessCheck;
import dev.grantstore.bench.measure.Tally;
import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellResult.HarnessCost;
import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellResult.RateSeries;
import dev.grantstore.bench.result.CellResult.Resources;
import dev.grantstore.bench.result.CellResult.Steadiness;
import dev.grantstore.bench.result.CellResult.StoreState;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.CellSettings.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** One benchmark on one subject with one set of settings. */
public final class Cell {
  /** Compaction that takes longer than this is an error, not a pause. */
  private static final Duration SETTLE_TIMEOUT = Duration.ofMinutes(30);

  private Cell() {}

  /**
   * Settles the store, compares answers, measures.
   *
   * @param benchmark what to do
   * @param subject on what
   * @param settings how
   * @param halt ends it early
   * @return the result; without outcomes if it was halted before the first operation ended
   * @throws WrongAnswerException if an answer is wrong
   */
  public static CellResult measure(
      Benchmark benchmark, Subject subject, CellSettings settings, Halt halt) {
    if (!benchmark.opensStores()) {
      settle(subject.store());
    }
    System.gc();
    StoreState before = asked(benchmark, subject);
    Figures figures = benchmark.measure(subject, settings, halt);
    StoreState after = asked(benchmark, subject);
    Measurement measurement = figures.measurement();
    List<Outcome> outcomes = outcomes(figures);
    return new CellResult(
        benchmark.name(),
        benchmark.title(),
        settings,
        halt.isRequested(),
        measurement.warmup(),
        figures.keys(),
        outcomes,
        measurement.schedule(),
        new RateSeries(
            benchmark.countsRows() ? "rows" : "ops",
            measurement.ratesPerSecond(),
            steadiness(settings, measurement)),
        resources(measurement, subject.scratch().isElsewhere()),
        harness(figures, outcomes),
        before,
        after,
        figures.more(),
        figures.notes(),
        null);
  }

  /** {@return the state of the store that is asked; nothing where that is a scratch store} */
  private static StoreState asked(Benchmark benchmark, Subject subject) {
    return benchmark.canBeCold() && !benchmark.opensStores()
        ? state(subject.store().stats())
        : new StoreState(List.of(), 0, new TreeMap<>());
  }

  /**
   * Waits until the store has no background work left. A store that is open for reading only has
   * none.
   *
   * @param store waited for
   */
  public static void settle(GrantStore store) {
    try {
      store.settle(SETTLE_TIMEOUT);
    } catch (GrantStoreException e) {
      if (e.reason() != Reason.READ_ONLY) {
        throw e;
      }
    }
  }

  /**
   * {@return the store's figures in the form of results}
   *
   * @param stats the store's own
   */
  public static StoreState state(StoreStats stats) {
    return new StoreState(
        stats.keyspaces().stream()
            .map(k -> new StoreState.Keyspace(k.name(), k.rowsEstimate(), k.fileBytes(), k.files()))
            .toList(),
        stats.memoryBytes(),
        stats.engine());
  }

  /** What was cold is warmer with every operation, so its rate cannot be steady. */
  private static Steadiness steadiness(CellSettings settings, Measurement measurement) {
    return settings.isCold()
        ? new Steadiness(Steadiness.Verdict.TOO_SHORT, 0, 0)
        : SteadinessCheck.of(measurement.ratesPerSecond());
  }

  private static List<Outcome> outcomes(Figures figures) {
    Measurement measurement = figures.measurement();
    List<Outcome> outcomes = new ArrayList<>();
    if (!figures.stages().isEmpty()) {
      figures.stages().forEach((name, tally) -> add(outcomes, name, tally, measurement));
      return outcomes;
    }
    add(outcomes, figures.hasMisses() ? "hit" : "all", measurement.hits(), measurement);
    add(outcomes, "miss", measurement.misses(), measurement);
    return outcomes;
  }

  /** An open loop waits between operations: its rate is what it did, not what it could do. */
  private static void add(
      List<Outcome> outcomes, String name, Tally tally, Measurement measurement) {
    Schedule schedule = measurement.schedule();
    if (tally.ops() > 0) {
      outcomes.add(
          schedule == null
              ? tally.outcome(name, measurement.threads())
              : tally.outcome(name, schedule.seconds()));
    }
  }

  /** A client reads and writes no files: servers do, and what they do is not known. */
  private static Resources resources(Measurement measurement, boolean isElsewhere) {
    ProcessUse process = measurement.process();
    double ops = Math.max(1, measurement.ops());
    return new Resources(
        measurement.allocatedBytes() / ops,
        measurement.cpuNanos() / ops,
        process.cpuNanos() / ops,
        process.gcCount(),
        process.gcMillis(),
        process.peakRssBytes(),
        process.peakIsOfInterval(),
        isElsewhere ? -1 : process.diskReadBytes(),
        isElsewhere ? -1 : process.diskWriteBytes(),
        process.otherCpuCores());
  }

  private static HarnessCost harness(Figures figures, List<Outcome> outcomes) {
    double fastest = outcomes.stream().mapToDouble(Outcome::nanosPerOp).min().orElse(0);
    double harness = figures.harnessNanosPerOp();
    return new HarnessCost(harness, fastest == 0 ? 0 : 100 * harness / fastest);
  }
}
