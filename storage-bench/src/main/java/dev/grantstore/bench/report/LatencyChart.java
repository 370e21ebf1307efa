package dev.grantstore.bench.report;

import dev.grantstore.bench.report.Drawings.Axis;
import dev.grantstore.bench.report.Drawings.Points;
import dev.grantstore.bench.result.CellResult.Latency;
import dev.grantstore.bench.result.CellResult.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** How long operations took, percentile by percentile, both axes logarithmic. */
final class LatencyChart {
  private static final double LEFT = 50;
  private static final double RIGHT = Drawings.WIDTH - 12;
  private static final double TOP = 8;
  private static final double BOTTOM = 216;
  private static final double HEIGHT = 250;

  /** Where a mark stands on every curve: 50 %, 90 %, 99 % and so on. */
  private static final double[] NINES = {0.3, 1, 2, 3, 4, 5};

  private static final String[] NAMES = {"50", "90", "99", "99.9", "99.99", "99.999"};

  private LatencyChart() {}

  private record Line(String engine, boolean response, Curve curve) {
    String name() {
      return engine + (response ? ", response" : "");
    }
  }

  /** {@return the chart; none where no engine has enough operations} */
  static Optional<Element> of(Benchmark benchmark, Drawings drawings) {
    List<Line> lines = new ArrayList<>();
    for (Measured measured : benchmark.engines()) {
      String engine = measured.engine();
      lines.add(new Line(engine, false, curve(measured, Outcome::latency)));
      lines.add(new Line(engine, true, curve(measured, Outcome::response)));
    }
    lines.removeIf(line -> line.curve().points().isEmpty());
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    Element svg =
        drawings.start(
            benchmark.title() + ": time per operation by percentile",
            lines.stream().map(LatencyChart::words).collect(Collectors.joining("; ", "", ".")),
            HEIGHT);
    Axis time = timeAxis(lines);
    Axis percentile = new Axis(false, 0, most(lines), LEFT, RIGHT);
    axes(svg, time, percentile);
    lines.forEach(line -> svg.add(drawn(line, time, percentile, drawings)));
    return Optional.of(svg);
  }

  private static Curve curve(Measured measured, Function<Outcome, @Nullable Latency> which) {
    return Curve.of(measured.outcomes().stream().map(which).filter(Objects::nonNull).toList());
  }

  private static Axis timeAxis(List<Line> lines) {
    double least = Double.MAX_VALUE;
    double most = 1;
    for (Line line : lines) {
      for (Curve.Point point : line.curve().points()) {
        least = Math.min(least, point.nanos());
        most = Math.max(most, point.nanos());
      }
    }
    return Axis.decades(least, most, BOTTOM, TOP);
  }

  private static double most(List<Line> lines) {
    return lines.stream()
        .flatMap(line -> line.curve().points().stream())
        .mapToDouble(Curve.Point::nines)
        .max()
        .orElse(1);
  }

  private static void axes(Element svg, Axis time, Axis percentile) {
    for (double tick : time.ticks()) {
      double y = time.at(tick);
      svg.add(Drawings.line("grid", LEFT, y, RIGHT, y));
      svg.add(Drawings.tick(Units.nanos(tick), LEFT - 5, y + 4, "end"));
    }
    for (int i = 0; i < NINES.length && NINES[i] <= percentile.most() + 0.01; i++) {
      double x = percentile.at(NINES[i]);
      svg.add(Drawings.line("grid", x, TOP, x, BOTTOM));
      String anchor = x > RIGHT - 20 ? "end" : "middle";
      double at = anchor.equals("end") ? RIGHT + 8 : x;
      svg.add(Drawings.tick(NAMES[i], at, BOTTOM + 14, anchor));
    }
    svg.add(Drawings.tick("% of operations took at most this", RIGHT + 8, HEIGHT - 4, "end"));
  }

  private static Element drawn(Line line, Axis time, Axis percentile, Drawings drawings) {
    String engine = line.engine();
    Element group = Element.styled("g", drawings.colour(engine));
    group.add(Element.of("title", words(line)));
    Points points = new Points();
    for (Curve.Point point : line.curve().points()) {
      points.add(percentile.at(point.nines()), time.at(point.nanos()));
    }
    group.add(Drawings.path(line.response() ? "curve dashed" : "curve", points));
    for (double nines : NINES) {
      line.curve()
          .at(nines)
          .ifPresent(
              point ->
                  group.add(
                      drawings.shape(
                          engine, percentile.at(point.nines()), time.at(point.nanos()))));
    }
    return group;
  }

  private static String words(Line line) {
    List<String> known = new ArrayList<>();
    for (int i = 0; i < NINES.length; i++) {
      String name = NAMES[i];
      line.curve()
          .at(NINES[i])
          .ifPresent(point -> known.add(name + " % within " + Units.nanos(point.nanos())));
    }
    return line.name() + ": " + String.join(", ", known);
  }

  /**
   * The times of an engine's operations, all forks together, from percentile to percentile.
   *
   * @param points in order; empty where fewer than two percentiles are known
   */
  record Curve(List<Point> points) {
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
    static Curve of(List<Latency> forks) {
      Histogram all = null;
      for (Latency fork : forks) {
        all = sum(all, fork.times());
      }
      return all == null ? new Curve(List.of()) : of(all);
    }

    private static Histogram sum(@Nullable Histogram before, Histogram more) {
      if (before == null) {
        return more;
      }
      before.setAutoResize(true);
      before.add(more);
      return before;
    }

    private static Curve of(Histogram all) {
      double most = Math.min(MOST_NINES, Math.log10(all.getTotalCount() / LEAST_BEYOND));
      List<Point> points = new ArrayList<>();
      for (int i = 0; i * STEP <= most + 1e-9; i++) {
        double nines = i * STEP;
        double percentile = 100 - 100 * Math.pow(10, -nines);
        points.add(new Point(nines, Math.max(1, all.getValueAtPercentile(percentile))));
      }
      return new Curve(points.size() < 2 ? List.of() : points);
    }

    /** {@return the time at a percentile, between the points beside it} */
    Optional<Point> at(double nines) {
      return points.stream()
          .filter(point -> Math.abs(point.nines() - nines) < STEP / 2)
          .findFirst();
    }
  }
}
