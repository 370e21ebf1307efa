package dev.grantstore.bench.report.html;

import dev.grantstore.bench.result.CellResult.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The times of an engine's operations, all forks together, from percentile to percentile.
 *
 * @param points in order; empty where fewer than two percentiles are known
 */
record LatencyCurve(List<Point> points) {
  /** How far percentiles are drawn: 99.999 %. */
  static final double MOST_NINES = 5;

  /** As in results: a percentile needs ten operations beyond it. */
  private static final double LEAST_BEYOND = 10;

  private static final double STEP = 0.05;

  /**
   * A percentile.
   *
   * @param nines how many nines it has: 1 for 90 %, 2 for 99 %, 0.3 for 50 %
   * @param nanos that share of operations took at most this
   */
  record Point(double nines, double nanos) {}

  /** {@return the curve of several forks} */
  static LatencyCurve of(List<Latency> forks) {
    Histogram all = null;
    for (Latency fork : forks) {
      all = sum(all, fork.times());
    }
    return all == null ? new LatencyCurve(List.of()) : of(all);
  }

  private static Histogram sum(@Nullable Histogram before, Histogram more) {
    if (before == null) {
      return more;
    }
    before.setAutoResize(true);
    before.add(more);
    return before;
  }

  private static LatencyCurve of(Histogram all) {
    double most = Math.min(MOST_NINES, Math.log10(all.getTotalCount() / LEAST_BEYOND));
    List<Point> points = new ArrayList<>();
    for (int i = 0; i * STEP <= most + 1e-9; i++) {
      double nines = i * STEP;
      double percentile = 100 - 100 * Math.pow(10, -nines);
      points.add(new Point(nines, Math.max(1, all.getValueAtPercentile(percentile))));
    }
    return new LatencyCurve(points.size() < 2 ? List.of() : points);
  }

  /** {@return the time at a percentile, between the points beside it} */
  Optional<Point> at(double nines) {
    return points.stream().filter(point -> Math.abs(point.nines() - nines) < STEP / 2).findFirst();
  }
}
