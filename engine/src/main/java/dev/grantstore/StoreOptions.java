package dev.grantstore;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How to open a store. Immutable; start from {@link #of}.
 *
 * @param mode what is expected at the location
 * @param durability what a returned write survives
 * @param cacheBytes memory for what was read, blocks and pages; 0 for none. Some of it may be heap:
 *     leave room for it there
 * @param engineOptions further settings by the engine's own names; an engine refuses a name it does
 *     not know and says which there are
 */
public record StoreOptions(
    OpenMode mode, Durability durability, long cacheBytes, Map<String, String> engineOptions) {

  /** What {@link #cacheBytes} is unless set. */
  public static final long DEFAULT_CACHE_BYTES = 256L << 20;

  /** Copies the map and checks the bounds. */
  public StoreOptions {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(durability, "durability");
    engineOptions = Map.copyOf(engineOptions);
    if (cacheBytes < 0) {
      throw new IllegalArgumentException("cache bytes must not be negative: " + cacheBytes);
    }
  }

  /**
   * {@return options with {@link Durability#WAL} and the default cache}
   *
   * @param mode what is expected at the location
   */
  public static StoreOptions of(OpenMode mode) {
    return new StoreOptions(mode, Durability.WAL, DEFAULT_CACHE_BYTES, Map.of());
  }

  /**
   * {@return these options with another durability}
   *
   * @param other the durability
   */
  public StoreOptions withDurability(Durability other) {
    return new StoreOptions(mode, other, cacheBytes, engineOptions);
  }

  /**
   * {@return these options with another cache size}
   *
   * @param bytes the size
   */
  public StoreOptions withCacheBytes(long bytes) {
    return new StoreOptions(mode, durability, bytes, engineOptions);
  }

  /**
   * {@return these options with one more engine option}
   *
   * @param name the engine's name for it
   * @param value its value
   */
  public StoreOptions withEngineOption(String name, String value) {
    Map<String, String> more = new TreeMap<>(engineOptions);
    more.put(name, value);
    return new StoreOptions(mode, durability, cacheBytes, more);
  }
}
