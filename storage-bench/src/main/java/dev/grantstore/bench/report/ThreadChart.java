package dev.grantstore.bench.report;

import dev.grantstore.bench.report.Benchmark.Bar;
import dev.grantstore.bench.report.Drawings.Axis;
import dev.grantstore.bench.report.Drawings.Points;
import dev.grantstore.bench.result.CellSeries.Estimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How the rate goes with the number of threads. */
final class ThreadChart {
  private static final double LEFT = 74;
  private static final double RIGHT = Drawings.WIDTH - 16;
  private static final double TOP = 8;
  private static final double BOTTOM = 176;
  private static final double HEIGHT = 210;

  private ThreadChart() {}

  /** {@return the chart of one outcome, from comparisons that differ in threads alone} */
  static Element of(List<Benchmark> sweep, Drawings drawings) {
    Benchmark first = sweep.get(0);
    Map<String, List<Bar>> byEngine = new LinkedHashMap<>();
    for (Benchmark benchmark : sweep) {
      for (Bar bar : benchmark.stores()) {
        byEngine.computeIfAbsent(bar.engine(), name -> new ArrayList<>()).add(bar);
      }
    }
    double most =
        sweep.stream()
            .flatMap(benchmark -> benchmark.stores().stream())
            .mapToDouble(Bar::highest)
            .max()
            .orElse(1);
    Element svg =
        drawings.start(
            first.plainTitle() + ": rate by number of threads",
            byEngine.entrySet().stream()
                .map(entry -> words(first, entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("; ", "", ".")),
            HEIGHT);
    List<Integer> threads =
        sweep.stream().map(benchmark -> benchmark.settings().threads()).sorted().toList();
    Axis rate = Axis.fromZero(most, BOTTOM, TOP);
    axes(svg, first, rate, threads);
    byEngine.forEach((engine, line) -> svg.add(line(engine, line, rate, threads, drawings)));
    return svg;
  }

  private static void axes(Element svg, Benchmark first, Axis rate, List<Integer> threads) {
    for (double tick : rate.ticks()) {
      double y = rate.at(tick);
      svg.add(Drawings.line(tick == 0 ? "base" : "grid", LEFT, y, RIGHT, y));
      String words = tick == 0 ? "0" : first.drawn(tick);
      svg.add(Drawings.tick(words, LEFT - 5, y + 4, "end"));
    }
    for (int i = 0; i < threads.size(); i++) {
      String words = Units.count(threads.get(i), "thread");
      double x = x(i, threads.size());
      svg.add(Drawings.tick(words, x, BOTTOM + 16, "middle"));
    }
  }

  private static double x(int place, int of) {
    return LEFT + (RIGHT - LEFT) * (place + 0.5) / of;
  }

  private static Element line(
      String engine, List<Bar> bars, Axis rate, List<Integer> threads, Drawings drawings) {
    Element group = Element.styled("g", drawings.colour(engine));
    group.add(Element.of("title", engine));
    Points points = new Points();
    List<Element> above = new ArrayList<>();
    for (int i = 0; i < threads.size(); i++) {
      for (Bar bar : bars) {
        if (bar.measured().series().settings().threads() == threads.get(i)) {
          Estimate figure = bar.figure();
          double x = x(i, threads.size());
          points.add(x, rate.at(figure.value()));
          if (Measured.hasInterval(figure)) {
            above.add(Drawings.whisker(true, x, rate.at(figure.low()), rate.at(figure.high())));
          }
          above.add(drawings.shape(engine, x, rate.at(figure.value())));
        }
      }
    }
    return group.add(Drawings.path("curve", points)).addAll(above);
  }

  private static String words(Benchmark first, String engine, List<Bar> line) {
    return engine
        + ": "
        + line.stream()
            .map(
                bar ->
                    String.format(
                        Locale.ROOT,
                        "%s %s",
                        Units.count(bar.measured().series().settings().threads(), "thread"),
                        first.drawn(bar.figure().value())))
            .collect(Collectors.joining(", "));
  }
}
