package dev.grantstore.bench.testengine;

import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellResult.Latency;
import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellResult.Resources;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSeries.Fork;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.Environment;
import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.result.RunResult.EngineFacts;
import dev.grantstore.bench.result.RunResult.EngineResult;
import dev.grantstore.bench.result.StageNotes;
import dev.grantstore.bench.statistics.Estimates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Results made up from one figure of each fork, the median service time. */
public final class Runs {
  private static final RunResult MODEL = Results.aResult();

  private final List<EngineResult> engines = new ArrayList<>();
  private final List<CellSeries> cells = new ArrayList<>();
  private final List<CellFailure> failures = new ArrayList<>();
  private Environment environment = MODEL.environment();
  private List<String> command = MODEL.command();
  private double otherCores;
  private double rate;
  private boolean interrupted;
  private Set<Integer> cutShort = Set.of();

  private Runs() {}

  /** {@return a run without cells} */
  public static Runs aRun() {
    return new Runs();
  }

  /** Adds a cell with a fork in each round. */
  public Runs cell(String engine, String benchmark, double... p50Nanos) {
    return add(engine, benchmark, round -> Map.of(), p50Nanos);
  }

  /** Adds a cell with a fork in each round, of which this figure alone differs. */
  public Runs figure(Metric metric, String engine, String benchmark, double... figures) {
    double[] same = new double[figures.length];
    Arrays.fill(same, 1_000);
    return add(engine, benchmark, round -> Map.of(metric, figures[round]), same);
  }

  private Runs add(
      String engine,
      String benchmark,
      IntFunction<Map<Metric, Double>> differing,
      double... p50Nanos) {
    if (engines.stream().noneMatch(e -> e.name().equals(engine))) {
      EngineResult model = MODEL.engines().get(0);
      engines.add(new EngineResult(engine, model.facts(), model.fixture(), model.disk(), null));
    }
    CellSeries model =
        MODEL.cells().stream().filter(c -> c.benchmark().equals("G2")).findFirst().orElseThrow();
    List<Fork> forks = new ArrayList<>();
    for (int round = 0; round < p50Nanos.length; round++) {
      Map<Metric, Double> figures = new EnumMap<>(usual(p50Nanos[round]));
      figures.putAll(differing.apply(round));
      CellResult cell =
          cell(benchmark, model.forks().get(0).cell(), figures, cutShort.contains(round));
      forks.add(new Fork(round, round, Instant.EPOCH.plusSeconds(round), cell));
    }
    cells.add(
        new CellSeries(
            engine, benchmark, model.title(), settings(model), forks, Estimates.of(forks)));
    return this;
  }

  private static Map<Metric, Double> usual(double nanos) {
    return Map.of(
        Metric.OPS_PER_SECOND, 1e9 / nanos,
        Metric.NANOS_PER_OP, nanos,
        Metric.P50_NANOS, nanos,
        Metric.RESPONSE_P50_NANOS, nanos,
        Metric.RESPONSE_P99_NANOS, 2 * nanos);
  }

  /** Says how many cores others kept busy in the cells that follow. */
  public Runs otherCores(double cores) {
    otherCores = cores;
    return this;
  }

  /**
   * Makes open loops of the cells that follow, whose response times are twice the service times.
   */
  public Runs rate(double perSecond) {
    rate = perSecond;
    return this;
  }

  /** Says that somebody stopped it. */
  public Runs interrupted() {
    interrupted = true;
    return this;
  }

  /** Says in which rounds the forks of the cells that follow were cut short. */
  public Runs cutShortIn(Set<Integer> rounds) {
    cutShort = rounds;
    return this;
  }

  /** Adds something that was not measured. */
  public Runs failure(CellFailure failure) {
    failures.add(failure);
    return this;
  }

  /** Changes the arguments. */
  public Runs command(String... arguments) {
    command = List.of(arguments);
    return this;
  }

  /** Changes the machine. */
  public Runs on(Environment machine) {
    environment = machine;
    return this;
  }

  /** {@return the same run, of whose engines all say so about what they run with and how opened} */
  public static RunResult withFacts(
      RunResult run, Map<String, String> options, Map<String, String> effective) {
    return new RunResult(
        run.formatVersion(),
        run.toolVersion(),
        run.tag(),
        run.command(),
        run.startedAt(),
        run.endedAt(),
        run.interrupted(),
        run.method(),
        run.environment(),
        run.engines().stream().map(engine -> withFacts(engine, options, effective)).toList(),
        run.cells(),
        run.failures(),
        run.notApplicable(),
        run.warnings());
  }

  private static EngineResult withFacts(
      EngineResult engine, Map<String, String> options, Map<String, String> effective) {
    EngineFacts facts = engine.facts();
    return new EngineResult(
        engine.name(),
        new EngineFacts(
            facts.scheme(),
            facts.version(),
            facts.openMode(),
            facts.durability(),
            facts.cacheBytes(),
            new TreeMap<>(options),
            new TreeMap<>(effective)),
        engine.fixture(),
        engine.disk(),
        engine.resident());
  }

  /** {@return the same machine with another governor} */
  public static Environment withGovernor(Environment machine, String governor) {
    return new Environment(
        machine.jvm(),
        machine.jvmFlags(),
        machine.collectors(),
        machine.maxHeapBytes(),
        machine.operatingSystem(),
        machine.kernel(),
        machine.cpu(),
        machine.cores(),
        machine.memoryBytes(),
        machine.cgroupMemoryLimit(),
        machine.cgroupCpuLimit(),
        governor,
        machine.loadAverage(),
        machine.fileSystem());
  }

  private CellSettings settings(CellSeries model) {
    CellSettings closed = model.settings();
    return new CellSettings(
        closed.warmup(),
        closed.mostWarmup(),
        closed.duration(),
        closed.threads(),
        closed.missRatio(),
        closed.seed(),
        closed.distribution(),
        closed.temperature(),
        rate);
  }

  /** {@return the run} */
  public RunResult result() {
    return new RunResult(
        MODEL.formatVersion(),
        MODEL.toolVersion(),
        MODEL.tag(),
        command,
        MODEL.startedAt(),
        MODEL.endedAt(),
        interrupted,
        MODEL.method(),
        environment,
        engines,
        cells,
        failures,
        List.of());
  }

  private CellResult cell(
      String benchmark, CellResult model, Map<Metric, Double> figures, boolean isCutShort) {
    Outcome outcome = model.outcomes().get(0);
    Latency latency = outcome.latency();
    double nanos = figures.getOrDefault(Metric.NANOS_PER_OP, 0.0);
    Outcome changed =
        new Outcome(
            // The only one that this figure is of.
            figures.containsKey(Metric.RESIDENT_BYTES_PER_STORE) ? "open" : outcome.name(),
            outcome.ops(),
            outcome.rows(),
            figures.getOrDefault(Metric.OPS_PER_SECOND, 0.0),
            figures.getOrDefault(Metric.ROWS_PER_SECOND, outcome.rowsPerSecond()),
            nanos,
            nanos,
            latency(
                latency,
                figures,
                Metric.P50_NANOS,
                Metric.P95_NANOS,
                Metric.P99_NANOS,
                Metric.P999_NANOS),
            rate == 0
                ? null
                : latency(
                    latency,
                    figures,
                    Metric.RESPONSE_P50_NANOS,
                    Metric.RESPONSE_P95_NANOS,
                    Metric.RESPONSE_P99_NANOS,
                    null),
            outcome.lengths());
    Resources used = model.resources();
    return new CellResult(
        benchmark,
        model.title(),
        model.settings(),
        isCutShort,
        model.warmup(),
        model.keys(),
        List.of(changed),
        null,
        model.rate(),
        new Resources(
            figures.getOrDefault(Metric.ALLOCATED_BYTES_PER_OP, used.allocatedBytesPerOp()),
            figures.getOrDefault(Metric.CPU_NANOS_PER_OP, used.threadCpuNanosPerOp()),
            used.processCpuNanosPerOp(),
            used.gcCount(),
            used.gcMillis(),
            figures.getOrDefault(Metric.PEAK_RSS_BYTES, (double) used.peakRssBytes()).longValue(),
            used.peakRssIsOfCell(),
            used.diskReadBytes(),
            used.diskWriteBytes(),
            otherCores),
        model.harness(),
        model.before(),
        model.after(),
        figures(model, figures),
        model.notes(),
        null);
  }

  private static SortedMap<String, Double> figures(CellResult model, Map<Metric, Double> figures) {
    SortedMap<String, Double> all = new TreeMap<>(model.figures());
    Double resident = figures.get(Metric.RESIDENT_BYTES_PER_STORE);
    if (resident != null) {
      all.put(StageNotes.RESIDENT_PER_STORE, resident / 1024);
    }
    Double limit = figures.get(Metric.SMALLEST_LIMIT_MIB);
    if (limit != null) {
      all.put(CellResult.SMALLEST_LIMIT, limit);
    }
    return all;
  }

  private static Latency latency(
      Latency model,
      Map<Metric, Double> figures,
      Metric p50,
      Metric p95,
      Metric p99,
      @Nullable Metric p999) {
    return new Latency(
        figure(figures, p50, model.p50Nanos()),
        model.p90Nanos(),
        figure(figures, p95, model.p95Nanos()),
        figure(figures, p99, model.p99Nanos()),
        figure(figures, p999, model.p999Nanos()),
        model.p9999Nanos(),
        model.maxNanos(),
        model.histogram());
  }

  private static @Nullable Long figure(
      Map<Metric, Double> figures, @Nullable Metric metric, @Nullable Long otherwise) {
    Double figure = metric == null ? null : figures.get(metric);
    return figure == null ? otherwise : (Long) Math.round(figure);
  }
}
