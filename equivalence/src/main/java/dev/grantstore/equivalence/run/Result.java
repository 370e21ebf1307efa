package dev.grantstore.equivalence.run;

import dev.grantstore.equivalence.check.Coverage;
import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.check.History;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of running a workload. Immutable.
 *
 * @param history everything the store answered, up to a contradiction if there is one
 * @param coverage how often what was done
 * @param contradiction where the store's answers do not agree with each other, if they do not
 */
public record Result(History history, Coverage coverage, Optional<Divergence> contradiction) {
  /** Refuses nulls. */
  public Result {
    Objects.requireNonNull(history, "history");
    Objects.requireNonNull(coverage, "coverage");
    Objects.requireNonNull(contradiction, "contradiction");
  }
}
