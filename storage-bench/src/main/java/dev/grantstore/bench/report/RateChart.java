package dev.grantstore.bench.report;

import dev.grantstore.bench.report.Drawings.Axis;
import dev.grantstore.bench.report.Drawings.Points;
import dev.grantstore.bench.result.CellResult.RateSeries;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSeries.Fork;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The rate while it was measured: a strip for each engine, a line for each fork. */
final class RateChart {
  private static final double ROW = 70;
  private static final double HEAD = 20;
  private static final double FOOT = 20;
  private static final double LEFT = 6;
  private static final double RIGHT = Drawings.WIDTH - 6;

  private RateChart() {}

  static Element of(Benchmark benchmark, Drawings drawings) {
    List<Measured> engines =
        benchmark.engines().stream().filter(each -> !each.isHarness()).toList();
    double bottom = engines.size() * ROW;
    Element svg =
        drawings.start(
            benchmark.cellTitle() + ": rate over time",
            engines.stream()
                .map(each -> each.engine() + ": " + each.steadiness())
                .collect(Collectors.joining("; ", "", ".")),
            bottom + FOOT);
    for (int i = 0; i < engines.size(); i++) {
      svg.add(strip(engines.get(i), i * ROW, drawings));
    }
    double seconds = benchmark.settings().duration().toMillis() / 1e3;
    svg.add(Drawings.tick("0", LEFT, bottom + 14, "start"));
    String words = String.format(Locale.ROOT, "time measured, %s s", Units.digits(seconds));
    svg.add(Drawings.tick(words, RIGHT, bottom + 14, "end"));
    return svg;
  }

  private static Element strip(Measured measured, double top, Drawings drawings) {
    CellSeries series = measured.series();
    String state = measured.steadiness();
    boolean isBeside = Drawings.isRoomFor(series.engine(), state);
    Element group = drawings.headed(series.engine(), isBeside ? state : "", top);
    group.add(Element.of("title", series.engine() + ": " + state));
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
      group.add(line(fork.cell().rate(), rate, drawings, series.engine()));
    }
    String words = Units.perSecond(most, series.middle().rate().unit());
    group.add(
        Drawings.label("top: " + words, LEFT + 2, rate.start() - 5, "start")
            .with("class", "tick halo"));
    if (!isBeside) {
      group.add(
          Drawings.label(state, RIGHT - 2, rate.start() - 5, "end").with("class", "tick halo"));
    }
    return group;
  }

  private static Element line(RateSeries series, Axis rate, Drawings drawings, String engine) {
    List<Double> windows = series.windowsPerSecond();
    double width = (RIGHT - LEFT) / Math.max(1, windows.size());
    if (windows.size() == 1) {
      return drawings.shape(engine, (LEFT + RIGHT) / 2, rate.at(windows.get(0)));
    }
    Points points = new Points();
    for (int i = 0; i < windows.size(); i++) {
      points.add(LEFT + (i + 0.5) * width, rate.at(windows.get(i)));
    }
    return Drawings.path("thin", points);
  }
}
