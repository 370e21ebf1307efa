package dev.grantstore.equivalence.relation;

import dev.grantstore.equivalence.replay.OpText;
import dev.grantstore.equivalence.workload.Op;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Decides where and how a workload is varied. Immutable.
 *
 * <p>What is decided at an operation depends on the seed and on that operation alone, so it stays
 * the same when other operations go: a reduced workload is varied as the whole one was.
 *
 * @param seed decides
 * @param leastShare the least share of places that are varied: 0 leaves it to the relation, 1 is
 *     everywhere
 */
public record Chance(long seed, double leastShare) {
  private static final long SPREAD = 0x9e3779b97f4a7c15L;

  /**
   * {@return the chance that a workload is varied with first}
   *
   * @param seed the workload's
   */
  public static Chance of(long seed) {
    return new Chance(seed, 0);
  }

  /**
   * {@return the chances worth trying when a workload is reduced, the first one of them: where a
   * name changed and with it a decision, another may still show the failure}
   *
   * @param seed the workload's
   */
  public static List<Chance> attempts(long seed) {
    return List.of(
        of(seed), new Chance(seed, 1), new Chance(seed + 1, 1), new Chance(seed + 2, 0.5));
  }

  /** {@return random numbers for the whole workload} */
  SplittableRandom once() {
    return new SplittableRandom(seed * SPREAD);
  }

  /** {@return random numbers for an operation} */
  SplittableRandom at(Op op) {
    return at(op, 0);
  }

  /** {@return other random numbers for the operation, by the number of the turn} */
  SplittableRandom at(Op op, int turn) {
    // Of the text: hash codes of records differ from one JVM to the next.
    return new SplittableRandom((seed * SPREAD + OpText.of(op).hashCode()) * SPREAD + turn);
  }

  /** {@return true in about this share of cases, or more} */
  boolean hits(SplittableRandom random, double share) {
    return random.nextDouble() < Math.max(share, leastShare);
  }
}
