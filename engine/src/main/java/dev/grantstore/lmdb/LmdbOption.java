package dev.grantstore.lmdb;

import dev.grantstore.keyvalue.EngineOptions;
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
      EngineOptions.named(values(), LmdbOption::label, entry.getKey()).parse(entry.getValue());
    }
  }

  private long parse(String text) {
    return EngineOptions.number(label(), text, least, most);
  }
}
