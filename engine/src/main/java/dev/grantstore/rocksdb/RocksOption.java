package dev.grantstore.rocksdb;

import dev.grantstore.Excerpt;
import dev.grantstore.keyvalue.EngineOptions;
import java.util.List;
import java.util.Locale;

/**
 * The engine options a caller may set, and which values each takes: whole numbers, or one of some
 * words. Names (in lower case), meanings and bounds are RocksDB's where nothing else is said.
 */
enum RocksOption {
  /** In bytes. */
  WRITE_BUFFER_SIZE(64 << 10),
  MAX_WRITE_BUFFER_NUMBER(1),
  LEVEL0_FILE_NUM_COMPACTION_TRIGGER(1),
  /** In bytes. */
  TARGET_FILE_SIZE_BASE(4 << 10),
  /** 0 or 1. */
  LEVEL_COMPACTION_DYNAMIC_LEVEL_BYTES(0, 1),
  /** Of new files, loaded ones too; those there are stay as they are. */
  COMPRESSION("none", "lz4", "zstd"),
  /** In bytes. */
  BLOCK_SIZE(64),
  BLOCK_RESTART_INTERVAL(1),
  /** Of new files, loaded ones too; the versions that can still be written. */
  FORMAT_VERSION(2, 6),
  /** 1 to hold them in the cache, 0 to hold them all, beside it. */
  CACHE_INDEX_AND_FILTER_BLOCKS(0, 1),
  /** Not RocksDB's name: how large a filter is where there is one, 0 for none at all. */
  BLOOM_BITS_PER_KEY(0, 100),
  /** 0 not to reserve room for files: a log takes more than a write buffer's size at once. */
  ALLOW_FALLOCATE(0, 1),
  /** Or -1 for as many as there are; RocksDB takes less than 20 for 20. */
  MAX_OPEN_FILES(16),
  /** In bytes. */
  MAX_MANIFEST_FILE_SIZE(1),
  /** Not RocksDB's: 0 to leave the rows of a sync that is sealed or loaded as they are. */
  PACKED(0, 1),
  /** Not RocksDB's: how large the pages of packed syncs are, about, in bytes. */
  PAGE_BYTES(1, 1 << 20),
  /** Not RocksDB's: 1 to count what the engine reads and writes, which costs time. */
  STATISTICS(0);

  private static final long UNBOUNDED = -1;

  private final long least;
  private final long most;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> words;

  RocksOption(long least) {
    this(least, Integer.MAX_VALUE);
  }

  RocksOption(long least, long most, String... words) {
    this.least = least;
    this.most = most;
    this.words = List.of(words);
  }

  RocksOption(String... words) {
    this(0, words.length - 1, words);
  }

  /**
   * {@return the option of that name}
   *
   * @throws IllegalArgumentException if there is none
   */
  static RocksOption named(String name) {
    return EngineOptions.named(values(), RocksOption::label, name);
  }

  /**
   * {@return the number that a text stands for; of a word, its place among the words}
   *
   * @throws IllegalArgumentException if the option does not take it
   */
  long parse(String text) {
    long value = words.isEmpty() ? EngineOptions.number(label(), text) : place(text);
    boolean isUnbounded = this == MAX_OPEN_FILES && value == UNBOUNDED;
    return isUnbounded ? value : EngineOptions.requireWithin(label(), value, least, most);
  }

  private long place(String text) {
    int place = words.indexOf(text);
    if (place < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "engine option has an unknown value: %s=%s known=%s",
              label(),
              Excerpt.of(text),
              words));
    }
    return place;
  }

  private String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
