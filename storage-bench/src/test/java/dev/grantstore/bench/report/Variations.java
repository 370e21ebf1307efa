package dev.grantstore.bench.report;

import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellResult.HarnessCost;
import dev.grantstore.bench.result.CellResult.LengthSpread;
import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSeries.Fork;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.CellSettings.Schedule;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.result.RunResult.DiskUse;
import dev.grantstore.bench.result.RunResult.EngineFacts;
import dev.grantstore.bench.result.RunResult.EngineResult;
import dev.grantstore.bench.result.RunResult.FixtureFacts;
import dev.grantstore.bench.result.StageNotes;
import dev.grantstore.bench.statistics.Estimates;
import dev.grantstore.bench.testengine.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The made-up result, changed in one respect. */
final class Variations {
  private static final RunResult RESULT = Results.aResult();

  private Variations() {}

  /** {@return with the forks of each cell repeated, or left out, until there are so many} */
  static RunResult ofForks(int wanted) {
    return withCells(series -> repeated(series, wanted));
  }

  private static CellSeries repeated(CellSeries series, int wanted) {
    List<Fork> forks = new ArrayList<>();
    for (int i = 0; i < wanted; i++) {
      Fork fork = series.forks().get(i % series.forks().size());
      forks.add(new Fork(i, fork.position(), fork.startedAt(), fork.cell()));
    }
    return withForks(series, forks);
  }

  static RunResult withCells(UnaryOperator<CellSeries> change) {
    return with(RESULT.engines(), RESULT.cells().stream().map(change).toList(), false);
  }

  static RunResult empty() {
    return new RunResult(
        RunResult.FORMAT_VERSION,
        "0.1.0",
        "",
        List.of(),
        RESULT.startedAt(),
        RESULT.endedAt(),
        true,
        RESULT.method(),
        RESULT.environment(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  static RunResult with(List<EngineResult> engines, List<CellSeries> cells, boolean interrupted) {
    return with(engines, cells, interrupted, RESULT.failures(), RESULT.warnings(), RESULT.tag());
  }

  static RunResult with(
      List<EngineResult> engines,
      List<CellSeries> cells,
      boolean interrupted,
      List<CellFailure> failures,
      List<String> warnings,
      String tag) {
    return new RunResult(
        RunResult.FORMAT_VERSION,
        "0.1.0",
        tag,
        RESULT.command(),
        RESULT.startedAt(),
        RESULT.endedAt(),
        interrupted,
        RESULT.method(),
        RESULT.environment(),
        engines,
        cells,
        failures,
        warnings);
  }

  static RunResult withFailure(CellFailure failure) {
    return with(
        RESULT.engines(), RESULT.cells(), false, List.of(failure), RESULT.warnings(), "nightly");
  }

  /** {@return with a text wherever the result holds one that comes from outside} */
  static RunResult named(String text) {
    List<EngineResult> engines =
        RESULT.engines().stream().map(engine -> renamed(engine, text)).toList();
    List<CellSeries> cells =
        RESULT.cells().stream()
            .map(
                series ->
                    new CellSeries(
                        series.engine() + text,
                        series.benchmark() + text,
                        series.title() + text,
                        series.settings(),
                        series.forks(),
                        series.estimates()))
            .toList();
    CellFailure failure = new CellFailure(text, text, 0, CellFailure.Kind.FAILED, text);
    return with(engines, cells, false, List.of(failure), List.of(text), text);
  }

  private static EngineResult renamed(EngineResult engine, String text) {
    EngineFacts facts = engine.facts();
    FixtureFacts fixture = engine.fixture();
    DiskUse disk = engine.disk();
    TreeMap<String, Long> keyspaces = new TreeMap<>();
    disk.keyspaceBytes().forEach((name, bytes) -> keyspaces.put(name + text, bytes));
    TreeMap<String, String> options = new TreeMap<>();
    options.put(text, text);
    return new EngineResult(
        engine.name() + text,
        new EngineFacts(facts.scheme(), text, text, text, 1 << 20, options, options),
        new FixtureFacts(text, text, text, 7, "00ff", text, fixture.createdAt(), text),
        new DiskUse(disk.bytes(), text, keyspaces, disk.otherBytes(), disk.bytesPerGrant(), 0.25),
        engine.resident());
  }

  static RunResult digestsDiffer() {
    List<EngineResult> engines = new ArrayList<>(RESULT.engines());
    EngineResult last = engines.remove(1);
    FixtureFacts fixture = last.fixture();
    engines.add(
        new EngineResult(
            last.name(),
            last.facts(),
            new FixtureFacts(
                fixture.path(),
                fixture.origin(),
                fixture.syncId(),
                fixture.grants(),
                "beef",
                fixture.generator(),
                fixture.createdAt(),
                fixture.load()),
            last.disk(),
            last.resident()));
    return with(engines, RESULT.cells(), false);
  }

  /** {@return with the slower engine's figures the same as the faster's} */
  static RunResult allEqual() {
    List<CellSeries> cells = new ArrayList<>();
    for (CellSeries series : RESULT.cells()) {
      CellSeries first =
          RESULT.cells().stream()
              .filter(other -> other.question().equals(series.question()))
              .findFirst()
              .orElseThrow();
      cells.add(withForks(series, first.forks()));
    }
    return with(RESULT.engines(), cells.stream().map(cell -> repeated(cell, 6)).toList(), false);
  }

  static RunResult interrupted() {
    return withCells(series -> withForks(series, each(series, cell -> changed(cell, true, 35))));
  }

  /** {@return a run whose JVMs died with that much memory, which was to be found out} */
  static RunResult diedAt(String limit) {
    return withCells(
        series ->
            withForks(
                series,
                each(
                    series,
                    c -> {
                      SortedMap<String, String> notes = new TreeMap<>(c.notes());
                      notes.put(StageNotes.DIED_AT, limit);
                      notes.put("died of", "OutOfMemoryError");
                      return noted(c, notes);
                    })));
  }

  private static CellResult noted(CellResult c, SortedMap<String, String> notes) {
    return new CellResult(
        c.benchmark(),
        c.title(),
        c.settings(),
        c.interrupted(),
        c.warmup(),
        c.keys(),
        c.outcomes(),
        c.schedule(),
        c.rate(),
        c.resources(),
        c.harness(),
        c.before(),
        c.after(),
        c.figures(),
        notes,
        c.counters());
  }

  /** {@return with the harness at a share of the time, in percent} */
  static RunResult harnessOf(double share) {
    return withCells(
        series -> withForks(series, each(series, cell -> changed(cell, false, share))));
  }

  /** {@return with start times fixed beforehand, and more of them than the store could keep} */
  static RunResult openLoop() {
    return withCells(
        series -> {
          CellSettings closed = series.settings();
          CellSettings open =
              new CellSettings(
                  closed.warmup(),
                  closed.mostWarmup(),
                  closed.duration(),
                  closed.threads(),
                  closed.missRatio(),
                  closed.seed(),
                  closed.distribution(),
                  closed.temperature(),
                  20_000);
          List<Fork> forks = each(series, cell -> opened(cell, open));
          return new CellSeries(
              series.engine(),
              series.benchmark(),
              series.title(),
              open,
              forks,
              Estimates.of(forks));
        });
  }

  /** {@return with every question asked by so many threads} */
  static RunResult onThreads(int threads) {
    return withCells(
        series -> {
          CellSettings one = series.settings();
          CellSettings more =
              CellSettings.closed(
                  one.warmup(), one.duration(), threads, one.missRatio(), one.seed());
          return new CellSeries(
              series.engine(),
              series.benchmark(),
              series.title(),
              more,
              series.forks(),
              series.estimates());
        });
  }

  private static CellResult opened(CellResult cell, CellSettings settings) {
    List<Outcome> outcomes =
        cell.outcomes().stream()
            .map(
                o ->
                    new Outcome(
                        o.name(),
                        o.ops(),
                        o.rows(),
                        o.opsPerSecond(),
                        o.rowsPerSecond(),
                        o.nanosPerOp(),
                        o.nanosPerRow(),
                        o.latency(),
                        o.latency(),
                        new LengthSpread(5, 50, 500, 5_000)))
            .toList();
    Schedule schedule = new Schedule(20_000, 1_000, 100, 5_000_000, 900);
    return copy(cell, settings, cell.interrupted(), outcomes, schedule, cell.harness());
  }

  private static CellResult changed(CellResult cell, boolean interrupted, double harnessShare) {
    return copy(
        cell,
        cell.settings(),
        interrupted,
        cell.outcomes(),
        cell.schedule(),
        new HarnessCost(35, harnessShare));
  }

  private static CellResult copy(
      CellResult cell,
      CellSettings settings,
      boolean interrupted,
      List<Outcome> outcomes,
      @Nullable Schedule schedule,
      HarnessCost harness) {
    return new CellResult(
        cell.benchmark(),
        cell.title(),
        settings,
        interrupted,
        cell.warmup(),
        cell.keys(),
        outcomes,
        schedule,
        cell.rate(),
        cell.resources(),
        harness,
        cell.before(),
        cell.after(),
        cell.figures(),
        cell.notes(),
        cell.counters());
  }

  private static List<Fork> each(CellSeries series, UnaryOperator<CellResult> change) {
    return series.forks().stream()
        .map(
            fork ->
                new Fork(
                    fork.round(), fork.position(), fork.startedAt(), change.apply(fork.cell())))
        .toList();
  }

  static CellSeries withForks(CellSeries series, List<Fork> forks) {
    return new CellSeries(
        series.engine(),
        series.benchmark(),
        series.title(),
        series.settings(),
        forks,
        Estimates.of(forks));
  }
}
