package dev.grantstore.bench.result;

import java.util.Collection;
import java.util.Map;

/** What figures of a result may be. A message begins with the name of the component. */
final class Bounds {
  private Bounds() {}

  static void notNegative(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("%s: must not be negative: %s".formatted(name, value));
    }
  }

  static void notNegative(String name, long value) {
    if (value < 0) {
      throw new IllegalArgumentException("%s: must not be negative: %d".formatted(name, value));
    }
  }

  static void notNegative(String name, Map<String, Long> values) {
    values.forEach((key, value) -> notNegative(name + "." + RecordJson.name(key), value));
  }

  static void positive(String name, double value) {
    notNegative(name, value);
    if (value == 0) {
      throw new IllegalArgumentException("%s: must be over 0".formatted(name));
    }
  }

  static void finite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("%s: must be a number: %s".formatted(name, value));
    }
  }

  static void finite(String name, Map<String, Double> values) {
    values.forEach((key, value) -> finite(name + "." + RecordJson.name(key), value));
  }

  static void notEmpty(String name, Collection<?> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("%s: must not be empty".formatted(name));
    }
  }
}
