package dev.grantstore.lmdb;

import dev.grantstore.Excerpt;
import dev.grantstore.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The engine options a caller may set; whole numbers, their names in lower case. */
enum LmdbOption {
  /**
   * How large the file may become, in bytes: so much address space is taken, and neither memory nor
   * disk. A file that is larger already is mapped whole.
   */
  MAP_SIZE(1L << 40, 1L << 20, 1L << 46),
  /** How many cursors, snapshots and running reads there may be at a time. */
  MAX_READERS(1_022, 1, 65_534),
  /**
   * How long a file may be, in bytes, to have all its pages checked when it is opened for writing;
   * one that is opened for reading is checked in any case.
   */
  CHECK_PAGES_UP_TO(256L << 20, 0, 1L << 46);

  private final long usual;
  private final long least;
  private final long most;

  LmdbOption(long usual, long least, long most) {
    this.usual = usual;
    this.least = least;
    this.most = most;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@return the value of this option, which is among them or has its default} */
  long of(Map<String, String> options) {
    String text = options.get(label());
    return text == null ? usual : parse(text);
  }

  /**
   * Checks names and values.
   *
   * @throws IllegalArgumentException if one is unknown, no whole number or out of range
   */
  static void check(Map<String, String> options) {
    for (Map.Entry<String, String> entry : options.entrySet()) {
      named(entry.getKey()).parse(entry.getValue());
    }
  }

  private static LmdbOption named(String name) {
    return Arrays.stream(values())
        .filter(option -> option.label().equals(name))
        .findAny()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    String.format(
                        Locale.ROOT,
                        "unknown engine option: %s known=%s%s",
                        Excerpt.of(name),
                        labels(),
                        Suggestion.of(name, labels()))));
  }

  private static List<String> labels() {
    return Arrays.stream(values()).map(LmdbOption::label).sorted().toList();
  }

  private long parse(String text) {
    long value;
    try {
      value = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "engine option is not a whole number: %s=%s", label(), Excerpt.of(text)),
          e);
    }
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "engine option is out of range: %s=%d least=%d most=%d",
              label(),
              value,
              least,
              most));
    }
    return value;
  }
}
