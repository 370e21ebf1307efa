package dev.grantstore.bench.report;

import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.EngineResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Starts the drawings of a page and numbers them. All are 360 units wide, so that their letters can
 * be read where a phone shows them at their own size. One thread, one page.
 *
 * <p>A colour and a shape stand for an engine all over the page. There are eight colours and seven
 * shapes, so that the first 56 engines differ in one of them.
 */
final class Drawings {
  static final double WIDTH = 360;

  /** About how wide a letter of the labels is; fonts differ, so rather too wide. */
  private static final double LETTER = 7.9;

  private static final int COLOURS = 8;

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
  private int count;

  Drawings(RunResult result) {
    for (EngineResult engine : result.engines()) {
      places.putIfAbsent(engine.name(), places.size());
    }
    result.cells().forEach(cell -> places.putIfAbsent(cell.engine(), places.size()));
  }

  /** {@return an empty drawing, described in words for those who do not see it} */
  Element start(String title, String description, double height) {
    count++;
    String titleId = String.format(Locale.ROOT, "drawing-%d-title", count);
    String descriptionId = String.format(Locale.ROOT, "drawing-%d-description", count);
    return Element.styled("svg", "drawing")
        .with(
            "viewBox",
            String.format(Locale.ROOT, "0 0 %s %s", Element.number(WIDTH), Element.number(height)))
        .with("role", "img")
        .with("aria-labelledby", titleId + " " + descriptionId)
        .add(Element.of("title", title).with("id", titleId))
        .add(Element.of("desc", description).with("id", descriptionId));
  }

  /** {@return whether name and value of an engine stand beside each other with nothing cut} */
  static boolean isRoomFor(String engine, String value) {
    return fitted(engine, besides(value)).equals(engine);
  }

  private static double besides(String value) {
    return WIDTH - 36 - widthOf(value);
  }

  /** {@return what stands over a bar or a strip: mark, name and value of an engine} */
  Element headed(String engine, String value, double top) {
    double right = WIDTH - 6;
    return Element.styled("g", colour(engine))
        .add(shape(engine, 11, top + 11))
        .add(label(fitted(engine, besides(value)), 21, top + 15, "start").with("class", "strong"))
        .add(label(value, right, top + 15, "end"));
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

  /** {@return a small label beside an axis} */
  static Element tick(String words, double x, double y, String anchor) {
    return label(words, x, y, anchor).with("class", "tick");
  }

  static Element label(String words, double x, double y, String anchor) {
    return Element.of("text", words).with("x", x).with("y", y).with("text-anchor", anchor);
  }

  static Element line(String classes, double x1, double y1, double x2, double y2) {
    return Element.styled("line", classes)
        .with("x1", x1)
        .with("y1", y1)
        .with("x2", x2)
        .with("y2", y2);
  }

  static Element path(String classes, Points points) {
    return Element.styled("path", classes).with("d", points.path());
  }

  /** {@return a rule up and down between the ends of an interval} */
  static Element whisker(boolean upright, double place, double from, double to) {
    String d =
        upright
            ? "M%2$s %1$sH%3$sM%4$s %1$sV%5$sM%2$s %5$sH%3$s"
            : "M%1$s %2$sV%3$sM%1$s %4$sH%5$sM%5$s %2$sV%3$s";
    return Element.styled("path", "whisker")
        .with(
            "d",
            String.format(
                Locale.ROOT,
                d,
                Element.number(from),
                Element.number(place - 4),
                Element.number(place + 4),
                Element.number(place),
                Element.number(to)));
  }

  /** {@return a name, cut where it would not fit; the whole name is to be in a table nearby} */
  private static String fitted(String name, double width) {
    int most = Math.max(4, (int) (width / LETTER));
    int letters = name.codePointCount(0, name.length());
    return letters <= most ? name : name.substring(0, name.offsetByCodePoints(0, most - 1)) + "…";
  }

  /** {@return about how wide a label is} */
  private static double widthOf(String label) {
    return label.codePointCount(0, label.length()) * LETTER;
  }

  /** The points of a line in a drawing, in order. One thread. */
  static final class Points {
    private final StringBuilder path = new StringBuilder();
    private int count;

    void add(double x, double y) {
      path.append(count == 0 ? "M" : "L")
          .append(Element.number(x))
          .append(' ')
          .append(Element.number(y));
      count++;
    }

    int count() {
      return count;
    }

    /** {@return them as the path of a line} */
    String path() {
      return path.toString();
    }
  }

  /** Says where a value stands in a drawing, and which values to mark. Immutable. */
  record Axis(boolean logarithmic, double least, double most, double start, double end) {
    private static final double[] STEPS = {1, 2, 2.5, 5, 10};

    /** {@return an axis from 0} */
    static Axis fromZero(double most, double start, double end) {
      return new Axis(false, 0, most > 0 ? most : 1, start, end);
    }

    /** {@return an axis of whole decades around positive values} */
    static Axis decades(double least, double most, double start, double end) {
      double low = Math.pow(10, Math.floor(Math.log10(Math.max(1, least))));
      double high = Math.pow(10, Math.ceil(Math.log10(Math.max(1, most))));
      return new Axis(true, low, Math.max(high, low * 10), start, end);
    }

    double at(double value) {
      return start + (end - start) * share(value);
    }

    /** {@return values to mark: powers of ten, or some round ones} */
    List<Double> ticks() {
      List<Double> ticks = new ArrayList<>();
      if (logarithmic) {
        for (double tick = least; tick <= most * 1.0001; tick *= 10) {
          ticks.add(tick);
        }
        return ticks;
      }
      double step = step();
      for (int i = 0; i * step <= most; i++) {
        ticks.add(i * step);
      }
      return ticks;
    }

    private double share(double value) {
      double share =
          logarithmic
              ? Math.log(Math.max(value, least) / least) / Math.log(most / least)
              : (value - least) / (most - least);
      return Math.min(1, Math.max(0, share));
    }

    /** {@return a round step that gives three to five marks} */
    private double step() {
      double rough = most / 4;
      double decade = Math.pow(10, Math.floor(Math.log10(rough)));
      for (double step : STEPS) {
        if (step * decade >= rough) {
          return step * decade;
        }
      }
      return 10 * decade;
    }
  }
}
