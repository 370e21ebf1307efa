package dev.grantstore.bench.export;

import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSeries.Fork;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.CellSettings.KeyDistribution;
import dev.grantstore.bench.result.CellSettings.Temperature;
import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.EngineResult;
import dev.grantstore.tool.ForeignText;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Text as Go's benchmarks print it, so that {@code benchstat} reads it: a line for each fork and
 * outcome.
 *
 * <p>A name is {@code BenchmarkG2/engine=rocksdb/threads=1-2}: the benchmark, what was measured as
 * keys and values, and after the hyphen the number of cores. {@code benchstat -col /engine FILE}
 * puts engines side by side, {@code benchstat OLD NEW} compares two runs. The number of iterations
 * is the number of operations. Blanks, commas and slashes in names are underscores.
 */
public final class GoForm {
  private GoForm() {}

  /**
   * {@return the result as benchmark text}
   *
   * @param result any
   */
  public static String render(RunResult result) {
    StringBuilder out = new StringBuilder();
    out.append("pkg: dev.grantstore/storage-bench\n");
    out.append("cpu: ").append(ForeignText.line(result.environment().cpu())).append('\n');
    Set<String> digests = new LinkedHashSet<>();
    result.engines().stream().map(EngineResult::fixture).forEach(f -> digests.add(f.digest()));
    if (!digests.isEmpty()) {
      out.append("fixture: ").append(ForeignText.line(String.join(" ", digests))).append('\n');
    }
    for (Metric metric : Metric.values()) {
      String better = metric.higherIsBetter() ? "higher" : "lower";
      out.append(String.format(Locale.ROOT, "Unit %s better=%s\n", unit(metric), better));
    }
    for (CellSeries series : result.cells()) {
      for (Fork fork : series.forks()) {
        for (Outcome outcome : fork.cell().outcomes()) {
          line(result, series, fork.cell(), outcome, out);
        }
      }
    }
    return out.toString();
  }

  private static void line(
      RunResult result, CellSeries series, CellResult cell, Outcome outcome, StringBuilder out) {
    if (outcome.ops() == 0) {
      return;
    }
    out.append(name(series, outcome)).append('-').append(result.environment().cores());
    out.append(' ').append(outcome.ops());
    for (Metric metric : Metric.values()) {
      OptionalDouble value = metric.of(cell, outcome);
      if (value.isPresent() && Double.isFinite(value.getAsDouble())) {
        out.append(' ').append(Plain.number(value.getAsDouble())).append(' ').append(unit(metric));
      }
    }
    out.append('\n');
  }

  private static String name(CellSeries series, Outcome outcome) {
    CellSettings settings = series.settings();
    StringBuilder name = new StringBuilder("Benchmark").append(Plain.name(series.benchmark()));
    if (!outcome.name().equals("all")) {
      name.append("/outcome=").append(Plain.name(outcome.name()));
    }
    name.append("/engine=").append(Plain.name(series.engine()));
    name.append("/threads=").append(settings.threads());
    if (settings.distribution() != KeyDistribution.UNIFORM) {
      name.append("/distribution=").append(settings.distribution().word());
    }
    if (settings.temperature() != Temperature.WARM) {
      name.append("/temperature=").append(settings.temperature().word());
    }
    if (settings.isOpenLoop()) {
      name.append("/rate=").append(Plain.number(settings.ratePerSecond()));
    }
    return name.toString();
  }

  private static String unit(Metric metric) {
    return switch (metric) {
      case OPS_PER_SECOND -> "ops/s";
      case ROWS_PER_SECOND -> "rows/s";
      case NANOS_PER_OP -> "ns/op";
      case P50_NANOS -> "p50-ns/op";
      case P95_NANOS -> "p95-ns/op";
      case P99_NANOS -> "p99-ns/op";
      case P999_NANOS -> "p99.9-ns/op";
      case RESPONSE_P50_NANOS -> "response-p50-ns/op";
      case RESPONSE_P95_NANOS -> "response-p95-ns/op";
      case RESPONSE_P99_NANOS -> "response-p99-ns/op";
      case CPU_NANOS_PER_OP -> "cpu-ns/op";
      case ALLOCATED_BYTES_PER_OP -> "B/op";
      case PEAK_RSS_BYTES -> "peak-RSS-B";
      case RESIDENT_BYTES_PER_STORE -> "resident-B/store";
      case SMALLEST_LIMIT_MIB -> "smallest-limit-MiB";
    };
  }
}
