package dev.grantstore.bench.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSeries.Estimate;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.Environment;
import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.statistics.Bootstrap;
import dev.grantstore.fixture.json.PrettyJson;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * JSON as JMH 1.37 writes it with {@code -rf json}, so that its viewers show the result: an entry
 * for each cell and outcome, in mode {@code avgt}.
 *
 * <p>What stands for what: the benchmark is {@code dev.grantstore.bench.QUESTION.OUTCOME}; the
 * engine and the settings are its parameters; the primary metric is time per operation, in ns/op; a
 * fork has one iteration. Otherwise than in JMH the score is the median of the forks, and score
 * error and confidence are a 95 % bootstrap interval; with fewer than five forks they are {@code
 * NaN}.
 */
public final class JmhForm {
  private static final ObjectMapper MAPPER = PrettyJson.mapper().build();
  private static final String NOT_A_NUMBER = "NaN";
  private static final List<Double> PERCENTS =
      List.of(0.0, 50.0, 90.0, 95.0, 99.0, 99.9, 99.99, 99.999, 99.9999, 100.0);

  private JmhForm() {}

  /**
   * {@return the result as JSON, ended by a line feed}
   *
   * @param result any
   */
  public static String render(RunResult result) {
    ArrayNode entries = MAPPER.createArrayNode();
    for (CellSeries series : result.cells()) {
      List<String> outcomes =
          series.estimates().stream().map(Estimate::outcome).distinct().toList();
      for (String outcome : outcomes) {
        Stream.of(Metric.SMALLEST_LIMIT_MIB, Metric.NANOS_PER_OP)
            .flatMap(metric -> estimate(series, outcome, metric))
            .limit(1)
            .forEach(primary -> entry(result, series, primary, entries.addObject()));
      }
    }
    try {
      return MAPPER.writeValueAsString(entries) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("result has no JSON form", e);
    }
  }

  private static void entry(
      RunResult result, CellSeries series, Estimate primary, ObjectNode entry) {
    CellSettings settings = series.settings();
    Environment machine = result.environment();
    entry.put("jmhVersion", "storage-bench " + result.toolVersion());
    entry.put(
        "benchmark",
        String.format(
            Locale.ROOT, "dev.grantstore.bench.%s.%s", series.benchmark(), primary.outcome()));
    entry.put("mode", "avgt");
    entry.put("threads", settings.threads());
    entry.put("forks", series.forks().size());
    entry.put("jvm", machine.jvm());
    ArrayNode flags = entry.putArray("jvmArgs");
    machine.jvmFlags().forEach(flags::add);
    entry.put("jdkVersion", machine.jvm());
    entry.put("vmName", machine.jvm());
    entry.put("vmVersion", machine.jvm());
    entry.put("warmupIterations", settings.warmup().isZero() ? 0 : 1);
    entry.put("warmupTime", time(settings.warmup()));
    entry.put("warmupBatchSize", 1);
    entry.put("measurementIterations", 1);
    entry.put("measurementTime", time(settings.duration()));
    entry.put("measurementBatchSize", 1);
    parameters(result, series, entry.putObject("params"));
    metric(primary, entry.putObject("primaryMetric"));
    ObjectNode others = entry.putObject("secondaryMetrics");
    for (Metric metric : Metric.values()) {
      if (metric != primary.metric()) {
        estimate(series, primary.outcome(), metric)
            .forEach(estimate -> metric(estimate, others.putObject(name(metric))));
      }
    }
  }

  private static void parameters(RunResult result, CellSeries series, ObjectNode parameters) {
    CellSettings settings = series.settings();
    parameters.put("engine", series.engine());
    parameters.put("threads", String.valueOf(settings.threads()));
    parameters.put("distribution", settings.distribution().word());
    parameters.put("temperature", settings.temperature().word());
    parameters.put("missRatio", Plain.number(settings.missRatio()));
    parameters.put("ratePerSecond", Plain.number(settings.ratePerSecond()));
    if (!result.tag().isEmpty()) {
      parameters.put("tag", result.tag());
    }
  }

  private static void metric(Estimate estimate, ObjectNode metric) {
    metric.put("score", estimate.value());
    if (estimate.forks().size() >= Bootstrap.LEAST_VALUES) {
      double below = estimate.value() - estimate.low();
      double above = estimate.high() - estimate.value();
      metric.put("scoreError", Math.max(below, above));
      metric.putArray("scoreConfidence").add(estimate.low()).add(estimate.high());
    } else {
      metric.put("scoreError", NOT_A_NUMBER);
      metric.putArray("scoreConfidence").add(NOT_A_NUMBER).add(NOT_A_NUMBER);
    }
    ObjectNode percentiles = metric.putObject("scorePercentiles");
    List<Double> sorted = estimate.forks().stream().sorted().toList();
    PERCENTS.forEach(percent -> percentiles.put(String.valueOf(percent), at(percent, sorted)));
    metric.put("scoreUnit", unit(estimate.metric()));
    ArrayNode raw = metric.putArray("rawData");
    estimate.forks().forEach(value -> raw.addArray().add(value));
  }

  /** {@return a percentile of the scores of the forks, not of times: between two in proportion} */
  private static double at(double percent, List<Double> sorted) {
    double place = percent / 100 * (sorted.size() + 1);
    if (place < 1) {
      return sorted.get(0);
    }
    if (place >= sorted.size()) {
      return sorted.get(sorted.size() - 1);
    }
    int below = (int) place;
    double low = sorted.get(below - 1);
    return low + (place - below) * (sorted.get(below) - low);
  }

  private static String name(Metric metric) {
    return switch (metric) {
      case OPS_PER_SECOND -> "rate";
      case ROWS_PER_SECOND -> "rows.rate";
      case NANOS_PER_OP -> "time";
      case P50_NANOS -> "p0.50";
      case P95_NANOS -> "p0.95";
      case P99_NANOS -> "p0.99";
      case P999_NANOS -> "p0.999";
      case RESPONSE_P50_NANOS -> "response.p0.50";
      case RESPONSE_P95_NANOS -> "response.p0.95";
      case RESPONSE_P99_NANOS -> "response.p0.99";
      case CPU_NANOS_PER_OP -> "cpu";
      case ALLOCATED_BYTES_PER_OP -> "gc.alloc.rate.norm";
      case PEAK_RSS_BYTES -> "peak.rss";
      case RESIDENT_BYTES_PER_STORE -> "resident.per.store";
      case SMALLEST_LIMIT_MIB -> "smallest.limit";
    };
  }

  private static String unit(Metric metric) {
    return switch (metric) {
      case OPS_PER_SECOND -> "ops/s";
      case ROWS_PER_SECOND -> "rows/s";
      case NANOS_PER_OP,
          P50_NANOS,
          P95_NANOS,
          P99_NANOS,
          P999_NANOS,
          RESPONSE_P50_NANOS,
          RESPONSE_P95_NANOS,
          RESPONSE_P99_NANOS,
          CPU_NANOS_PER_OP ->
          "ns/op";
      case ALLOCATED_BYTES_PER_OP -> "B/op";
      case PEAK_RSS_BYTES -> "B";
      case RESIDENT_BYTES_PER_STORE -> "B/store";
      case SMALLEST_LIMIT_MIB -> "MiB";
    };
  }

  private static Stream<Estimate> estimate(CellSeries series, String outcome, Metric metric) {
    return series.estimates().stream()
        .filter(e -> e.outcome().equals(outcome) && e.metric() == metric)
        .limit(1);
  }

  /** As JMH writes it: a whole number and the unit. */
  private static String time(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
