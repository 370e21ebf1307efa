package dev.grantstore.equivalence.campaign;

import dev.grantstore.equivalence.relation.Relation;
import dev.grantstore.equivalence.workload.WorkloadGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What a campaign does. Immutable.
 *
 * @param generator makes the workloads
 * @param firstSeed the seed of the first; each further one has the next
 * @param mostTries after how many it ends
 * @param mostTime after how long no further one begins
 * @param threads how many run at once, each with stores of its own
 * @param mostFindings after how many it ends; a signature counts once
 * @param relations held as well, one with each workload in turn; none, if empty
 */
public record Plan(
    WorkloadGenerator generator,
    long firstSeed,
    long mostTries,
    Duration mostTime,
    int threads,
    int mostFindings,
    List<Relation> relations) {
  /** Copies the list and checks the numbers. */
  public Plan {
    Objects.requireNonNull(generator, "generator");
    relations = List.copyOf(relations);
    if (mostTries < 1 || threads < 1 || mostFindings < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "tries, threads and findings must be at least 1: tries=%d threads=%d findings=%d",
              mostTries,
              threads,
              mostFindings));
    }
    if (mostTime.isNegative() || mostTime.isZero()) {
      throw new IllegalArgumentException("time must be longer than nothing: " + mostTime);
    }
  }
}
