package dev.grantstore.equivalence.check;

import java.util.List;

/**
 * Everything a store answered in one run, in order. Immutable.
 *
 * @param steps one for each operation and each audit
 */
public record History(List<Step> steps) {
  /** Copies the steps. */
  public History {
    steps = List.copyOf(steps);
  }

  /** {@return one line for each step} */
  public List<String> lines() {
    return steps.stream().map(Step::line).toList();
  }
}
