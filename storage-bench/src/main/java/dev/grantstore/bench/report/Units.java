package dev.grantstore.bench.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/**
 * How numbers are written: alone to three digits and never without a unit; in a column of text,
 * whose head has the unit, with as many decimals as a reader can use.
 */
final class Units {
  static final String NOTHING = "–";

  /** Keeps a number and its unit on one line. */
  private static final String JOIN = "\u00a0";

  private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);
  private static final String[] TIMES = {"ns", "µs", "ms", "s"};
  private static final String[] THOUSANDS = {"", "k", "M", "G"};
  private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB"};

  private Units() {}

  static String nanos(double value) {
    return scaled(value, 1000, TIMES);
  }

  static String time(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 120) {
      return nanos((double) duration.toNanos());
    }
    return seconds < 7200
        ? String.format(Locale.ROOT, "%d%smin %d%ss", seconds / 60, JOIN, seconds % 60, JOIN)
        : String.format(
            Locale.ROOT, "%d%sh %d%smin", seconds / 3600, JOIN, seconds / 60 % 60, JOIN);
  }

  /** {@return so many things a second} */
  static String perSecond(double value, String things) {
    return scaled(value, 1000, THOUSANDS) + JOIN + things + "/s";
  }

  static String bytes(long value) {
    return bytes((double) value);
  }

  static String bytes(double value) {
    return scaled(value, 1024, BINARY);
  }

  static String percent(double value) {
    return oneDecimal(value) + JOIN + "%";
  }

  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** {@return how many of something, such as {@code 1 fork} or {@code 5 forks}} */
  static String count(long value, String thing) {
    return count(value) + JOIN + thing + (value == 1 ? "" : "s");
  }

  /** {@return how many of something on average, such as {@code 1.06 blocks}} */
  static String amount(double value, String thing) {
    return digits(value) + JOIN + thing + (value == 1 ? "" : "s");
  }

  static String oneDecimal(double value) {
    return String.format(Locale.ROOT, "%,.1f", value);
  }

  /** {@return how many times, with as many decimals as a reader can use} */
  static String times(double ratio) {
    String format = ratio < 1.1 ? "%.3f×" : ratio < 10 ? "%.2f×" : ratio < 100 ? "%.1f×" : "%,.0f×";
    return String.format(Locale.ROOT, format, ratio);
  }

  /** {@return a number to three digits} */
  static String digits(double value) {
    if (Math.abs(value) >= 1000) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return BigDecimal.valueOf(value).round(THREE_DIGITS).stripTrailingZeros().toPlainString();
  }

  /** {@return a number in a column: what is whole without decimals} */
  static String column(double value) {
    return value == Math.rint(value) ? String.format(Locale.ROOT, "%,.0f", value) : measured(value);
  }

  /** {@return a measured number in a column: three digits or so, with its zeros} */
  static String measured(double value) {
    double size = Math.abs(value);
    String format =
        size == 0
            ? "%.0f"
            : size < 0.1 ? "%.3f" : size < 10 ? "%.2f" : size < 100 ? "%.1f" : "%,.0f";
    return String.format(Locale.ROOT, format, value);
  }

  /** {@return how many times as much in a column, with two decimals below ten} */
  static String ratio(double value) {
    String format = value < 10 ? "%.2fx" : value < 100 ? "%.1fx" : "%,.0fx";
    return String.format(Locale.ROOT, format, value);
  }

  private static String scaled(double value, double step, String[] units) {
    int unit = 0;
    double left = value;
    while (Math.abs(left) >= step * 0.9995 && unit < units.length - 1) {
      left /= step;
      unit++;
    }
    return units[unit].isEmpty() ? digits(left) : digits(left) + JOIN + units[unit];
  }
}
