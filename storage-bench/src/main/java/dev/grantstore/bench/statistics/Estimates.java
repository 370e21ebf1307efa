package dev.grantstore.bench.statistics;

import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellSeries.Estimate;
import dev.grantstore.bench.result.CellSeries.Fork;
import dev.grantstore.bench.result.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Makes estimates of what the forks of a cell measured: medians, with bootstrap intervals. */
public final class Estimates {
  private Estimates() {}

  /**
   * {@return an estimate for each outcome and metric that every fork has a figure of}
   *
   * @param forks of one cell, at least one
   */
  public static List<Estimate> of(List<Fork> forks) {
    List<Estimate> estimates = new ArrayList<>();
    for (Outcome outcome : forks.get(0).cell().outcomes()) {
      for (Metric metric : Metric.values()) {
        List<Double> figures = figures(forks, outcome.name(), metric);
        if (figures.size() == forks.size()) {
          estimates.add(estimate(outcome.name(), metric, figures));
        }
      }
    }
    return estimates;
  }

  private static List<Double> figures(List<Fork> forks, String outcome, Metric metric) {
    List<Double> figures = new ArrayList<>();
    for (Fork fork : forks) {
      fork.cell().outcomes().stream()
          .filter(o -> o.name().equals(outcome))
          .findFirst()
          .ifPresent(o -> metric.of(fork.cell(), o).ifPresent(figures::add));
    }
    return figures;
  }

  private static Estimate estimate(String outcome, Metric metric, List<Double> figures) {
    double[] values = figures.stream().mapToDouble(Double::doubleValue).toArray();
    // Of limits that were tried: nobody tried one between two of them.
    ToDoubleFunction<double[]> middle =
        metric == Metric.SMALLEST_LIMIT_MIB ? Median::upper : Median::of;
    Bootstrap.Interval interval = Bootstrap.interval(values, middle);
    return new Estimate(
        outcome, metric, middle.applyAsDouble(values), interval.low(), interval.high(), figures);
  }
}
