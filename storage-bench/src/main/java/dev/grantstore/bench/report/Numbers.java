package dev.grantstore.bench.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How numbers stand in tables: commas between thousands, a dash for nothing. */
final class Numbers {
  static final String NOTHING = "-";

  private Numbers() {}

  /** {@return a whole number} */
  static String whole(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  /** {@return a whole number} */
  static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** {@return a whole number, or a dash for none} */
  static String wholeOrDash(@Nullable Long value) {
    return value == null ? NOTHING : whole(value);
  }

  /** {@return a whole number, or a dash for 0} */
  static String wholeOrDash(double value) {
    return value == 0 ? NOTHING : whole(value);
  }

  /** {@return a number to three digits or so: decimals only below a hundred; a dash for 0} */
  static String short3(double value) {
    if (value == 0 || value == Math.rint(value)) {
      return wholeOrDash(value);
    }
    return digits3(value);
  }

  /** {@return a measured number to three digits or so, with its zeros} */
  static String digits3(double value) {
    double size = Math.abs(value);
    String format = size < 0.1 ? "%.3f" : size < 10 ? "%.2f" : size < 100 ? "%.1f" : "%,.0f";
    return String.format(Locale.ROOT, format, value);
  }

  /** {@return how many times as much, with two decimals below ten} */
  static String ratio(double value) {
    String format = value < 10 ? "%.2fx" : value < 100 ? "%.1fx" : "%,.0fx";
    return String.format(Locale.ROOT, format, value);
  }

  /** {@return a number with one decimal} */
  static String oneDecimal(double value) {
    return String.format(Locale.ROOT, "%,.1f", value);
  }

  /** {@return mebibytes with one decimal, without the unit} */
  static String mebibytes(long bytes) {
    return oneDecimal((double) bytes / (1 << 20));
  }
}
