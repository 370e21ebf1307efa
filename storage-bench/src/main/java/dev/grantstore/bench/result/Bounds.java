package dev.grantstore.bench.result;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** What figures of a result may be. A message begins with the name of the component. */
final class Bounds {
  private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");
  private static final Duration YEAR = Duration.ofDays(365);

  private Bounds() {}

  static void notNegative(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s: must not be negative: %s", name, value));
    }
  }

  static void notNegative(String name, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s: must not be negative: %d", name, value));
    }
  }

  static void notNegative(String name, Map<String, Long> values) {
    values.forEach((key, value) -> notNegative(name + "." + RecordJson.name(key), value));
  }

  static void positive(String name, double value) {
    notNegative(name, value);
    if (value == 0) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, "%s: must be over 0", name));
    }
  }

  static void finite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s: must be a number: %s", name, value));
    }
  }

  static void finite(String name, Map<String, Double> values) {
    values.forEach((key, value) -> finite(name + "." + RecordJson.name(key), value));
  }

  /** Beyond these, times in other units would not fit. */
  static void recent(String name, Instant time) {
    if (time.isBefore(Instant.EPOCH) || !time.isBefore(LAST)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s: must be from 1970 to 9999: %s", name, time));
    }
  }

  static void atMostAYear(String name, Duration duration) {
    if (duration.isNegative() || duration.compareTo(YEAR) > 0) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s: must be between 0 and 365 days: %s", name, duration));
    }
  }

  static void notEmpty(String name, Collection<?> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, "%s: must not be empty", name));
    }
  }
}
