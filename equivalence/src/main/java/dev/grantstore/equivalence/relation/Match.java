package dev.grantstore.equivalence.relation;

import java.util.List;

/**
 * Operations of a workload and of its variation that must answer alike: rows and syncs one after
 * the other, the outcome that of the last. Immutable.
 *
 * @param at the number of the workload's operation that this is told of, from 1; of operations that
 *     were inserted the one before, or 0
 * @param of numbers of the workload's operations; none if the others must just go well
 * @param to numbers of the variation's operations
 */
public record Match(int at, List<Integer> of, List<Integer> to) {
  /** Copies the lists. */
  public Match {
    of = List.copyOf(of);
    to = List.copyOf(to);
    if (to.isEmpty()) {
      throw new IllegalArgumentException("nothing is held against the operations: " + of);
    }
  }
}
