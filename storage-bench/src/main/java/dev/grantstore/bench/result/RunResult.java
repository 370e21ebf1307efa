package dev.grantstore.bench.result;

import dev.grantstore.Excerpt;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One run: everything a reader needs to believe its figures, to compare them, or to repeat them.
 *
 * @param formatVersion of this model, {@link #FORMAT_VERSION} when written by this code
 * @param toolVersion of storage-bench
 * @param tag a name that somebody gave the run, or empty
 * @param command the arguments it was called with
 * @param startedAt when it began
 * @param endedAt when it ended
 * @param interrupted whether somebody stopped it; the forks before that are whole
 * @param method how it was measured
 * @param environment which machine
 * @param engines which engines, in the order asked for; names are unique
 * @param cells the figures: all engines of one question beside each other, in the order asked for
 * @param failures what was to be measured and was not
 * @param warnings what a reader should know before using the figures
 */
public record RunResult(
    int formatVersion,
    String toolVersion,
    String tag,
    List<String> command,
    Instant startedAt,
    Instant endedAt,
    boolean interrupted,
    Method method,
    Environment environment,
    List<EngineResult> engines,
    List<CellSeries> cells,
    List<CellFailure> failures,
    List<String> warnings) {

  /** The version of this model. */
  public static final int FORMAT_VERSION = 4;

  /** The oldest version that is read; what came later is then not known. */
  public static final int OLDEST_VERSION = 3;

  /** Copies the lists. */
  public RunResult {
    command = List.copyOf(command);
    engines = List.copyOf(engines);
    cells = List.copyOf(cells);
    failures = List.copyOf(failures);
    warnings = List.copyOf(warnings);
    Set<String> names = new HashSet<>();
    for (EngineResult engine : engines) {
      if (!names.add(engine.name())) {
        throw new IllegalArgumentException(
            "engines: one is there twice: " + Excerpt.of(engine.name()));
      }
    }
    Bounds.recent("startedAt", startedAt);
    Bounds.recent("endedAt", endedAt);
  }

  /** {@return the cells by {@link CellSeries#question}, both in the run's order} */
  public Map<String, List<CellSeries>> questions() {
    return cells.stream()
        .collect(
            Collectors.groupingBy(
                CellSeries::question, LinkedHashMap::new, Collectors.toUnmodifiableList()));
  }

  /**
   * {@return the engine of that name}
   *
   * @param name as in {@link CellSeries#engine}
   */
  public EngineResult engine(String name) {
    return engines.stream()
        .filter(engine -> engine.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such engine in the run: " + name));
  }
}
