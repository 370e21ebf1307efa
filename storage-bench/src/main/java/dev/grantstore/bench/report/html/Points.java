package dev.grantstore.bench.report.html;

import java.util.Locale;

/** The points of a line in a drawing, in order. One thread. */
final class Points {
  private final StringBuilder path = new StringBuilder();
  private int count;

  void add(double x, double y) {
    path.append(count == 0 ? "M" : "L").append(number(x)).append(' ').append(number(y));
    count++;
  }

  int count() {
    return count;
  }

  /** {@return them as the path of a line} */
  String path() {
    return path.toString();
  }

  /** {@return a place in a drawing, to a hundredth, without needless zeros} */
  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    String shorter = text.replaceFirst("0+$", "").replaceFirst("\\.$", "");
    return shorter.equals("-0") ? "0" : shorter;
  }
}
