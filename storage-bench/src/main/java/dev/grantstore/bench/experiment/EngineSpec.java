package dev.grantstore.bench.experiment;

import dev.grantstore.Excerpt;
import dev.grantstore.GrantStoreProvider;
import dev.grantstore.GrantStores;
import dev.grantstore.bench.benchmark.Benchmark.Needs;
import dev.grantstore.bench.compare.Builds;
import dev.grantstore.bench.run.CellRequest.Engine;
import dev.grantstore.tool.EnginePlace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An engine as somebody asks for it: {@code rocksdb}, or with settings of its own {@code
 * rocksdb?block_size=4096&compression=lz4}; one whose stores are no folders with what their
 * locations begin with, {@code kudu:HOST:PORT/PREFIX}.
 *
 * @param name unique in a run
 * @param scheme the engine's, or {@code null} for the null engine
 * @param prefix what locations of its stores begin with; empty where they are folders
 * @param options settings by the engine's own names
 */
public record EngineSpec(
    String name, String scheme, String prefix, SortedMap<String, String> options) {
  private static final String NULL = "null";
  private static final String MEMORY = "memory";

  /** Refuses a scheme that is no name: plans come from files, too. */
  public EngineSpec {
    if (!GrantStores.isName(scheme)) {
      throw new IllegalArgumentException("not an engine: " + Excerpt.of(scheme));
    }
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
  }

  /**
   * {@return the engines that a list asks for; one that comes twice is told apart by a number}
   *
   * @param texts one for each engine, at least one
   * @throws IllegalArgumentException if one has no such form
   */
  public static List<EngineSpec> parse(List<String> texts) {
    List<EngineSpec> specs = new ArrayList<>();
    for (String text : joined(texts)) {
      EngineSpec spec = parse(text.strip());
      if (specs.stream().anyMatch(other -> other.isInAnotherPlace(spec))) {
        throw new IllegalArgumentException(
            "an engine in two places, which results would not tell apart: " + Excerpt.of(text));
      }
      long same = specs.stream().filter(other -> other.isLike(spec)).count();
      specs.add(
          same == 0 ? spec : spec.named(String.format(Locale.ROOT, "%s#%d", spec.name, same + 1)));
    }
    return specs;
  }

  /**
   * {@return an engine without settings of its own}
   *
   * @param scheme the engine's
   */
  public static EngineSpec plain(String scheme) {
    return new EngineSpec(scheme, scheme, "", new TreeMap<>());
  }

  /** {@return whether it is that engine, without settings of its own} */
  boolean isPlain(String other) {
    return scheme.equals(other) && options.isEmpty();
  }

  /** {@return the same engine as the build before measures it} */
  public EngineSpec ofBase() {
    return named(name + Builds.BASE);
  }

  /** Masters of a cluster stand with commas between them, as engines do. */
  private static List<String> joined(List<String> texts) {
    List<String> joined = new ArrayList<>();
    boolean isOpen = false;
    for (String text : texts) {
      if (isOpen) {
        joined.set(joined.size() - 1, joined.get(joined.size() - 1) + "," + text);
      } else {
        joined.add(text);
      }
      String last = joined.get(joined.size() - 1);
      isOpen = last.contains(":") && !last.contains("/") && !last.contains("?");
    }
    return joined;
  }

  private static EngineSpec parse(String text) {
    int mark = text.indexOf('?');
    String place = mark < 0 ? text : text.substring(0, mark);
    String scheme = place.contains(":") ? place.substring(0, place.indexOf(':')) : place;
    GrantStoreProvider engine = GrantStores.providers().get(scheme);
    boolean isElsewhere = engine != null && !engine.isLocatedByPath();
    String prefix = isElsewhere || place.contains(":") ? EnginePlace.parse(place).prefix() : "";
    SortedMap<String, String> options = new TreeMap<>(Comparator.naturalOrder());
    if (mark >= 0) {
      for (String option : text.substring(mark + 1).split("&", -1)) {
        int equals = option.indexOf('=');
        if (equals <= 0
            || options.put(option.substring(0, equals), option.substring(equals + 1)) != null) {
          throw new IllegalArgumentException(
              "not an engine's options, write them like rocksdb?block_size=4096: "
                  + Excerpt.of(text));
        }
      }
    }
    return new EngineSpec(name(scheme, options), scheme, prefix, options);
  }

  private static String name(String scheme, Map<String, String> options) {
    return options.isEmpty()
        ? scheme
        : options.entrySet().stream()
            .map(option -> option.getKey() + "=" + option.getValue())
            .collect(Collectors.joining("&", scheme + "?", ""));
  }

  private boolean isLike(EngineSpec other) {
    return scheme.equals(other.scheme) && options.equals(other.options);
  }

  private boolean isInAnotherPlace(EngineSpec other) {
    return scheme.equals(other.scheme) && !prefix.equals(other.prefix);
  }

  private EngineSpec named(String other) {
    return new EngineSpec(other, scheme, prefix, options);
  }

  /** {@return whether its store has files} */
  public boolean hasFiles() {
    return answering() == Engine.OF_FIXTURE;
  }

  /** {@return whether its stores are no folders of this machine} */
  public boolean isElsewhere() {
    return !prefix.isEmpty();
  }

  /**
   * {@return the address of a store of it}
   *
   * @param store what the store's name has after the prefix
   */
  String address(String store) {
    return String.format(Locale.ROOT, "%s:%s%s", scheme, prefix, store);
  }

  /** {@return whether it has what a benchmark needs} */
  boolean has(Needs needs) {
    return switch (needs) {
      case NOTHING -> true;
      case ROWS -> answering() != Engine.NULL && !isElsewhere();
      case FILES -> hasFiles();
    };
  }

  /** {@return what its stores are, in a few words after its name} */
  String whatItIs() {
    return switch (answering()) {
      case OF_FIXTURE -> "its stores are folders";
      case MEMORY -> "its stores are in memory";
      case ELSEWHERE -> "its stores are in a cluster";
      case NULL -> "it keeps nothing";
    };
  }

  /** {@return whose store answers} */
  Engine answering() {
    return switch (scheme) {
      case NULL -> Engine.NULL;
      case MEMORY -> Engine.MEMORY;
      default -> isElsewhere() ? Engine.ELSEWHERE : Engine.OF_FIXTURE;
    };
  }
}
