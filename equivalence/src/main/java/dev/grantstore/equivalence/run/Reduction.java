package dev.grantstore.equivalence.run;

import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.workload.Workload;

/**
 * What a reduction came to. Immutable.
 *
 * @param workload the smallest that still fails in the same way
 * @param divergence how it fails
 * @param runs how many candidates were run
 * @param isComplete whether nothing smaller was left to try within the budget
 */
public record Reduction(Workload workload, Divergence divergence, int runs, boolean isComplete) {}
