package dev.grantstore.bench.benchmark;

import dev.grantstore.bench.measure.Halt;

/** Chooses the grants that single-row benchmarks ask for. Thread-safe. */
@FunctionalInterface
public interface GrantChoice {
  /**
   * {@return grants of the sync, at least one, no two alike}
   *
   * @param seed decides which, where there are more than can be asked for
   * @param halt ends the choice early, with fewer
   */
  AskedGrants choose(long seed, Halt halt);
}
