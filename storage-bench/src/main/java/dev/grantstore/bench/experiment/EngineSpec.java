package dev.grantstore.bench.experiment;

import dev.grantstore.Excerpt;
import dev.grantstore.GrantStores;
import dev.grantstore.bench.benchmark.Benchmark.Needs;
import dev.grantstore.bench.compare.Builds;
import dev.grantstore.bench.run.CellRequest.Engine;
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
 * rocksdb?block_size=4096&compression=lz4}.
 *
 * @param name unique in a run
 * @param scheme the engine's, or {@code null} for the null engine
 * @param options settings by the engine's own names
 */
public record EngineSpec(String name, String scheme, SortedMap<String, String> options) {
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
    for (String text : texts) {
      EngineSpec spec = parse(text.strip());
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
    return new EngineSpec(scheme, scheme, new TreeMap<>());
  }

  /** {@return whether it is that engine, without settings of its own} */
  boolean isPlain(String other) {
    return scheme.equals(other) && options.isEmpty();
  }

  /** {@return the same engine as the build before measures it} */
  public EngineSpec ofBase() {
    return named(name + Builds.BASE);
  }

  private static EngineSpec parse(String text) {
    int mark = text.indexOf('?');
    String scheme = mark < 0 ? text : text.substring(0, mark);
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
    return new EngineSpec(name(scheme, options), scheme, options);
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

  private EngineSpec named(String other) {
    return new EngineSpec(other, scheme, options);
  }

  /** {@return whether its store has files} */
  public boolean hasFiles() {
    return answering() == Engine.OF_FIXTURE;
  }

  /** {@return whether it has what a benchmark needs} */
  boolean has(Needs needs) {
    return switch (needs) {
      case NOTHING -> true;
      case ROWS -> answering() != Engine.NULL;
      case FILES -> hasFiles();
    };
  }

  /** {@return whose store answers} */
  Engine answering() {
    return switch (scheme) {
      case NULL -> Engine.NULL;
      case MEMORY -> Engine.MEMORY;
      default -> Engine.OF_FIXTURE;
    };
  }
}
