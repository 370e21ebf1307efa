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
 * @param toolVersion of storage-bench, for the result
 * @param command the arguments, for the result
 */
public record FixturePlan(
    Path fixture,
    List<PlannedCell> cells,
    long cacheBytes,
    Path scratchFolder,
    String toolVersion,
    List<String> command) {
  /** Copies the lists. */
  public FixturePlan {
    cells = List.copyOf(cells);
    command = List.copyOf(command);
  }
}
