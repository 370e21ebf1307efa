package dev.grantstore.equivalence.campaign;

import dev.grantstore.equivalence.check.Fact;
import java.util.EnumMap;
import java.util.Map;

/**
 * What so many tries must have done at the least to be worth anything (oracle O12): about a third
 * of what generated workloads of up to 200 operations do.
 */
public final class Minimums {
  /** Fewer are not judged: chance decides what they do. */
  public static final int LEAST_TRIES = 100;

  private static final Map<Fact, Integer> PER_THOUSAND_TRIES =
      new EnumMap<>(
          Map.of(
              Fact.INSERT, 2_000,
              Fact.OVERWRITE, 5_000,
              Fact.EFFECTIVE_DELETE, 1_000,
              Fact.NON_EMPTY_LIST, 1_000,
              Fact.RESUMED_PAGE, 50,
              Fact.SNAPSHOT_READ, 500,
              Fact.HELD_CURSOR_READ, 160,
              Fact.REFUSAL, 1_000,
              Fact.BULK_LOAD, 10,
              Fact.REOPENING, 10));

  private Minimums() {}

  /**
   * {@return the least count of each fact; empty for few tries}
   *
   * @param tries how many were run
   */
  public static Map<Fact, Long> of(long tries) {
    Map<Fact, Long> least = new EnumMap<>(Fact.class);
    if (tries >= LEAST_TRIES) {
      PER_THOUSAND_TRIES.forEach((fact, count) -> least.put(fact, count * tries / 1_000));
    }
    return least;
  }
}
