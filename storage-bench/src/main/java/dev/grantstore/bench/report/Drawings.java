package dev.grantstore.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Starts drawings and numbers them. All are 360 units wide, so that their letters can be read where
 * a phone shows them at their own size. One thread, one page.
 */
final class Drawings {
  static final double WIDTH = 360;

  /** About how wide a letter of the labels is; fonts differ, so rather too wide. */
  private static final double LETTER = 7.9;

  private int count;

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

  /** {@return what stands over a bar or a strip: mark, name and value of an engine} */
  static Element headed(Marks marks, String engine, String value, double top) {
    double right = WIDTH - 6;
    return Element.styled("g", marks.colour(engine))
        .add(marks.shape(engine, 11, top + 11))
        .add(
            label(fitted(engine, right - 30 - widthOf(value)), 21, top + 15, "start")
                .with("class", "strong"))
        .add(label(value, right, top + 15, "end"));
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
