package dev.grantstore.bench.testengine;

import dev.grantstore.bench.result.CellFailure;
import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.EngineResult;
import dev.grantstore.bench.result.Environment;
import dev.grantstore.bench.result.Fork;
import dev.grantstore.bench.result.Latency;
import dev.grantstore.bench.result.Outcome;
import dev.grantstore.bench.result.Resources;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.statistics.Estimates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

  private Runs() {}

  /** {@return a run without cells} */
  public static Runs aRun() {
    return new Runs();
  }

  /** Adds a cell with a fork in each round. */
  public Runs cell(String engine, String benchmark, double... p50Nanos) {
    if (engines.stream().noneMatch(e -> e.name().equals(engine))) {
      EngineResult model = MODEL.engines().get(0);
      engines.add(new EngineResult(engine, model.facts(), model.fixture(), model.disk(), null));
    }
    CellSeries model =
        MODEL.cells().stream().filter(c -> c.benchmark().equals("G2")).findFirst().orElseThrow();
    List<Fork> forks = new ArrayList<>();
    for (int round = 0; round < p50Nanos.length; round++) {
      CellResult cell = cell(benchmark, model.forks().get(0).cell(), p50Nanos[round]);
      forks.add(new Fork(round, round, Instant.EPOCH.plusSeconds(round), cell));
    }
    cells.add(
        new CellSeries(
            engine, benchmark, model.title(), settings(model), forks, Estimates.of(forks)));
    return this;
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

  private CellResult cell(String benchmark, CellResult model, double nanos) {
    Outcome outcome = model.outcomes().get(0);
    Latency latency = outcome.latency();
    Outcome changed =
        new Outcome(
            outcome.name(),
            outcome.ops(),
            outcome.rows(),
            1e9 / nanos,
            outcome.rowsPerSecond(),
            nanos,
            nanos,
            latency(latency, nanos, latency.p99Nanos()),
            rate == 0 ? null : latency(latency, nanos, Math.round(2 * nanos)),
            outcome.lengths());
    Resources used = model.resources();
    return new CellResult(
        benchmark,
        model.title(),
        model.settings(),
        false,
        model.warmup(),
        model.keys(),
        List.of(changed),
        null,
        model.rate(),
        new Resources(
            used.allocatedBytesPerOp(),
            used.threadCpuNanosPerOp(),
            used.processCpuNanosPerOp(),
            used.gcCount(),
            used.gcMillis(),
            used.peakRssBytes(),
            used.peakRssIsOfCell(),
            used.diskReadBytes(),
            used.diskWriteBytes(),
            otherCores),
        model.harness(),
        model.before(),
        model.after(),
        model.figures(),
        model.notes(),
        null);
  }

  private static Latency latency(Latency model, double p50Nanos, @Nullable Long p99Nanos) {
    return new Latency(
        Math.round(p50Nanos),
        model.p90Nanos(),
        model.p95Nanos(),
        p99Nanos,
        model.p999Nanos(),
        model.p9999Nanos(),
        model.maxNanos(),
        model.histogram());
  }
}
