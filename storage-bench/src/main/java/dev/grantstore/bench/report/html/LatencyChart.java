package dev.grantstore.bench.report.html;

import dev.grantstore.bench.result.CellResult.Latency;
import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSeries.Fork;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
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

  private record Line(CellSeries series, boolean response, LatencyCurve curve) {
    String name() {
      return series.engine() + (response ? ", response" : "");
    }
  }

  /** {@return the chart; none where no engine has enough operations} */
  static Optional<Element> of(Question question, String outcome, Marks marks, Drawings drawings) {
    List<Line> lines = new ArrayList<>();
    for (CellSeries series : question.engines()) {
      lines.add(new Line(series, false, curve(series, outcome, Outcome::latency)));
      lines.add(new Line(series, true, curve(series, outcome, Outcome::response)));
    }
    lines.removeIf(line -> line.curve().points().isEmpty());
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    Element svg =
        drawings.start(
            question.title(outcome) + ": time per operation by percentile",
            lines.stream().map(LatencyChart::words).collect(Collectors.joining("; ", "", ".")),
            HEIGHT);
    Axis time = timeAxis(lines);
    Axis percentile = new Axis(false, 0, most(lines), LEFT, RIGHT);
    axes(svg, time, percentile);
    lines.forEach(line -> svg.add(drawn(line, time, percentile, marks)));
    return Optional.of(svg);
  }

  private static LatencyCurve curve(
      CellSeries series, String outcome, Function<Outcome, @Nullable Latency> which) {
    List<Latency> latencies =
        series.forks().stream()
            .map(Fork::cell)
            .flatMap(cell -> cell.outcomes().stream())
            .filter(each -> each.name().equals(outcome))
            .map(which)
            .filter(Objects::nonNull)
            .toList();
    return LatencyCurve.of(latencies);
  }

  private static Axis timeAxis(List<Line> lines) {
    double least = Double.MAX_VALUE;
    double most = 1;
    for (Line line : lines) {
      for (LatencyCurve.Point point : line.curve().points()) {
        least = Math.min(least, point.nanos());
        most = Math.max(most, point.nanos());
      }
    }
    return Axis.decades(least, most, BOTTOM, TOP);
  }

  private static double most(List<Line> lines) {
    return lines.stream()
        .flatMap(line -> line.curve().points().stream())
        .mapToDouble(LatencyCurve.Point::nines)
        .max()
        .orElse(1);
  }

  private static void axes(Element svg, Axis time, Axis percentile) {
    for (double tick : time.ticks()) {
      double y = time.at(tick);
      svg.add(Drawings.line("grid", LEFT, y, RIGHT, y));
      svg.add(Drawings.label(Units.nanos(tick), LEFT - 5, y + 4, "end").with("class", "tick"));
    }
    for (int i = 0; i < NINES.length && NINES[i] <= percentile.most() + 0.01; i++) {
      double x = percentile.at(NINES[i]);
      svg.add(Drawings.line("grid", x, TOP, x, BOTTOM));
      String anchor = x > RIGHT - 20 ? "end" : "middle";
      double at = anchor.equals("end") ? RIGHT + 8 : x;
      svg.add(Drawings.label(NAMES[i], at, BOTTOM + 14, anchor).with("class", "tick"));
    }
    svg.add(
        Drawings.label("% of operations took at most this", RIGHT + 8, HEIGHT - 4, "end")
            .with("class", "tick"));
  }

  private static Element drawn(Line line, Axis time, Axis percentile, Marks marks) {
    String engine = line.series().engine();
    Element group = Element.styled("g", marks.colour(engine));
    group.add(Element.of("title", words(line)));
    Points points = new Points();
    for (LatencyCurve.Point point : line.curve().points()) {
      points.add(percentile.at(point.nines()), time.at(point.nanos()));
    }
    group.add(Drawings.path(line.response() ? "curve dashed" : "curve", points));
    for (double nines : NINES) {
      line.curve()
          .at(nines)
          .ifPresent(
              point ->
                  group.add(
                      marks.shape(engine, percentile.at(point.nines()), time.at(point.nanos()))));
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
}
