package dev.grantstore.bench.report;

import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.EngineResult;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The colour and the shape that stand for an engine all over the page. There are eight colours and
 * seven shapes, so that the first 56 engines differ in one of them. Immutable.
 */
final class Marks {
  static final int COLOURS = 8;

  /** Shapes of about the same area around the origin, about ten units wide. */
  private static final List<String> SHAPES =
      List.of(
          "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z",
          "M-4 -4H4V4H-4z",
          "M0 -5.2L5 4H-5z",
          "M0 -5.6L5.6 0L0 5.6L-5.6 0z",
          "M0 5.2L5 -4H-5z",
          "M-1.7 -5H1.7V-1.7H5V1.7H1.7V5H-1.7V1.7H-5V-1.7H-1.7z",
          "M0 -5.5L1.6 -1.7L5.5 -1.6L2.5 1L3.5 5L0 2.8L-3.5 5L-2.5 1L-5.5 -1.6L-1.6 -1.7z");

  private final Map<String, Integer> places = new HashMap<>();

  Marks(RunResult result) {
    for (EngineResult engine : result.engines()) {
      places.putIfAbsent(engine.name(), places.size());
    }
    result.cells().forEach(cell -> places.putIfAbsent(cell.engine(), places.size()));
  }

  /** {@return the class that gives a drawing the engine's colour} */
  String colour(String engine) {
    return "e" + place(engine) % COLOURS;
  }

  /** {@return the engine's shape, at a place of a drawing} */
  Element shape(String engine, double x, double y) {
    return Element.styled("path", "mark")
        .with("d", SHAPES.get(place(engine) % SHAPES.size()))
        .with(
            "transform",
            String.format(Locale.ROOT, "translate(%s %s)", Element.number(x), Element.number(y)));
  }

  /** {@return the engine's shape and name, in a line of text} */
  Element name(String engine) {
    Element shape =
        Element.styled("svg", "swatch " + colour(engine))
            .with("viewBox", "-6 -6 12 12")
            .with("aria-hidden", "true")
            .add(shape(engine, 0, 0));
    return Element.styled("span", "engine").add(shape).text(engine);
  }

  /** {@return which mark stands for which engine, beside a drawing} */
  Element legend(List<String> engines) {
    Element legend = Element.styled("p", "legend");
    engines.stream().distinct().forEach(engine -> legend.add(name(engine)));
    return legend;
  }

  private int place(String engine) {
    return places.getOrDefault(engine, places.size());
  }
}
