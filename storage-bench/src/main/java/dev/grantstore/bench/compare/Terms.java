package dev.grantstore.bench.compare;

import dev.grantstore.bench.result.Metric;
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

  /** Copies the list. */
  public Terms {
    metrics = List.copyOf(metrics);
  }
}
