package dev.grantstore.bench.report.html;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** One bar for each engine, fastest first, with its interval and its forks. */
final class BarChart {
  private static final double ROW = 42;
  private static final double BAR = 14;
  private static final double FOOT = 20;
  private static final double MARGIN = 6;

  private BarChart() {}

  static Element of(Comparison comparison, Marks marks, Drawings drawings) {
    List<Contender> rows = comparison.contenders();
    double bottom = rows.size() * ROW;
    Element svg =
        drawings.start(
            comparison.question().title(comparison.outcome())
                + ": "
                + comparison.yardstick().title(),
            description(comparison),
            bottom + FOOT);
    double most = rows.stream().mapToDouble(row -> row.figure().highest()).max().orElse(1);
    Axis axis = Axis.fromZero(most, MARGIN, Drawings.WIDTH - MARGIN);
    for (double tick : axis.ticks()) {
      double x = axis.at(tick);
      svg.add(Drawings.line("grid", x, 0, x, bottom));
      String anchor = tick == 0 ? "start" : x > Drawings.WIDTH - 30 ? "end" : "middle";
      svg.add(tickLabel(comparison.yardstick(), tick, x, bottom + 14, anchor));
    }
    for (int i = 0; i < rows.size(); i++) {
      svg.add(row(comparison.yardstick(), rows.get(i), axis, i * ROW, marks));
    }
    return svg;
  }

  private static Element tickLabel(
      Yardstick yardstick, double tick, double x, double y, String anchor) {
    String words = tick == 0 ? "0" : yardstick.words(tick);
    return Drawings.label(words, x, y, anchor).with("class", "tick");
  }

  private static Element row(
      Yardstick yardstick, Contender row, Axis axis, double top, Marks marks) {
    Figure figure = row.figure();
    String value = yardstick.words(figure.value());
    Element group = Element.styled("g", marks.colour(row.engine()));
    group.add(Element.of("title", words(yardstick, row)));
    group.add(marks.shape(row.engine(), 11, top + 11));
    double room = Drawings.WIDTH - 30 - Drawings.widthOf(value) - MARGIN;
    group.add(
        Drawings.label(Drawings.fitted(row.engine(), room), 21, top + 15, "start")
            .with("class", "strong"));
    group.add(Drawings.label(value, Drawings.WIDTH - MARGIN, top + 15, "end"));
    double y = top + 20;
    group.add(
        Element.styled("rect", "bar")
            .with("x", axis.start())
            .with("y", y)
            .with("width", Math.max(1, axis.at(figure.value()) - axis.start()))
            .with("height", BAR)
            .with("rx", 1.5));
    double middle = y + BAR / 2;
    for (double fork : figure.forks()) {
      group.add(
          Element.styled("circle", "fork")
              .with("cx", axis.at(fork))
              .with("cy", middle)
              .with("r", 2.2));
    }
    if (figure.hasInterval()) {
      group.add(Drawings.whisker(false, middle, axis.at(figure.low()), axis.at(figure.high())));
    }
    return group;
  }

  private static String description(Comparison comparison) {
    return comparison.contenders().stream()
        .map(row -> words(comparison.yardstick(), row))
        .collect(Collectors.joining("; ", "", "."));
  }

  private static String words(Yardstick yardstick, Contender row) {
    return row.engine() + " " + words(yardstick, row.figure());
  }

  /** {@return a figure in words, with how far it is to be trusted} */
  static String words(Yardstick yardstick, Figure figure) {
    String interval =
        figure.hasInterval()
            ? String.format(
                Locale.ROOT,
                "95 %% interval %s to %s",
                yardstick.words(figure.low()),
                yardstick.words(figure.high()))
            : "too few forks to say how far it scatters";
    return String.format(
        Locale.ROOT,
        "%s (%s; n = %s)",
        yardstick.words(figure.value()),
        interval,
        Units.count(figure.forks().size(), "fork"));
  }
}
