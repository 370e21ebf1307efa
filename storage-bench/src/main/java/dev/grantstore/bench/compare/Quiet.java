package dev.grantstore.bench.compare;

import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.statistics.Median;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether others left the machine alone while forks ran that have no partner beside them. Two runs
 * that were made one after the other differ by what else the machine did, and no number of forks
 * shows that: all forks of a run share it. So nothing is claimed between them when others were
 * busy.
 */
final class Quiet {
  /** A core busy by more than this share moves the other's figures by several percent. */
  private static final double MOST_CORES = 0.25;

  private Quiet() {}

  /** {@return why not; empty if it was quiet, is not known, or does not matter to the metric} */
  static Optional<String> breach(CellSeries first, CellSeries second, Metric metric) {
    if (metric == Metric.ALLOCATED_BYTES_PER_OP || metric == Metric.PEAK_RSS_BYTES) {
      return Optional.empty();
    }
    double firstCores = otherCores(first);
    double secondCores = otherCores(second);
    if (Math.max(firstCores, secondCores) <= MOST_CORES) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "separate runs on a busy machine: others kept %.2f and %.2f cores busy, at most %.2f allow"
                + " a claim",
            Math.max(0, firstCores),
            Math.max(0, secondCores),
            MOST_CORES));
  }

  private static double otherCores(CellSeries cell) {
    return Median.of(
        cell.forks().stream().mapToDouble(f -> f.cell().resources().otherCpuCores()).toArray());
  }
}
