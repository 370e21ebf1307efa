package dev.grantstore.bench.report.html;

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
            String.format(Locale.ROOT, "0 0 %s %s", Points.number(WIDTH), Points.number(height)))
        .with("role", "img")
        .with("aria-labelledby", titleId + " " + descriptionId)
        .add(Element.of("title", title).with("id", titleId))
        .add(Element.of("desc", description).with("id", descriptionId));
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
                Points.number(from),
                Points.number(place - 4),
                Points.number(place + 4),
                Points.number(place),
                Points.number(to)));
  }

  /** {@return a name, cut where it would not fit; the whole name is to be in a table nearby} */
  static String fitted(String name, double width) {
    int most = Math.max(4, (int) (width / LETTER));
    int letters = name.codePointCount(0, name.length());
    return letters <= most ? name : name.substring(0, name.offsetByCodePoints(0, most - 1)) + "…";
  }

  /** {@return about how wide a label is} */
  static double widthOf(String label) {
    return label.codePointCount(0, label.length()) * LETTER;
  }
}
