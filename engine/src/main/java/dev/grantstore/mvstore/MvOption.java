package dev.grantstore.mvstore;

import dev.grantstore.StoreOptions;
import dev.grantstore.keyvalue.EngineOptions;
import java.util.EnumMap;
import java.util.Map;

/** The engine options a caller may set: whole numbers, by MVStore's own names and meanings. */
enum MvOption {
  /** The most keys in a page; what is stored already stays as it is. */
  KEYS_PER_PAGE("keysPerPage", 4, 200, 48),
  /** In bytes of memory, about: a larger page is split. A small cache makes it smaller. */
  PAGE_SPLIT_SIZE("pageSplitSize", 256, 16 << 20, 16 << 10),
  /** 0 for none, 1 for LZF, 2 for Deflate; of pages that are written from now on. */
  COMPRESS("compress", 0, 2, 0),
  /**
   * In percent: below this {@code settle} rewrites what is live, below the half of it writes do; 0
   * for never.
   */
  AUTO_COMPACT_FILL_RATE("autoCompactFillRate", 0, 100, 90);

  private final String label;
  private final int least;
  private final int most;
  private final int usual;

  MvOption(String label, int least, int most, int usual) {
    this.label = label;
    this.least = least;
    this.most = most;
    this.usual = usual;
  }

  /** {@return MVStore's name for it} */
  String label() {
    return label;
  }

  /**
   * {@return every option's value}
   *
   * @throws IllegalArgumentException for an unknown name, or a value that an option does not take
   */
  static Map<MvOption, Integer> valuesOf(StoreOptions options) {
    Map<MvOption, Integer> values = new EnumMap<>(MvOption.class);
    for (MvOption option : values()) {
      values.put(option, option.usual);
    }
    options
        .engineOptions()
        .forEach((name, text) -> values.put(named(name), named(name).parse(text)));
    return values;
  }

  private static MvOption named(String name) {
    return EngineOptions.named(values(), MvOption::label, name);
  }

  private int parse(String text) {
    return Math.toIntExact(EngineOptions.number(label, text, least, most));
  }
}
