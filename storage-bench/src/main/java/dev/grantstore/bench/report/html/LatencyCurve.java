package dev.grantstore.bench.report.html;

import dev.grantstore.bench.result.Latency;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
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

  /**
   * {@return the curve of several forks; of the percentiles that are named, if no more is known}
   */
  static LatencyCurve of(List<Latency> forks) {
    Histogram all = null;
    for (Latency fork : forks) {
      Optional<Histogram> decoded = decoded(fork.histogram());
      if (decoded.isEmpty()) {
        return named(forks.get(forks.size() / 2));
      }
      all = sum(all, decoded.get());
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

  private static LatencyCurve named(Latency latency) {
    List<Point> points = new ArrayList<>();
    add(points, Math.log10(2), latency.p50Nanos());
    add(points, 1, latency.p90Nanos());
    add(points, 2, latency.p99Nanos());
    add(points, 3, latency.p999Nanos());
    add(points, 4, latency.p9999Nanos());
    return new LatencyCurve(points.size() < 2 ? List.of() : points);
  }

  private static void add(List<Point> points, double nines, @Nullable Long nanos) {
    if (nanos != null) {
      points.add(new Point(nines, Math.max(1, nanos)));
    }
  }

  private static Optional<Histogram> decoded(String base64) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
      return Optional.of(Histogram.decodeFromCompressedByteBuffer(bytes, 1));
    } catch (DataFormatException
        | IllegalArgumentException
        | IndexOutOfBoundsException
        | BufferUnderflowException e) {
      return Optional.empty();
    }
  }

  /** {@return the time at a percentile, between the points beside it} */
  Optional<Point> at(double nines) {
    return points.stream().filter(point -> Math.abs(point.nines() - nines) < STEP / 2).findFirst();
  }
}
