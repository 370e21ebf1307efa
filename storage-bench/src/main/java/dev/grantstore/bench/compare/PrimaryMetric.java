package dev.grantstore.bench.compare;

import dev.grantstore.Excerpt;
import dev.grantstore.Suggestion;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSeries.Estimate;
import dev.grantstore.bench.result.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The figure a cell is judged by unless somebody names another: in an open loop the response time
 * that 99 % do not exceed, where every fork has one; else the median service time, where every fork
 * has one, and the mean time of an operation otherwise. Where it was looked for, the smallest limit
 * of memory comes before all of them.
 *
 * <p>In an open loop the wait before an operation is what those who ask would see of a store that
 * falls behind, and it is in no service time.
 *
 * <p>The median is chosen because it stays where it is when the system takes the processor away for
 * some milliseconds, which on a shared machine moves the mean of a fork several times over (see
 * rfc/results/2026-11-21-gate.md). It is blind to everything that happens in the slower half: a
 * cache that misses in one of ten, a pause, a long list among short ones. Guard those by naming
 * {@code p99-nanos} or {@code nanos-per-op}, with a wider limit. Benchmarks of few long operations
 * (G1, G5) have no median in each fork and are judged by the mean, which is all there is.
 */
public final class PrimaryMetric {
  private PrimaryMetric() {}

  /**
   * {@return the metric}
   *
   * @param cells that are compared; those without the outcome do not count
   * @param outcome of them
   */
  static Metric of(List<CellSeries> cells, String outcome) {
    List<CellSeries> with =
        cells.stream()
            .filter(cell -> cell.estimates().stream().anyMatch(e -> e.outcome().equals(outcome)))
            .toList();
    if (with.isEmpty()) {
      return Metric.NANOS_PER_OP;
    }
    if (haveAll(with, outcome, Metric.SMALLEST_LIMIT_MIB)) {
      return Metric.SMALLEST_LIMIT_MIB;
    }
    boolean open = with.stream().allMatch(cell -> cell.settings().isOpenLoop());
    if (open && haveAll(with, outcome, Metric.RESPONSE_P99_NANOS)) {
      return Metric.RESPONSE_P99_NANOS;
    }
    return haveAll(with, outcome, Metric.P50_NANOS) ? Metric.P50_NANOS : Metric.NANOS_PER_OP;
  }

  private static boolean haveAll(List<CellSeries> cells, String outcome, Metric metric) {
    return cells.stream().allMatch(cell -> estimate(cell, outcome, metric).isPresent());
  }

  /** {@return what the forks of a cell say of a figure, if all of them have it} */
  static Optional<Estimate> estimate(CellSeries cell, String outcome, Metric metric) {
    return cell.estimates().stream()
        .filter(e -> e.outcome().equals(outcome) && e.metric() == metric)
        .findFirst();
  }

  /**
   * {@return the metric of that name}
   *
   * @param name such as {@code p99-nanos}; case does not matter
   * @throws IllegalArgumentException if there is none; the message lists the known ones
   */
  public static Metric named(String name) {
    for (Metric metric : Metric.values()) {
      if (name(metric).equals(name.strip().toLowerCase(Locale.ROOT))) {
        return metric;
      }
    }
    List<String> known = Arrays.stream(Metric.values()).map(PrimaryMetric::name).toList();
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "unknown metric: %s known=%s%s",
            Excerpt.of(name),
            known,
            Suggestion.of(name, known)));
  }

  /**
   * {@return the metric's name on the command line}
   *
   * @param metric any
   */
  public static String name(Metric metric) {
    return metric.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
