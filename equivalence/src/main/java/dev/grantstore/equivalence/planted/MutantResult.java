package dev.grantstore.equivalence.planted;

import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.run.Reduction;
import dev.grantstore.equivalence.workload.Workload;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How the harness did against one planted bug. Immutable.
 *
 * @param bug which
 * @param tries how many workloads were run, the one that found it included
 * @param searched how long that took, without the reduction
 * @param finding what found it; empty if nothing did
 */
public record MutantResult(
    PlantedBug bug, int tries, Duration searched, Optional<Finding> finding) {
  /** Refuses nulls. */
  public MutantResult {
    Objects.requireNonNull(bug, "bug");
    Objects.requireNonNull(searched, "searched");
    Objects.requireNonNull(finding, "finding");
  }

  /**
   * The workload that showed a bug, and what was left of it.
   *
   * @param workload as generated
   * @param divergence the first that it showed
   * @param reduction the smallest workload that still shows it in the same way
   */
  public record Finding(Workload workload, Divergence divergence, Reduction reduction) {}
}
