package dev.grantstore.equivalence.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * What settings are drawn from: the values of each option that are worth trying, small ones above
 * all, under which little data goes a long way. Immutable.
 *
 * @param axes the values by option
 * @param extremes settings worth trying as they are
 */
public record SettingsAxes(SortedMap<String, List<String>> axes, List<Settings> extremes) {
  /** Nothing but defaults. */
  public static final SettingsAxes NONE = new SettingsAxes(new TreeMap<>(), List.of());

  /** Those of the engines of this project. */
  public static final SettingsAxes ALL =
      new SettingsAxes(
          new TreeMap<>(
              Map.ofEntries(
                  axis(Settings.DURABILITY, "SYNC", "WAL", "BULK"),
                  axis(Settings.CACHE_BYTES, "0", "8192", "8388608"),
                  axis("rocksdb.write_buffer_size", "65536", "1048576", "67108864"),
                  axis("rocksdb.max_write_buffer_number", "2", "3", "4"),
                  axis("rocksdb.level0_file_num_compaction_trigger", "1", "2", "4"),
                  axis("rocksdb.target_file_size_base", "4096", "65536", "1048576"),
                  axis("rocksdb.level_compaction_dynamic_level_bytes", "0", "1"),
                  axis("rocksdb.compression", "none", "lz4", "zstd"),
                  axis("rocksdb.block_size", "64", "4096", "32768"),
                  axis("rocksdb.block_restart_interval", "1", "16"),
                  axis("rocksdb.format_version", "2", "4", "5", "6"),
                  axis("rocksdb.cache_index_and_filter_blocks", "0", "1"),
                  axis("rocksdb.bloom_bits_per_key", "0", "1", "10"),
                  axis("rocksdb.allow_fallocate", "0", "1"),
                  axis("rocksdb.max_open_files", "16", "-1"),
                  axis("rocksdb.max_manifest_file_size", "1", "4096"))),
          List.of(
              // Nothing is logged, everything split, compacted and read from files.
              Settings.of(
                  Map.of(
                      Settings.DURABILITY,
                      "BULK",
                      Settings.CACHE_BYTES,
                      "0",
                      "rocksdb.write_buffer_size",
                      "65536",
                      "rocksdb.block_size",
                      "64",
                      "rocksdb.block_restart_interval",
                      "1",
                      "rocksdb.level0_file_num_compaction_trigger",
                      "1",
                      "rocksdb.target_file_size_base",
                      "4096")),
              // Everything stays in memory and in the log.
              Settings.of(
                  Map.of(
                      Settings.DURABILITY,
                      "WAL",
                      "rocksdb.write_buffer_size",
                      "8388608",
                      "rocksdb.max_write_buffer_number",
                      "4"))));

  /**
   * {@return the same settings each time}
   *
   * @param settings which
   */
  public static SettingsAxes only(Settings settings) {
    return new SettingsAxes(new TreeMap<>(), List.of(settings));
  }

  /** Copies. */
  public SettingsAxes {
    axes = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(axes));
    extremes = List.copyOf(extremes);
  }

  /** Four of ten: defaults; two: an extreme; four: about half of all options, any value. */
  Settings draw(SplittableRandom random) {
    if (axes.isEmpty()) {
      return extremes.isEmpty() ? Settings.DEFAULTS : pick(random, extremes);
    }
    int dice = random.nextInt(10);
    if (dice < 4) {
      return Settings.DEFAULTS;
    }
    if (dice < 6 && !extremes.isEmpty()) {
      return pick(random, extremes);
    }
    SortedMap<String, String> values = new TreeMap<>();
    axes.forEach(
        (name, among) -> {
          if (random.nextBoolean()) {
            values.put(name, pick(random, among));
          }
        });
    return new Settings(values);
  }

  private static Map.Entry<String, List<String>> axis(String name, String... values) {
    return Map.entry(name, List.of(values));
  }

  private static <T> T pick(SplittableRandom random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  /**
   * {@return settings in which any two options come together in every combination of their values,
   * or nearly: a greedy covering array}
   */
  public List<Settings> pairs() {
    List<Pair> left = new ArrayList<>(allPairs());
    List<Settings> rows = new ArrayList<>();
    while (!left.isEmpty()) {
      SortedMap<String, String> row = new TreeMap<>();
      for (Pair pair : left) {
        if (pair.fits(row)) {
          row.put(pair.name(), pair.value());
          row.put(pair.otherName(), pair.otherValue());
        }
      }
      left.removeIf(pair -> pair.isIn(row));
      rows.add(new Settings(row));
    }
    return rows;
  }

  private List<Pair> allPairs() {
    List<Pair> pairs = new ArrayList<>();
    List<String> names = List.copyOf(axes.keySet());
    for (int i = 0; i < names.size(); i++) {
      for (int j = i + 1; j < names.size(); j++) {
        for (String value : axes.getOrDefault(names.get(i), List.of())) {
          for (String other : axes.getOrDefault(names.get(j), List.of())) {
            pairs.add(new Pair(names.get(i), value, names.get(j), other));
          }
        }
      }
    }
    return pairs;
  }

  private record Pair(String name, String value, String otherName, String otherValue) {
    boolean fits(Map<String, String> row) {
      return row.getOrDefault(name, value).equals(value)
          && row.getOrDefault(otherName, otherValue).equals(otherValue);
    }

    boolean isIn(Map<String, String> row) {
      return value.equals(row.get(name)) && otherValue.equals(row.get(otherName));
    }
  }
}
