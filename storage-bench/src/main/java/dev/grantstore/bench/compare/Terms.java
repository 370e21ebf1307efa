package dev.grantstore.bench.compare;

import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.result.RunResult;
import java.util.List;

/**
 * What to compare by.
 *
 * @param limits what is tolerated
 * @param metrics which figures; empty for the primary one of each cell
 */
public record Terms(Limits limits, List<Metric> metrics) {
  /** The usual limits and the primary metric. */
  public static final Terms USUAL = new Terms(Limits.USUAL, List.of());

  /**
   * {@return the same, of what a run measured: limits of anything else are left out}
   *
   * @param part measured less than they are for
   */
  Terms of(RunResult part) {
    return new Terms(limits.of(part.cells()), metrics);
  }

  /** Copies the list. */
  public Terms {
    metrics = List.copyOf(metrics);
  }
}
