package dev.grantstore.bench.fork;

import dev.grantstore.Durability;
import dev.grantstore.bench.benchmark.Benchmarks;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.run.AnsweringEngine;
import dev.grantstore.bench.run.FixturePlan;
import dev.grantstore.bench.run.PlannedCell;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a fork is asked to do.
 *
 * @param fixture the fixture's folder
 * @param engine whose store answers
 * @param engineOptions settings of that store by the engine's own names
 * @param steps what is to be done
 * @param cells what is to be measured or counted
 * @param cacheBytes memory for the store's cached blocks
 * @param durability what a returned write survives, in stores that are written
 * @param scratchFolder where stores are made to be written into
 * @param slowdownPercent by how much every operation is prolonged on purpose
 */
public record ForkRequest(
    String fixture,
    AnsweringEngine engine,
    Map<String, String> engineOptions,
    Set<FixturePlan.Step> steps,
    List<AskedCell> cells,
    long cacheBytes,
    Durability durability,
    String scratchFolder,
    double slowdownPercent) {

  /**
   * A cell by its benchmark's name.
   *
   * @param benchmark such as {@code G2}
   * @param settings how it is measured
   */
  public record AskedCell(String benchmark, CellSettings settings) {
    /** {@return what is asked and how, as results name it} */
    public String question() {
      return settings.question(benchmark);
    }

    PlannedCell planned() {
      return new PlannedCell(Benchmarks.named(List.of(benchmark)).get(0), settings);
    }
  }

  /** Copies the collections. */
  public ForkRequest {
    engineOptions = Map.copyOf(engineOptions);
    steps = Set.copyOf(steps);
    cells = List.copyOf(cells);
  }

  /** {@return the same as a plan} */
  public FixturePlan plan() {
    return new FixturePlan(
        Path.of(fixture),
        engine,
        engineOptions,
        steps,
        cells.stream().map(AskedCell::planned).toList(),
        cacheBytes,
        durability,
        Path.of(scratchFolder),
        slowdownPercent);
  }
}
