package dev.grantstore.sqlite;

import dev.grantstore.Excerpt;
import java.util.Locale;
import java.util.Map;

/** The engine option a caller may set, a whole number. */
enum SqliteOption {
  /** How many cursors, snapshots and running reads there may be at a time. */
  MAX_READERS("max_readers", 256, 1, 65_534);

  private final String label;
  private final int usual;
  private final int least;
  private final int most;

  SqliteOption(String label, int usual, int least, int most) {
    this.label = label;
    this.usual = usual;
    this.least = least;
    this.most = most;
  }

  String label() {
    return label;
  }

  /**
   * {@return the value of this option, which is among them or has its default}
   *
   * @throws IllegalArgumentException if it is no whole number or out of range
   */
  int of(Map<String, String> options) {
    String text = options.get(label);
    if (text == null) {
      return usual;
    }
    int value;
    try {
      value = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "engine option is not a whole number: " + label + "=" + Excerpt.of(text), e);
    }
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "engine option is out of range: %s=%s least=%s most=%s",
              label,
              value,
              least,
              most));
    }
    return value;
  }

  /**
   * Checks names and values.
   *
   * @throws IllegalArgumentException if one is unknown, no whole number or out of range
   */
  static void check(Map<String, String> options) {
    for (String name : options.keySet()) {
      if (!name.equals(MAX_READERS.label)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "unknown engine option: %s known=[%s]",
                Excerpt.of(name),
                MAX_READERS.label));
      }
    }
    MAX_READERS.of(options);
  }
}
