package dev.grantstore.bench.compare;

import dev.grantstore.Excerpt;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much a figure may change before that counts.
 *
 * @param percent 5 for a factor of 1.05 upwards, and of 1/1.05 downwards
 */
public record Limit(double percent) {
  /** What counts however small it is. */
  public static final Limit NOTHING = new Limit(0);

  /** Of what is less than one percent: it is never said to be nothing. */
  private static final MathContext DIGITS = new MathContext(2);

  private static final Pattern FORM = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,6})?)\\s*%");

  /** Checks the bounds. */
  public Limit {
    if (!(percent >= 0 && percent < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "a limit must be at least 0 %%: %s", percent));
    }
  }

  /**
   * {@return the limit that the text means, such as {@code 5%}}
   *
   * @param text with its percent sign
   * @throws IllegalArgumentException if it means none
   */
  public static Limit parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "not a limit: %s; write it like 5%%", Excerpt.of(text)));
    }
    return new Limit(Double.parseDouble(matcher.group(1)));
  }

  /** {@return the factor that a figure may rise by, at least 1} */
  public double factor() {
    return 1 + percent / 100;
  }

  @Override
  public String toString() {
    return percent < 1
        ? new BigDecimal(percent).round(DIGITS).stripTrailingZeros().toPlainString() + " %"
        : String.format(
            Locale.ROOT, percent == Math.rint(percent) ? "%.0f %%" : "%.1f %%", percent);
  }
}
