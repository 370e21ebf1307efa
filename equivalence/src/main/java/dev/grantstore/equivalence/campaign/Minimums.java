package dev.grantstore.equivalence.campaign;

import dev.grantstore.equivalence.check.Fact;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What so many tries must have done at the least to be worth anything (oracle O12): about a third
 * of what generated workloads of up to 200 operations do.
 */
public final class Minimums {
  /** Fewer are not judged: chance decides what they do. */
  public static final int LEAST_TRIES = 100;

  private static final Map<Fact, Integer> PER_THOUSAND_TRIES =
      new EnumMap<>(
          Map.ofEntries(
              Map.entry(Fact.INSERT, 2_000),
              Map.entry(Fact.OVERWRITE, 5_000),
              Map.entry(Fact.EFFECTIVE_DELETE, 1_000),
              Map.entry(Fact.NON_EMPTY_LIST, 1_000),
              Map.entry(Fact.RESUMED_PAGE, 50),
              Map.entry(Fact.SNAPSHOT_READ, 500),
              Map.entry(Fact.HELD_CURSOR_READ, 160),
              Map.entry(Fact.REFUSAL, 1_000),
              Map.entry(Fact.BULK_LOAD, 10),
              Map.entry(Fact.REOPENING, 10),
              Map.entry(Fact.CRASH, 3),
              Map.entry(Fact.READ_ONLY_OPENING, 3)));

  private static final Set<Fact> OF_RESTARTS =
      EnumSet.of(Fact.REOPENING, Fact.CRASH, Fact.READ_ONLY_OPENING);

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

  /**
   * {@return the least count of each fact for stores that forget everything when closed, and so are
   * never closed}
   *
   * @param tries how many were run
   */
  public static Map<Fact, Long> ofForgetful(long tries) {
    Map<Fact, Long> least = of(tries);
    least.keySet().removeAll(OF_RESTARTS);
    return least;
  }
}
