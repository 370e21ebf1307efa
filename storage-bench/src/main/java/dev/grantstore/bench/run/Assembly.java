package dev.grantstore.bench.run;

import dev.grantstore.bench.result.CellFailure;
import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.EngineResult;
import dev.grantstore.bench.result.Environment;
import dev.grantstore.bench.result.Fork;
import dev.grantstore.bench.result.Method;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.statistics.Estimates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts together what the forks of a run measured, as they end. One thread. */
final class Assembly {
  private final Map<String, EngineResult> engines = new LinkedHashMap<>();
  private final Map<Id, List<Fork>> forks = new LinkedHashMap<>();
  private final List<CellFailure> failures = new ArrayList<>();
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

  void failure(CellFailure failure) {
    failures.add(failure);
  }

  /** {@return the whole, as far as it has come} */
  RunResult result(
      RunFrame frame, Instant endedAt, boolean interrupted, Method method, Environment machine) {
    List<CellSeries> cells = new ArrayList<>();
    forks.forEach((id, of) -> cells.add(series(id.engine(), of)));
    return new RunResult(
        RunResult.FORMAT_VERSION,
        frame.toolVersion(),
        frame.tag(),
        frame.command(),
        frame.startedAt(),
        endedAt,
        interrupted,
        method,
        machine,
        List.copyOf(engines.values()),
        cells,
        failures,
        Warnings.of(cells, method.cacheBytes()));
  }

  private static CellSeries series(String engine, List<Fork> forks) {
    CellResult first = forks.get(0).cell();
    return new CellSeries(
        engine, first.benchmark(), first.title(), first.settings(), forks, Estimates.of(forks));
  }
}
