package dev.grantstore.equivalence.card;

import dev.grantstore.equivalence.check.Coverage;
import dev.grantstore.equivalence.check.Oracle;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Many workloads, run against the engine and the reference.
 *
 * @param name what kind of workloads
 * @param origin where they came from: seeds, or depth and number of all there are
 * @param runs how many were run
 * @param coverage what they did to the engine
 * @param oracles how many answers each oracle judged
 */
public record WorkloadRuns(
    String name, String origin, long runs, Coverage coverage, SortedMap<Oracle, Long> oracles) {
  /** Copies the map. */
  public WorkloadRuns {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(coverage, "coverage");
    oracles = Collections.unmodifiableSortedMap(new TreeMap<>(oracles));
  }

  /** {@return how many operations were done} */
  public long ops() {
    return coverage.ops().values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * {@return the sum of two maps of counts}
   *
   * @param one counts
   * @param other counts
   */
  public static SortedMap<Oracle, Long> sum(Map<Oracle, Long> one, Map<Oracle, Long> other) {
    SortedMap<Oracle, Long> sum = new TreeMap<>(one);
    other.forEach((oracle, count) -> sum.merge(oracle, count, Long::sum));
    return sum;
  }
}
