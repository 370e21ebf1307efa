package dev.grantstore.equivalence.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Times as people write them. */
final class Times {
  private Times() {}

  /** Reads 30s, 10m, 8h, 1h30m. */
  static Duration parse(String text) {
    try {
      return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("not a time, such as 30s, 10m or 8h: " + text, e);
    }
  }

  static String text(Duration time) {
    double seconds = time.toMillis() / 1_000.0;
    return seconds < 120
        ? "%.1f s".formatted(seconds)
        : "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart());
  }
}
