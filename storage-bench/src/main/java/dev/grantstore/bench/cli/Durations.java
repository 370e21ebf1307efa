package dev.grantstore.bench.cli;

import dev.grantstore.Excerpt;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 10s}, {@code 500ms}, {@code 1.5m}. */
final class Durations {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,9})?)([a-z]*)");
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
   * @throws IllegalArgumentException if it means none
   */
  static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    Duration unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
    if (unit == null && text.strip().matches("0+")) {
      return Duration.ZERO;
    }
    if (unit == null) {
      throw new IllegalArgumentException(
          "not a duration: %s; write it like 500ms, 10s, 2m".formatted(Excerpt.of(text)));
    }
    try {
      BigDecimal nanos =
          new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit.toNanos()));
      return Duration.ofNanos(nanos.longValueExact());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "duration is too long, or below a nanosecond: " + Excerpt.of(text), e);
    }
  }
}
