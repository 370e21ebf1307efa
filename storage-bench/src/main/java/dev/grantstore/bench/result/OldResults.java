package dev.grantstore.bench.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.grantstore.bench.result.CellResult.Latency;
import java.time.Duration;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings results of earlier format versions up to this one. What came later is not known of them,
 * and null; but 95th percentiles, which version 3 lacks, are in the histograms that it has.
 */
final class OldResults {
  private static final Set<String> OF_OTHER_SCOPE =
      Set.of(
          Metric.PEAK_RSS_BYTES.name(),
          Metric.CPU_NANOS_PER_OP.name(),
          Metric.ALLOCATED_BYTES_PER_OP.name());

  private OldResults() {}

  /** Changes the tree of a result of {@link RunResult#OLDEST_VERSION} or later. */
  static void upgrade(ObjectNode result) {
    long version = result.path("formatVersion").longValue();
    result.put("formatVersion", RunResult.FORMAT_VERSION);
    // Of version 6 too: this came to be told otherwise within it.
    result.path("cells").forEach(OldResults::withoutLimitsThatNobodyTried);
    if (version < RunResult.FORMAT_VERSION) {
      // Version 6 says what was not asked; those before say it in a warning.
      result.putArray("notApplicable");
      result.path("cells").forEach(OldResults::withoutWarmUp);
      result.path("cells").forEach(OldResults::withoutOtherScope);
    }
    if (version > RunResult.OLDEST_VERSION) {
      // Version 5 added outcomes, a metric and a kind of failure, which version 4 did not need.
      return;
    }
    for (JsonNode engine : result.path("engines")) {
      if (engine instanceof ObjectNode object) {
        object.putNull("resident");
      }
    }
    for (JsonNode outcome : result.findValues("outcomes")) {
      for (JsonNode one : outcome) {
        addP95(one.path("latency"));
        addP95(one.path("response"));
      }
    }
  }

  /** It was asked for then as of all benchmarks, but these never had one. */
  private static void withoutWarmUp(JsonNode series) {
    if (series.path("benchmark").asText().matches("G(6|8|10)(x\\d+)?")) {
      withoutWarmUp(series, "settings");
      for (JsonNode fork : series.path("forks")) {
        withoutWarmUp(fork.path("cell"), "settings");
      }
    }
  }

  /** Of these benchmarks what was used is now that of the stages alone, which it was not then. */
  private static void withoutOtherScope(JsonNode series) {
    if (series.path("benchmark").asText().matches("G[79].*")) {
      for (Iterator<JsonNode> all = series.path("estimates").iterator(); all.hasNext(); ) {
        String metric = all.next().path("metric").asText();
        if (OF_OTHER_SCOPE.contains(metric)) {
          all.remove();
        }
      }
    }
  }

  /**
   * Where no limit of G8 passed, twice the largest stood as the least that does, and was compared.
   * A limit that passed is a stage, so what has no stage but the first is of that kind. Of that
   * stage times were kept too, which depend on where the way down ended.
   */
  private static void withoutLimitsThatNobodyTried(JsonNode series) {
    if (!series.path("benchmark").asText().equals("G8")) {
      return;
    }
    boolean isKnown = true;
    for (JsonNode fork : series.path("forks")) {
      JsonNode cell = fork.path("cell");
      if (cell.path("outcomes").size() == 1
          && cell.path("figures") instanceof ObjectNode figures
          && figures.path(CellResult.SMALLEST_LIMIT).isNumber()) {
        double twice = figures.remove(CellResult.SMALLEST_LIMIT).doubleValue();
        figures.put(CellResult.MORE_THAN, twice / 2);
        isKnown = false;
      }
    }
    for (Iterator<JsonNode> all = series.path("estimates").iterator(); all.hasNext(); ) {
      JsonNode estimate = all.next();
      boolean isOfLimit = estimate.path("metric").asText().equals(Metric.SMALLEST_LIMIT_MIB.name());
      if (estimate.path("outcome").asText().equals("all") && !(isOfLimit && isKnown)) {
        all.remove();
      }
    }
  }

  private static void withoutWarmUp(JsonNode of, String name) {
    if (of.path(name) instanceof ObjectNode settings) {
      settings.put("warmup", Duration.ZERO.toString());
      settings.put("mostWarmup", Duration.ZERO.toString());
    }
  }

  private static void addP95(JsonNode latency) {
    if (latency instanceof ObjectNode object) {
      object.put("p95Nanos", p95(object));
    }
  }

  private static @Nullable Long p95(ObjectNode latency) {
    try {
      return Latency.percentile(
          Latency.times(latency.path("histogram").asText()), 95, latency.path("maxNanos").asLong());
    } catch (IllegalArgumentException e) {
      // Whoever reads the result says that it is damaged.
      return null;
    }
  }
}
