package dev.grantstore.equivalence.workload;

import dev.grantstore.Durability;
import dev.grantstore.Excerpt;
import dev.grantstore.Suggestion;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How a store is opened, as data: options by name. Immutable.
 *
 * <p>{@value #DURABILITY}, {@value #CACHE_BYTES} and {@value #FIRST_SYNC} are for every engine;
 * {@code rocksdb.block_size} is the engine option {@code block_size} for RocksDB, and the others
 * pass it over. What is not named is left as the engine has it.
 *
 * @param values by name; neither may hold a space
 */
public record Settings(SortedMap<String, String> values) {
  /** The name of {@link dev.grantstore.Durability}. */
  public static final String DURABILITY = "durability";

  /** The name of the cache size. */
  public static final String CACHE_BYTES = "cache_bytes";

  /** The name of the number that the first sync of a new store gets, where syncs have numbers. */
  public static final String FIRST_SYNC = "first_sync";

  /** Everything as the engine has it. */
  public static final Settings DEFAULTS = new Settings(new TreeMap<>());

  private static final Pattern NAME = Pattern.compile("[a-z0-9_]+(\\.[A-Za-z0-9_]+)?");
  private static final Pattern VALUE = Pattern.compile("[!-~]+");

  /** Copies the map, and checks that it can be written on one line. */
  public Settings {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    values.forEach(
        (name, value) -> {
          if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                String.format(
                    Locale.ROOT,
                    "not a setting, such as rocksdb.block_size=64: %s=%s",
                    name,
                    value));
          }
        });
  }

  /**
   * {@return settings of these values}
   *
   * @param values by name
   */
  public static Settings of(Map<String, String> values) {
    return new Settings(new TreeMap<>(values));
  }

  /**
   * {@return these without one}
   *
   * @param name which
   */
  public Settings without(String name) {
    SortedMap<String, String> fewer = new TreeMap<>(values);
    fewer.remove(name);
    return new Settings(fewer);
  }

  /**
   * {@return these, and the others, which win}
   *
   * @param others by name
   */
  public Settings with(Map<String, String> others) {
    SortedMap<String, String> more = new TreeMap<>(values);
    more.putAll(others);
    return new Settings(more);
  }

  /**
   * {@return the durability, if it is named}
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public Optional<Durability> durability() {
    return Optional.ofNullable(values.get(DURABILITY)).map(Settings::durability);
  }

  /**
   * {@return the cache size, if it is named}
   *
   * @throws IllegalArgumentException if it is not a whole number
   */
  public OptionalLong cacheBytes() {
    return number(CACHE_BYTES, "a number of bytes");
  }

  /**
   * {@return the number of a new store's first sync, if it is named}
   *
   * @throws IllegalArgumentException if it is not a whole number
   */
  public OptionalLong firstSync() {
    return number(FIRST_SYNC, "a sync's number");
  }

  private OptionalLong number(String name, String what) {
    String text = values.get(name);
    if (text == null) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "not %s: %s=%s", what, name, text), e);
    }
  }

  private static Durability durability(String name) {
    for (Durability durability : Durability.values()) {
      if (durability.name().equals(name)) {
        return durability;
      }
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "unknown durability: %s known=%s%s",
            Excerpt.of(name),
            Arrays.toString(Durability.values()),
            Suggestion.of(name, Arrays.stream(Durability.values()).map(Enum::name).toList())));
  }

  /** {@return the names} */
  public Set<String> names() {
    return values.keySet();
  }

  /** {@return name=value, separated by spaces; the empty text for defaults} */
  public String text() {
    StringBuilder out = new StringBuilder();
    values.forEach(
        (name, value) ->
            out.append(out.isEmpty() ? "" : " ").append(name).append('=').append(value));
    return out.toString();
  }
}
