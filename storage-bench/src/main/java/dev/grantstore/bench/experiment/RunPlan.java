package dev.grantstore.bench.experiment;

import dev.grantstore.Durability;
import dev.grantstore.bench.run.CellRequest;
import dev.grantstore.bench.run.CellRequest.AskedCell;
import dev.grantstore.bench.run.CellRequest.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a run is to measure. Has a JSON form, so that an interrupted run can go on.
 *
 * @param toolVersion of storage-bench
 * @param tag a name that somebody gave the run, or empty
 * @param command the arguments
 * @param startedAt when the run began
 * @param engines whose stores answer
 * @param fixture the folder of a fixture; engines other than its own get a copy
 * @param cells what is asked of each engine
 * @param forks how many JVMs for each cell of each engine; 0 to measure in this one
 * @param cacheBytes memory for cached blocks, for each engine
 * @param durability what a returned write survives, in stores that are written
 * @param scratchFolder where stores are made to be written into
 * @param cellTimeout after how long a fork is ended
 * @param slowdownPercent by how much operations are prolonged on purpose, by engine's name
 * @param builds the jar of another build of this tool, by the name of the engine that it measures;
 *     what is not there this build measures
 */
public record RunPlan(
    String toolVersion,
    String tag,
    List<String> command,
    Instant startedAt,
    List<EngineSpec> engines,
    String fixture,
    List<AskedCell> cells,
    int forks,
    long cacheBytes,
    Durability durability,
    String scratchFolder,
    Duration cellTimeout,
    Map<String, Double> slowdownPercent,
    Map<String, String> builds) {

  /** More tell no more, and take days. */
  public static final int MAX_FORKS = 1_000;

  /** Copies the collections and checks the bounds. */
  public RunPlan {
    command = List.copyOf(command);
    engines = List.copyOf(engines);
    cells = List.copyOf(cells);
    slowdownPercent = Map.copyOf(slowdownPercent);
    builds = Map.copyOf(builds);
    if (forks < 0 || forks > MAX_FORKS) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "forks must be between 0 and %d: %d", MAX_FORKS, forks));
    }
    if (cacheBytes < 0) {
      throw new IllegalArgumentException("cache must not be negative: " + cacheBytes);
    }
    for (Map.Entry<String, Double> slow : slowdownPercent.entrySet()) {
      if (engines.stream().noneMatch(engine -> engine.name().equals(slow.getKey()))) {
        throw new IllegalArgumentException("no such engine to slow down: " + slow.getKey());
      }
      CellRequest.checkSlowdown(slow.getValue());
    }
    if (forks == 0 && !builds.isEmpty()) {
      throw new IllegalArgumentException("another build needs JVMs of its own: --forks 1 or more");
    }
  }

  /** {@return how often each cell is measured} */
  int rounds() {
    return Math.max(1, forks);
  }

  private static Map<String, String> options(EngineSpec engine, String address) {
    Map<String, String> options = new TreeMap<>(engine.options());
    if (!address.isEmpty()) {
      options.put(CellRequest.ADDRESS, address);
    }
    return options;
  }

  /**
   * {@return what is asked of an engine's store before anything is timed: to be compared, and to
   * have its blocks counted; {@link CellRequest#measuring} makes each cell's of it}
   *
   * @param engine one of the engines
   * @param of the folder of its fixture
   * @param address of its store, where that is no folder; empty otherwise
   */
  CellRequest look(EngineSpec engine, Path of, String address) {
    return new CellRequest(
        of.toString(),
        engine.answering(),
        options(engine, address),
        // What else a process did would be in its memory; and servers have theirs.
        forks == 0 || engine.isElsewhere()
            ? Set.of(Step.CHECK, Step.COUNT)
            : Set.of(Step.CHECK, Step.RESIDENT, Step.COUNT),
        cells,
        cacheBytes,
        durability,
        scratchFolder,
        slowdownPercent.getOrDefault(engine.name(), 0.0));
  }
}
