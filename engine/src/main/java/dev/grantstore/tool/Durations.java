package dev.grantstore.tool;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500ms}, {@code 10s}, {@code 1.5m}, {@code 1h30m}. */
public final class Durations {
  private static final Pattern PART = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,9})?)([a-z]+)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "us", Duration.ofNanos(1_000),
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1));

  private Durations() {}

  /**
   * {@return the duration that the text means}
   *
   * @param text numbers, each with its unit, or 0
   * @throws IllegalArgumentException if it means none
   */
  public static Duration parse(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    if (word.matches("0+")) {
      return Duration.ZERO;
    }
    BigDecimal nanos = BigDecimal.ZERO;
    Matcher part = PART.matcher(word);
    int end = 0;
    while (part.find() && part.start() == end) {
      Duration unit = UNITS.get(part.group(2));
      if (unit == null) {
        break;
      }
      BigDecimal one = BigDecimal.valueOf(unit.toNanos());
      nanos = nanos.add(new BigDecimal(part.group(1)).multiply(one));
      end = part.end();
    }
    if (end == 0 || end < word.length()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "not a duration: \"%s\"; write it like 500ms, 10s, 2m, 8h or 1h30m",
              ForeignText.excerpt(text)));
    }
    try {
      return Duration.ofNanos(nanos.longValueExact());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "duration is too long, or below a nanosecond: " + ForeignText.excerpt(text), e);
    }
  }

  /**
   * {@return how long it is, in seconds or minutes}
   *
   * @param time any
   */
  public static String text(Duration time) {
    double seconds = time.toMillis() / 1_000.0;
    return seconds < 120
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : String.format(Locale.ROOT, "%d min %d s", time.toMinutes(), time.toSecondsPart());
  }
}
