package dev.grantstore.bench.result;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one JVM measured of one cell.
 *
 * @param round which round of the run it belongs to, from 0: in each round every cell has one fork
 * @param position its place in the order of all forks of the run, from 0
 * @param startedAt when it began
 * @param cell the figures
 */
public record Fork(int round, int position, Instant startedAt, CellResult cell) {
  /** Checks the bounds. */
  public Fork {
    Bounds.notNegative("round", round);
    Bounds.notNegative("position", position);
    Bounds.notEmpty("cell.outcomes", cell.outcomes());
  }

  /**
   * {@return the same with counters}
   *
   * @param counters null where there are none
   */
  public Fork withCounters(@Nullable ReadCounters counters) {
    return new Fork(round, position, startedAt, cell.withCounters(counters));
  }
}
