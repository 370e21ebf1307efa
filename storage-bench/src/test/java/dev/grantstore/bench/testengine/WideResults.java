package dev.grantstore.bench.testengine;

import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellResult.HarnessCost;
import dev.grantstore.bench.result.CellResult.LengthSpread;
import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellResult.RateSeries;
import dev.grantstore.bench.result.CellResult.Steadiness;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSeries.Fork;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.CellSettings.KeyDistribution;
import dev.grantstore.bench.result.CellSettings.Schedule;
import dev.grantstore.bench.result.CellSettings.Temperature;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.result.RunResult.EngineResult;
import dev.grantstore.bench.statistics.Estimates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Results with what is rare in them, made up. */
public final class WideResults {
  /** The name of an engine as somebody might give it who means harm. */
  public static final String HOSTILE = "lmdb?path=\"a,b\"\n\u001b[31m;x=1 y";

  private WideResults() {}

  /**
   * {@return lists, open loops that kept and missed their schedule, cold cells, two threads, cells
   * that are not steady, one fork only, a null engine, and failures}
   */
  public static RunResult aWideResult() {
    RunResult plain = Results.aResult();
    CellSeries rocksdb = plain.cells().get(2);
    CellSeries lmdb = plain.cells().get(3);
    List<CellSeries> cells = new ArrayList<>(plain.cells().subList(0, 4));
    cells.add(nullEngine(rocksdb));
    cells.add(lists(rocksdb));
    cells.add(lists(lmdb));
    cells.add(cold(rocksdb));
    cells.add(cold(lmdb));
    cells.add(open(rocksdb, 0));
    cells.add(open(lmdb, 9_000));
    cells.add(oneFork(rocksdb));
    List<EngineResult> engines = new ArrayList<>(plain.engines());
    engines.add(named(plain.engines().get(1), "null"));
    List<CellFailure> failures =
        List.of(
            new CellFailure("lmdb", "G2 threads=2", 1, CellFailure.Kind.TIMEOUT, "after 2 m"),
            new CellFailure(
                "lmdb", "G3", 0, CellFailure.Kind.WRONG_ANSWER, "key=\"a\" expected=2 found=1"),
            new CellFailure("sqlite", "", 0, CellFailure.Kind.UNAVAILABLE, "no library"));
    return with(plain, engines, cells, failures, false);
  }

  /** {@return two engines, one with a name that would break lines, tables and fields} */
  public static RunResult aHostileResult() {
    return aResultNaming(HOSTILE);
  }

  /**
   * {@return the plain result with another name for its second engine}
   *
   * @param engine the name
   */
  public static RunResult aResultNaming(String engine) {
    RunResult plain = Results.aResult();
    List<CellSeries> cells =
        plain.cells().stream()
            .map(c -> c.engine().equals("lmdb") ? of(engine, c.settings(), c.forks()) : c)
            .toList();
    List<EngineResult> engines =
        List.of(plain.engines().get(0), named(plain.engines().get(1), engine));
    return with(plain, engines, cells, plain.failures(), false);
  }

  /** {@return a run that was stopped before it had measured anything} */
  public static RunResult anEmptyResult() {
    return with(Results.aResult(), List.of(), List.of(), List.of(), true);
  }

  /** {@return one engine, one fork of each cell, the last one cut short} */
  public static RunResult aSmallResult() {
    RunResult plain = Results.aResult();
    List<CellSeries> cells = new ArrayList<>();
    for (CellSeries series : plain.cells()) {
      if (series.engine().equals("rocksdb")) {
        boolean last = series.benchmark().equals("Check");
        UnaryOperator<CellResult> cut = cell -> last ? interrupted(cell) : cell;
        cells.add(of("rocksdb", series.settings(), changed(series, cut).subList(0, 1)));
      }
    }
    return with(plain, plain.engines().subList(0, 1), cells, List.of(), true);
  }

  private static RunResult with(
      RunResult r,
      List<EngineResult> engines,
      List<CellSeries> cells,
      List<CellFailure> failures,
      boolean interrupted) {
    return new RunResult(
        r.formatVersion(),
        r.toolVersion(),
        r.tag(),
        r.command(),
        r.startedAt(),
        r.endedAt(),
        interrupted,
        r.method(),
        r.environment(),
        engines,
        cells,
        failures,
        r.warnings());
  }

  private static EngineResult named(EngineResult engine, String name) {
    return new EngineResult(
        name, engine.facts(), engine.fixture(), engine.disk(), engine.resident());
  }

  private static CellSeries of(String engine, CellSettings settings, List<Fork> forks) {
    return new CellSeries(
        engine,
        forks.get(0).cell().benchmark(),
        forks.get(0).cell().title(),
        settings,
        forks,
        Estimates.of(forks));
  }

  private static List<Fork> changed(CellSeries series, UnaryOperator<CellResult> change) {
    return series.forks().stream()
        .map(f -> new Fork(f.round(), f.position(), f.startedAt(), change.apply(f.cell())))
        .toList();
  }

  private static CellSeries nullEngine(CellSeries series) {
    List<Fork> forks =
        changed(series, cell -> cell(cell, cell.outcomes(), null, cell.rate(), 7.25));
    return of("null", series.settings(), forks);
  }

  private static CellSeries lists(CellSeries series) {
    List<Fork> forks =
        changed(
            series,
            cell -> {
              Outcome o = cell.outcomes().get(0);
              Outcome list =
                  new Outcome(
                      "all",
                      20_000,
                      1_000_000,
                      o.opsPerSecond() / 40,
                      o.rowsPerSecond() / 40 * 50,
                      o.nanosPerOp() * 40,
                      o.nanosPerOp() * 40 / 50,
                      Results.latency(20_000, Math.round(o.nanosPerOp() * 40)),
                      null,
                      new LengthSpread(40, 90, 700, 120_000));
              CellResult changed = cell(cell, List.of(list), null, cell.rate(), 0.1);
              return renamed(changed, "G4", "list by principal");
            });
    return of(series.engine(), series.settings(), forks);
  }

  private static CellSeries cold(CellSeries series) {
    CellSettings s = series.settings();
    CellSettings cold =
        new CellSettings(
            Duration.ZERO,
            Duration.ZERO,
            s.duration(),
            1,
            0,
            1,
            KeyDistribution.UNIFORM,
            Temperature.COLD,
            0);
    RateSeries uneven =
        new RateSeries("ops", List.of(1.0, 9.0), new Steadiness(Steadiness.Verdict.UNEVEN, 1, 80));
    List<Fork> forks = new ArrayList<>(changed(series, cell -> cell));
    Fork last = forks.get(2);
    CellResult cell = last.cell();
    forks.set(
        2,
        new Fork(
            last.round(),
            last.position(),
            last.startedAt(),
            cell(cell, cell.outcomes(), null, uneven, 0.9)));
    return of(series.engine(), cold, forks);
  }

  private static CellSeries open(CellSeries series, long notBegun) {
    CellSettings s = series.settings();
    CellSettings open =
        new CellSettings(
            s.warmup(),
            Duration.ofSeconds(20),
            s.duration(),
            2,
            0,
            1,
            KeyDistribution.ZIPF,
            Temperature.WARM,
            20_000);
    List<Fork> forks =
        changed(
            series,
            cell -> {
              Outcome o = cell.outcomes().get(0);
              Outcome responding =
                  new Outcome(
                      o.name(),
                      o.ops(),
                      o.rows(),
                      20_000,
                      20_000,
                      o.nanosPerOp(),
                      o.nanosPerRow(),
                      o.latency(),
                      Results.latency(o.ops(), Math.round(o.nanosPerOp() * 3)),
                      o.lengths());
              Schedule schedule = new Schedule(20_000, 210_000, 1_200, 7_500_000, notBegun);
              return cell(cell, List.of(responding), schedule, cell.rate(), 0.4);
            });
    return of(series.engine(), open, forks);
  }

  private static CellSeries oneFork(CellSeries series) {
    CellSettings s = series.settings();
    CellSettings two = CellSettings.closed(s.warmup(), s.duration(), 2, s.missRatio(), s.seed());
    return of(series.engine(), two, series.forks().subList(0, 1));
  }

  private static CellResult interrupted(CellResult c) {
    return new CellResult(
        c.benchmark(),
        c.title(),
        c.settings(),
        true,
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
        c.notes(),
        null);
  }

  private static CellResult renamed(CellResult c, String name, String title) {
    return new CellResult(
        name,
        title,
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
        c.notes(),
        c.counters());
  }

  private static CellResult cell(
      CellResult c,
      List<Outcome> outcomes,
      @Nullable Schedule schedule,
      RateSeries rate,
      double harnessPercent) {
    return new CellResult(
        c.benchmark(),
        c.title(),
        c.settings(),
        c.interrupted(),
        c.warmup(),
        c.keys(),
        outcomes,
        schedule,
        rate,
        c.resources(),
        new HarnessCost(c.harness().nanosPerOp(), harnessPercent),
        c.before(),
        c.after(),
        c.figures(),
        c.notes(),
        c.counters());
  }
}
