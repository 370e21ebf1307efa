package dev.grantstore.bench.report.html;

import dev.grantstore.bench.result.CellResult.Latency;
import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSeries.Estimate;
import dev.grantstore.bench.result.CellSeries.Fork;
import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.statistics.Bootstrap;
import dev.grantstore.bench.statistics.Median;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A figure that engines are compared by.
 *
 * @param value the middle of the forks
 * @param low the lower end of its interval
 * @param high the upper end
 * @param forks the figure of each fork
 */
record Figure(double value, double low, double high, List<Double> forks) {

  static Optional<Figure> of(CellSeries series, String outcome, Metric metric) {
    return series.estimates().stream()
        .filter(e -> e.outcome().equals(outcome) && e.metric() == metric)
        .findFirst()
        .map(Figure::of);
  }

  private static Figure of(Estimate estimate) {
    return new Figure(estimate.value(), estimate.low(), estimate.high(), estimate.forks());
  }

  /** {@return the response time that 99 % do not exceed, where every fork has one} */
  static Optional<Figure> responseP99(CellSeries series, String outcome) {
    List<Double> forks = new ArrayList<>();
    for (Fork fork : series.forks()) {
      for (Outcome each : fork.cell().outcomes()) {
        Latency response = each.response();
        if (each.name().equals(outcome) && response != null && response.p99Nanos() != null) {
          forks.add((double) response.p99Nanos());
        }
      }
    }
    if (forks.size() < series.forks().size()) {
      return Optional.empty();
    }
    double[] values = forks.stream().mapToDouble(Double::doubleValue).toArray();
    Bootstrap.Interval interval = Bootstrap.interval(values, Median::of);
    return Optional.of(new Figure(Median.of(values), interval.low(), interval.high(), forks));
  }

  /** {@return whether there are enough forks for an interval} */
  boolean hasInterval() {
    return forks.size() >= Bootstrap.LEAST_VALUES;
  }

  double highest() {
    return forks.stream().mapToDouble(Double::doubleValue).reduce(high, Math::max);
  }

  double[] values() {
    return forks.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
