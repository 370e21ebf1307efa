package dev.grantstore.sqlite;

import dev.grantstore.keyvalue.EngineOptions;
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
    return text == null ? usual : Math.toIntExact(EngineOptions.number(label, text, least, most));
  }

  /**
   * Checks names and values.
   *
   * @throws IllegalArgumentException if one is unknown, no whole number or out of range
   */
  static void check(Map<String, String> options) {
    for (String name : options.keySet()) {
      int unused = EngineOptions.named(values(), SqliteOption::label, name).of(options);
    }
  }
}
