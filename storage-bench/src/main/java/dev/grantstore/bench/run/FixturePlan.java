package dev.grantstore.bench.run;

import java.nio.file.Path;
import java.util.List;

/**
 * What is to be measured on which fixture.
 *
 * @param fixture the fixture's folder
 * @param cells in this order
 * @param cacheBytes memory for the store's cached blocks
 * @param scratchFolder where stores are made to be written into; exists
 */
public record FixturePlan(
    Path fixture, List<PlannedCell> cells, long cacheBytes, Path scratchFolder) {
  /** Copies the lists. */
  public FixturePlan {
    cells = List.copyOf(cells);
  }
}
