package dev.grantstore.bench.report.html;

import dev.grantstore.bench.result.CellResult.RateSeries;
import dev.grantstore.bench.result.CellResult.Steadiness.Verdict;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSeries.Fork;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The rate while it was measured: a strip for each engine, a line for each fork. */
final class RateChart {
  private static final double ROW = 70;
  private static final double HEAD = 20;
  private static final double FOOT = 20;
  private static final double LEFT = 6;
  private static final double RIGHT = Drawings.WIDTH - 6;

  private RateChart() {}

  static Element of(Question question, Marks marks, Drawings drawings) {
    List<CellSeries> engines =
        question.engines().stream().filter(series -> !marks.isHarness(series.engine())).toList();
    double bottom = engines.size() * ROW;
    Element svg =
        drawings.start(
            question.title() + ": rate over time",
            engines.stream()
                .map(series -> series.engine() + ": " + state(series))
                .collect(Collectors.joining("; ", "", ".")),
            bottom + FOOT);
    for (int i = 0; i < engines.size(); i++) {
      svg.add(strip(engines.get(i), i * ROW, marks));
    }
    double seconds = question.settings().duration().toMillis() / 1e3;
    svg.add(Drawings.label("0", LEFT, bottom + 14, "start").with("class", "tick"));
    svg.add(
        Drawings.label(
                String.format(Locale.ROOT, "time measured, %s s", Units.digits(seconds)),
                RIGHT,
                bottom + 14,
                "end")
            .with("class", "tick"));
    return svg;
  }

  private static Element strip(CellSeries series, double top, Marks marks) {
    Element group = Element.styled("g", marks.colour(series.engine()));
    group.add(Element.of("title", series.engine() + ": " + state(series)));
    String state = state(series);
    double room = RIGHT - 30 - Drawings.widthOf(state);
    group.add(marks.shape(series.engine(), 11, top + 11));
    group.add(
        Drawings.label(Drawings.fitted(series.engine(), room), 21, top + 15, "start")
            .with("class", "strong"));
    group.add(Drawings.label(state, RIGHT, top + 15, "end").with("class", "tick"));
    double most =
        series.forks().stream()
            .flatMap(fork -> fork.cell().rate().windowsPerSecond().stream())
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(1);
    Axis rate = Axis.fromZero(most, top + ROW - 2, top + HEAD + 2);
    group.add(Drawings.line("base", LEFT, rate.start(), RIGHT, rate.start()));
    group.add(Drawings.line("grid", LEFT, rate.end(), RIGHT, rate.end()));
    for (Fork fork : series.forks()) {
      group.add(line(fork.cell().rate(), rate, marks, series.engine()));
    }
    String words = Units.perSecond(most, series.middle().rate().unit());
    group.add(
        Drawings.label("top: " + words, LEFT + 2, rate.start() - 5, "start")
            .with("class", "tick halo"));
    return group;
  }

  private static Element line(RateSeries series, Axis rate, Marks marks, String engine) {
    List<Double> windows = series.windowsPerSecond();
    double width = (RIGHT - LEFT) / Math.max(1, windows.size());
    if (windows.size() == 1) {
      return marks.shape(engine, (LEFT + RIGHT) / 2, rate.at(windows.get(0)));
    }
    Points points = new Points();
    for (int i = 0; i < windows.size(); i++) {
      points.add(LEFT + (i + 0.5) * width, rate.at(windows.get(i)));
    }
    return Drawings.path("thin", points);
  }

  /** {@return how steady the forks were, in a few words} */
  static String state(CellSeries series) {
    Map<Verdict, Integer> verdicts = new TreeMap<>();
    for (Fork fork : series.forks()) {
      verdicts.merge(fork.cell().rate().steadiness().verdict(), 1, Integer::sum);
    }
    if (verdicts.size() == 1) {
      return verdicts.keySet().iterator().next().words();
    }
    List<String> parts = new ArrayList<>();
    verdicts.forEach(
        (verdict, forks) -> parts.add(String.format(Locale.ROOT, "%d %s", forks, verdict.words())));
    return String.join(", ", parts);
  }
}
