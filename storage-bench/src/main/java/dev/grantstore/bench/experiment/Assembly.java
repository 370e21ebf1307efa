package dev.grantstore.bench.experiment;

import dev.grantstore.bench.compare.Builds;
import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSeries.Fork;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.Environment;
import dev.grantstore.bench.result.ForkResult;
import dev.grantstore.bench.result.ReadCounters;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.result.RunResult.EngineFacts;
import dev.grantstore.bench.result.RunResult.EngineResult;
import dev.grantstore.bench.result.RunResult.Method;
import dev.grantstore.bench.result.RunResult.NotApplicable;
import dev.grantstore.bench.statistics.Estimates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Puts together what the forks of a run measured, as they end. One thread. */
final class Assembly {
  private final Map<String, EngineResult> engines = new LinkedHashMap<>();
  private final Map<Id, List<Fork>> forks = new LinkedHashMap<>();
  private final List<CellFailure> failures = new ArrayList<>();
  private final Map<String, Map<String, ReadCounters>> counters = new LinkedHashMap<>();
  private final Map<String, Set<String>> conditions = new LinkedHashMap<>();
  private final Set<NotApplicable> notApplicable = new LinkedHashSet<>();
  private int position;

  private record Id(String engine, String benchmark, CellSettings settings) {}

  /** Adds an engine, or says anew what is known of it. */
  void engine(EngineResult engine) {
    engines.put(engine.name(), engine);
  }

  /** Adds a fork's figures. */
  void fork(String engine, int round, Instant startedAt, CellResult cell) {
    Fork fork = new Fork(round, position++, startedAt, cell);
    Id id = new Id(engine, cell.benchmark(), cell.settings());
    forks.computeIfAbsent(id, i -> new ArrayList<>()).add(fork);
  }

  /**
   * Takes under which conditions a fork measured. They change when an interrupted run is resumed on
   * another machine, with another Java, with a newer engine.
   */
  void conditions(String engine, ForkResult fork) {
    Environment machine = fork.environment();
    String met =
        String.format(
            Locale.ROOT,
            "build %s, engine %s, Java %s, heap %d bytes, kernel %s, %d cores of %s",
            fork.engine().effectiveOptions().getOrDefault(EngineFacts.BUILD, "unknown"),
            fork.engine().version(),
            machine.jvm(),
            machine.maxHeapBytes(),
            machine.kernel(),
            machine.cores(),
            machine.cpu());
    conditions.computeIfAbsent(engine, e -> new LinkedHashSet<>()).add(met);
  }

  /** Adds what an engine counted, to all forks of the cells it belongs to. */
  void counters(String engine, Map<String, ReadCounters> of) {
    counters.put(engine, of);
  }

  /** Takes what an engine is not asked, for it cannot be. */
  void notApplicable(NotApplicable what) {
    notApplicable.add(what);
  }

  void failure(CellFailure failure) {
    failures.add(failure);
  }

  /** {@return whether some engine gave a wrong answer} */
  boolean hasWrongAnswer() {
    return failures.stream().anyMatch(failure -> failure.kind() == CellFailure.Kind.WRONG_ANSWER);
  }

  /** {@return the whole, as far as it has come} */
  RunResult result(
      RunPlan plan, Instant endedAt, boolean interrupted, Method method, Environment machine) {
    List<CellSeries> cells = new ArrayList<>();
    forks.forEach((id, of) -> cells.add(series(id.engine(), of)));
    return new RunResult(
        RunResult.FORMAT_VERSION,
        plan.toolVersion(),
        plan.tag(),
        plan.command(),
        plan.startedAt(),
        endedAt,
        interrupted,
        method,
        machine,
        List.copyOf(engines.values()),
        cells,
        failures,
        List.copyOf(notApplicable),
        warnings(cells, method));
  }

  private List<String> warnings(List<CellSeries> cells, Method method) {
    List<String> warnings = new ArrayList<>();
    conditions.forEach(
        (engine, met) -> {
          if (met.size() > 1) {
            warnings.add(
                String.format(
                    Locale.ROOT,
                    "%s: its forks are not alike, the run was resumed under other conditions: %s",
                    engine,
                    String.join("; then ", met)));
          }
        });
    if (cells.stream().anyMatch(cell -> Builds.isBase(cell.engine()))) {
      warnings.add(
          "forks of two builds took turns: of questions by key compare the medians and the CPU"
              + " times alone; rates, means and charts of them hold the other's turns");
    }
    warnings.addAll(Warnings.of(cells, method.cacheBytes()));
    return warnings;
  }

  private CellSeries series(String engine, List<Fork> measured) {
    CellResult first = measured.get(0).cell();
    ReadCounters counted = counters.getOrDefault(engine, Map.of()).get(first.question());
    List<Fork> of = measured.stream().map(fork -> fork.withCounters(counted)).toList();
    return new CellSeries(
        engine, first.benchmark(), first.title(), first.settings(), of, Estimates.of(of));
  }
}
