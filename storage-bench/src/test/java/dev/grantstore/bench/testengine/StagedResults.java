package dev.grantstore.bench.testengine;

import dev.grantstore.bench.measure.Tally;
import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellResult.HarnessCost;
import dev.grantstore.bench.result.CellResult.KeyCount;
import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellResult.RateSeries;
import dev.grantstore.bench.result.CellResult.Resources;
import dev.grantstore.bench.result.CellResult.Steadiness;
import dev.grantstore.bench.result.CellResult.StoreState;
import dev.grantstore.bench.result.CellResult.WarmUp;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSeries.Fork;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.EngineResult;
import dev.grantstore.bench.result.RunResult.Method;
import dev.grantstore.bench.result.StageNotes;
import dev.grantstore.bench.statistics.Estimates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Results of G6 to G10, made up: a millisecond for each stage, and a figure of each kind. One
 * stage, or one figure, may be larger by a factor.
 */
public final class StagedResults {
  /** The stages of each benchmark, the one that is looked at first before the others. */
  public static final Map<String, List<String>> STAGES = stages();

  private static final double[] SCATTER = {1, 1.01, 0.99, 1.005, 0.995, 1.002, 0.998, 1.001};

  private final List<String> engines = new ArrayList<>();
  private final Map<String, Double> factors = new HashMap<>();
  private final Map<String, Double> limits = new HashMap<>();
  private int forks = SCATTER.length;
  private boolean isOfBefore;
  private List<String> benchmarks = List.copyOf(STAGES.keySet());

  private StagedResults() {}

  /** {@return a result of no engine yet, with eight forks of each cell} */
  public static StagedResults aRun() {
    return new StagedResults();
  }

  private static Map<String, List<String>> stages() {
    Map<String, List<String>> stages = new LinkedHashMap<>();
    stages.put("G6", List.of("ready", "open", "answer", "checkpoint", "close", "open-again"));
    stages.put("G7", List.of("all"));
    stages.put("G8", List.of("all", "1024MiB", "512MiB"));
    stages.put("G9", List.of("save", "ingest"));
    stages.put("G10x10", List.of("open", "first-read", "read"));
    return stages;
  }

  /** Adds an engine. */
  public StagedResults engine(String name) {
    engines.add(name);
    return this;
  }

  /** Has some of the benchmarks alone. */
  public StagedResults only(String... names) {
    benchmarks = List.of(names);
    return this;
  }

  /** Makes a stage of an engine's benchmark last longer; of G8's first, asks for more memory. */
  public StagedResults longer(String engine, String benchmark, String stage, double factor) {
    factors.put(engine + benchmark + stage, factor);
    return this;
  }

  /**
   * Has an engine of which, in one fork of G8, another limit is the least; 0 for none passes.
   * Beyond the largest it is what stood there before for none.
   */
  public StagedResults limit(String engine, int round, double mib) {
    limits.put(engine + round, mib);
    return this;
  }

  /** Has fewer forks of each cell. */
  public StagedResults forks(int number) {
    forks = number;
    return this;
  }

  /**
   * As builds before made it: with a warm-up that was asked for, and no word of there being none.
   */
  public StagedResults ofBefore() {
    isOfBefore = true;
    return this;
  }

  /** {@return the result} */
  public RunResult result() {
    RunResult plain = Results.aResult();
    EngineResult facts = plain.engines().get(0);
    List<CellSeries> cells = new ArrayList<>();
    benchmarks.forEach(name -> engines.forEach(engine -> cells.add(series(engine, name))));
    return new RunResult(
        plain.formatVersion(),
        plain.toolVersion(),
        plain.tag(),
        plain.command(),
        plain.startedAt(),
        plain.endedAt(),
        false,
        new Method(forks, "interleaved", Duration.ofMinutes(2), 256 << 20, "WAL"),
        plain.environment(),
        engines.stream()
            .map(
                name ->
                    new EngineResult(
                        name, facts.facts(), facts.fixture(), facts.disk(), facts.resident()))
            .toList(),
        cells,
        List.of(),
        List.of());
  }

  private CellSeries series(String engine, String name) {
    List<Fork> of = new ArrayList<>();
    for (int round = 0; round < forks; round++) {
      of.add(new Fork(round, round, Results.aResult().startedAt(), cell(engine, name, round)));
    }
    CellResult first = of.get(0).cell();
    return new CellSeries(engine, name, first.title(), first.settings(), of, Estimates.of(of));
  }

  private CellResult cell(String engine, String name, int round) {
    List<Outcome> outcomes = new ArrayList<>();
    List<String> stages = STAGES.getOrDefault(name, List.of());
    boolean isBeyond = name.equals("G8") && limits.getOrDefault(engine + round, 0.0) > 1024;
    for (String stage : isBeyond ? stages.subList(0, 1) : stages) {
      double factor = factors.getOrDefault(engine + name + stage, 1.0);
      Tally tally = new Tally();
      tally.record(Math.round(1e6 * SCATTER[round] * factor), 1);
      outcomes.add(tally.outcome(stage, 1));
    }
    TreeMap<String, Double> figures = new TreeMap<>();
    TreeMap<String, String> notes = new TreeMap<>();
    if (!isOfBefore) {
      notes.put(StageNotes.HOW, "once, nothing before");
    }
    own(engine, name, round, figures, notes);
    return new CellResult(
        name,
        "what " + name + " does",
        CellSettings.closed(Duration.ofSeconds(isOfBefore ? 2 : 0), Duration.ofSeconds(3), 1, 0, 1),
        false,
        WarmUp.NONE,
        KeyCount.NONE,
        outcomes,
        null,
        new RateSeries("ops", List.of(), new Steadiness(Steadiness.Verdict.TOO_SHORT, 0, 0)),
        new Resources(121, 3_900, 4_100, 2, 15, 300 << 20, true, 0, -1, 0),
        new HarnessCost(0, 0),
        new StoreState(List.of(), 0, new TreeMap<>()),
        new StoreState(List.of(), 0, new TreeMap<>()),
        figures,
        notes,
        null);
  }

  private void own(
      String engine,
      String name,
      int round,
      Map<String, Double> figures,
      Map<String, String> notes) {
    switch (name) {
      case "G6" -> figures.put("openedFiles", 3.0);
      case "G7" -> {
        figures.put("settleMillis", 12.5);
        figures.put("deviceWriteBytesPerGrant", 90.0);
        figures.put("deviceWriteBytesPerGrantUntilSealed", 30.0);
      }
      case "G8" -> {
        double limit =
            limits.getOrDefault(
                engine + round, 512 * factors.getOrDefault(engine + name + "all", 1.0));
        figures.put(
            limit == 0 ? CellResult.MORE_THAN : CellResult.SMALLEST_LIMIT,
            limit == 0 ? 1024 : limit);
        figures.put("peakRssMiB.1024", 200.0);
        figures.put("peakRssMiB.512", 150.0);
        figures.put("slowdown.1024", 1.0);
        figures.put("slowdown.512", 1.5);
        notes.put(StageNotes.LIMITED, "Java's heap (-Xmx) alone");
        notes.put(StageNotes.DIED_AT, "256 MiB");
      }
      case "G9" -> {
        figures.put(StageNotes.OF_CONTAINER + "openMillis", 4.0);
        figures.put(StageNotes.OF_CONTAINER + "readMillis", engine.equals("lmdb") ? 40.0 : 30.0);
        figures.put("fileBytesPerGrant", 11.0);
      }
      default ->
          figures.put(
              StageNotes.RESIDENT_PER_STORE,
              64 * SCATTER[round] * factors.getOrDefault(engine + name + "resident", 1.0));
    }
  }
}
