package dev.grantstore.bench.report;

import dev.grantstore.bench.report.Drawings.Axis;
import dev.grantstore.bench.result.CellSeries.Estimate;
import dev.grantstore.bench.result.RunResult.EngineResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;

/**
 * One bar for each engine: of how fast it is, with interval and forks, or of what a grant takes.
 */
final class BarChart {
  private static final double ROW = 42;
  private static final double BAR = 14;
  private static final double FOOT = 20;
  private static final double MARGIN = 6;

  /** So many shades are told apart. */
  private static final int SHADES = 6;

  private final Element svg;
  private final Axis axis;
  private final Drawings drawings;
  private int rows;

  private BarChart(Element svg, double most, Drawings drawings) {
    this.svg = svg;
    this.axis = Axis.fromZero(most, MARGIN, Drawings.WIDTH - MARGIN);
    this.drawings = drawings;
  }

  /** {@return the figure that the engines are drawn by, in the order in which they stand} */
  static Element ofRates(Benchmark benchmark, Drawings drawings) {
    List<Benchmark.Bar> bars = benchmark.stores();
    Element svg =
        drawings.start(
            benchmark.title() + ": " + benchmark.drawnTitle(),
            bars.stream()
                .map(bar -> bar.engine() + " " + benchmark.drawn(bar.figure()))
                .collect(Collectors.joining("; ", "", ".")),
            bars.size() * ROW + FOOT);
    double most = bars.stream().mapToDouble(Benchmark.Bar::highest).max().orElse(1);
    BarChart chart = new BarChart(svg, most, drawings);
    chart.ticks(bars.size(), benchmark::drawn);
    bars.forEach(bar -> chart.add(benchmark, bar));
    return svg;
  }

  /** {@return what a grant takes on disk, keyspace by keyspace} */
  static Element ofSizes(List<EngineResult> engines, Drawings drawings) {
    Element svg =
        drawings.start(
            "Bytes per grant",
            engines.stream()
                .map(engine -> engine.name() + " " + perGrant(engine.disk().bytesPerGrant()))
                .collect(Collectors.joining("; ", "", ".")),
            engines.size() * ROW + FOOT);
    double most = engines.stream().mapToDouble(e -> e.disk().bytesPerGrant()).max().orElse(1);
    BarChart chart = new BarChart(svg, most, drawings);
    chart.ticks(engines.size(), Units::bytes);
    engines.forEach(chart::add);
    return svg;
  }

  private void ticks(int bars, DoubleFunction<String> words) {
    double bottom = bars * ROW;
    for (double tick : axis.ticks()) {
      double x = axis.at(tick);
      svg.add(Drawings.line("grid", x, 0, x, bottom));
      String anchor = tick == 0 ? "start" : x > Drawings.WIDTH - 30 ? "end" : "middle";
      svg.add(Drawings.tick(tick == 0 ? "0" : words.apply(tick), x, bottom + 14, anchor));
    }
  }

  private void add(Benchmark benchmark, Benchmark.Bar bar) {
    Estimate figure = bar.figure();
    Element group =
        row(bar.engine(), benchmark.drawn(figure.value()))
            .add(Element.of("title", bar.engine() + " " + benchmark.drawn(figure)))
            .add(
                part("bar", axis.start(), Math.max(1, axis.at(figure.value()) - axis.start()))
                    .with("rx", 1.5));
    double middle = y() + BAR / 2;
    for (double fork : figure.forks()) {
      group.add(
          Element.styled("circle", "fork")
              .with("cx", axis.at(fork))
              .with("cy", middle)
              .with("r", 2.2));
    }
    if (Measured.hasInterval(figure)) {
      group.add(Drawings.whisker(false, middle, axis.at(figure.low()), axis.at(figure.high())));
    }
    rows++;
  }

  private void add(EngineResult engine) {
    Element group = row(engine.name(), perGrant(engine.disk().bytesPerGrant()));
    List<Element> parts = new ArrayList<>();
    double[] left = {axis.start()};
    StoreTables.parts(engine.disk())
        .forEach(
            (name, bytes) -> {
              double width = (axis.end() - axis.start()) * bytes / axis.most();
              parts.add(
                  part("part s" + parts.size() % SHADES, left[0], width)
                      .add(Element.of("title", name + " " + perGrant(bytes))));
              left[0] += width;
            });
    group.addAll(parts);
    rows++;
  }

  private Element row(String engine, String value) {
    Element group = drawings.headed(engine, value, rows * ROW);
    svg.add(group);
    return group;
  }

  private double y() {
    return rows * ROW + 20;
  }

  private Element part(String classes, double x, double width) {
    return Element.styled("rect", classes)
        .with("x", x)
        .with("y", y())
        .with("width", width)
        .with("height", BAR);
  }

  private static String perGrant(double bytes) {
    return Units.bytes(bytes) + "/grant";
  }
}
