package dev.grantstore.equivalence.campaign;

import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.workload.Workload;
import java.util.Objects;

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
