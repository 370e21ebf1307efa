package dev.grantstore.equivalence.campaign;

import dev.grantstore.equivalence.check.Coverage;
import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.workload.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a campaign came to. Immutable.
 *
 * @param tries workloads run to their end, each against every subject
 * @param ops operations done to each subject
 * @param elapsed from the first workload to the last
 * @param coverage how often what was done
 * @param findings the first of each signature, in the order found
 * @param stuckSeed the seed of a workload that did not end in time, if there was one
 * @param failure what kept the campaign from going on, if it was not an engine on trial
 */
public record CampaignResult(
    long tries,
    long ops,
    Duration elapsed,
    Coverage coverage,
    List<Finding> findings,
    OptionalLong stuckSeed,
    Optional<Throwable> failure) {
  /** Copies the list. */
  public CampaignResult {
    findings = List.copyOf(findings);
  }

  /**
   * A divergence, and the workload that showed it. Immutable.
   *
   * @param workload as generated
   * @param divergence the first that it showed
   * @param vote who answered alike at that place
   */
  public record Finding(Workload workload, Divergence divergence, String vote) {
    /** Refuses nulls. */
    public Finding {
      Objects.requireNonNull(workload, "workload");
      Objects.requireNonNull(divergence, "divergence");
      Objects.requireNonNull(vote, "vote");
    }
  }
}
