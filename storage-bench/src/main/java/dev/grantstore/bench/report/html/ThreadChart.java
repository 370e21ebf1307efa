package dev.grantstore.bench.report.html;

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
  static Element of(List<Comparison> sweep, Marks marks, Drawings drawings) {
    Comparison first = sweep.get(0);
    Map<String, List<Contender>> byEngine = new LinkedHashMap<>();
    for (Comparison comparison : sweep) {
      for (Contender contender : comparison.contenders()) {
        byEngine.computeIfAbsent(contender.engine(), name -> new ArrayList<>()).add(contender);
      }
    }
    double most =
        sweep.stream()
            .flatMap(comparison -> comparison.contenders().stream())
            .mapToDouble(contender -> contender.figure().highest())
            .max()
            .orElse(1);
    Element svg =
        drawings.start(
            first.question().plainTitle(first.outcome()) + ": rate by number of threads",
            byEngine.entrySet().stream()
                .map(entry -> words(first.yardstick(), entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("; ", "", ".")),
            HEIGHT);
    List<Integer> threads = sweep.stream().map(ThreadChart::threads).sorted().toList();
    Axis rate = Axis.fromZero(most, BOTTOM, TOP);
    axes(svg, first.yardstick(), rate, threads);
    byEngine.forEach((engine, line) -> svg.add(line(engine, line, rate, threads, marks)));
    return svg;
  }

  private static int threads(Comparison comparison) {
    return comparison.question().settings().threads();
  }

  private static void axes(Element svg, Yardstick yardstick, Axis rate, List<Integer> threads) {
    for (double tick : rate.ticks()) {
      double y = rate.at(tick);
      svg.add(Drawings.line(tick == 0 ? "base" : "grid", LEFT, y, RIGHT, y));
      String words = tick == 0 ? "0" : yardstick.words(tick);
      svg.add(Drawings.label(words, LEFT - 5, y + 4, "end").with("class", "tick"));
    }
    for (int i = 0; i < threads.size(); i++) {
      String words = Units.count(threads.get(i), "thread");
      double x = x(i, threads.size());
      svg.add(Drawings.label(words, x, BOTTOM + 16, "middle").with("class", "tick"));
    }
  }

  private static double x(int place, int of) {
    return LEFT + (RIGHT - LEFT) * (place + 0.5) / of;
  }

  private static Element line(
      String engine, List<Contender> contenders, Axis rate, List<Integer> threads, Marks marks) {
    Element group = Element.styled("g", marks.colour(engine));
    group.add(Element.of("title", engine));
    Points points = new Points();
    List<Element> above = new ArrayList<>();
    for (int i = 0; i < threads.size(); i++) {
      for (Contender contender : contenders) {
        if (contender.series().settings().threads() == threads.get(i)) {
          Figure figure = contender.figure();
          double x = x(i, threads.size());
          points.add(x, rate.at(figure.value()));
          if (figure.hasInterval()) {
            above.add(Drawings.whisker(true, x, rate.at(figure.low()), rate.at(figure.high())));
          }
          above.add(marks.shape(engine, x, rate.at(figure.value())));
        }
      }
    }
    return group.add(Drawings.path("curve", points)).addAll(above);
  }

  private static String words(Yardstick yardstick, String engine, List<Contender> line) {
    return engine
        + ": "
        + line.stream()
            .map(
                contender ->
                    String.format(
                        Locale.ROOT,
                        "%s %s",
                        Units.count(contender.series().settings().threads(), "thread"),
                        yardstick.words(contender.figure().value())))
            .collect(Collectors.joining(", "));
  }
}
