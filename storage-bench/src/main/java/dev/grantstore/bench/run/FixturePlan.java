package dev.grantstore.bench.run;

import dev.grantstore.Durability;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is to be done with which fixture, in this JVM.
 *
 * @param fixture the fixture's folder
 * @param engine whose store answers: the fixture's own, or one that is filled from it
 * @param engineOptions settings of that store by the engine's own names
 * @param steps what is to be done
 * @param cells what is to be measured or counted, in this order
 * @param cacheBytes memory for the store's cached blocks
 * @param durability what a returned write survives, in stores that are written
 * @param scratchFolder where stores are made to be written into; exists
 * @param slowdownPercent by how much every operation is prolonged on purpose; 0 for not at all
 */
public record FixturePlan(
    Path fixture,
    AnsweringEngine engine,
    Map<String, String> engineOptions,
    Set<Step> steps,
    List<PlannedCell> cells,
    long cacheBytes,
    Durability durability,
    Path scratchFolder,
    double slowdownPercent) {

  /** One thing to do; they are done in this order. */
  public enum Step {
    /** Compare every row of the store with the manifest. */
    CHECK,
    /** Find out what the store takes in memory; wants a process that did nothing before. */
    RESIDENT,
    /** Measure the cells. */
    MEASURE,
    /** Ask some of the cells' questions once more on an engine that counts. */
    COUNT
  }

  /** Copies the collections. */
  public FixturePlan {
    engineOptions = Map.copyOf(engineOptions);
    steps = Set.copyOf(steps);
    cells = List.copyOf(cells);
    if (!(slowdownPercent >= 0 && slowdownPercent <= 1_000)) {
      throw new IllegalArgumentException(
          "slow-down must be from 0 to 1000 percent: " + slowdownPercent);
    }
  }

  /**
   * {@return all but memory, on the fixture's own store, one cell after the other}
   *
   * @param fixture the fixture's folder
   * @param cells what is to be measured
   * @param cacheBytes memory for cached blocks
   * @param scratchFolder where stores are made to be written into; exists
   */
  public static FixturePlan everything(
      Path fixture, List<PlannedCell> cells, long cacheBytes, Path scratchFolder) {
    return new FixturePlan(
        fixture,
        AnsweringEngine.OF_FIXTURE,
        Map.of(),
        Set.of(Step.CHECK, Step.MEASURE, Step.COUNT),
        cells,
        cacheBytes,
        Durability.WAL,
        scratchFolder,
        0);
  }
}
