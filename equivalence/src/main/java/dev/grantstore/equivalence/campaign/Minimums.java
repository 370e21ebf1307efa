package dev.grantstore.equivalence.campaign;

import dev.grantstore.equivalence.check.Fact;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What so many tries must have done at the least to be worth anything (oracle O12): about a third
 * of what generated workloads of up to 200 operations do; less of what they do seldom, so that a
 * campaign does not fall short by chance.
 */
public final class Minimums {
  /** Fewer are not judged: chance decides what they do. */
  public static final int LEAST_TRIES = 100;

  /**
   * Some facts come in crowds: one workload has many, most have none. Of 20,000 drawn campaigns of
   * 100 to 500 tries none had less than a third of a fact if that third was at least so many.
   */
  private static final int SURE = 40;

  /** Where a third is fewer, half of it may by chance not come. */
  private static final int LEAST_ASKED = 5;

  private static final Map<Fact, Integer> PER_THOUSAND_TRIES =
      new EnumMap<>(
          Map.ofEntries(
              Map.entry(Fact.INSERT, 2_500),
              Map.entry(Fact.OVERWRITE, 12_000),
              Map.entry(Fact.EFFECTIVE_DELETE, 1_000),
              Map.entry(Fact.NON_EMPTY_LIST, 1_000),
              Map.entry(Fact.RESUMED_PAGE, 150),
              Map.entry(Fact.SNAPSHOT_READ, 800),
              Map.entry(Fact.AS_OF, 150),
              Map.entry(Fact.HELD_CURSOR_READ, 200),
              Map.entry(Fact.REFUSAL, 2_000),
              Map.entry(Fact.UPDATE_OF_ONE_FIELD, 3_000),
              Map.entry(Fact.LARGE_GET_ALL, 10),
              Map.entry(Fact.RESUME_TOKEN, 250),
              Map.entry(Fact.BULK_LOAD, 50),
              Map.entry(Fact.HELD_LOAD, 30),
              Map.entry(Fact.EXPIRY, 20),
              Map.entry(Fact.CONTAINER, 40),
              Map.entry(Fact.INGEST, 10),
              Map.entry(Fact.MERGE, 10),
              Map.entry(Fact.DIFFERENCE, 10),
              Map.entry(Fact.CHECKPOINT, 15),
              Map.entry(Fact.REOPENING, 80),
              Map.entry(Fact.CRASH, 40),
              Map.entry(Fact.READ_ONLY_OPENING, 15)));

  private static final Set<Fact> OF_RESTARTS =
      EnumSet.of(Fact.REOPENING, Fact.CRASH, Fact.READ_ONLY_OPENING);

  private Minimums() {}

  /**
   * {@return the least count of each fact; without those that may by chance not come in so few
   * tries}
   *
   * @param tries how many were run
   */
  public static Map<Fact, Long> of(long tries) {
    Map<Fact, Long> least = new EnumMap<>(Fact.class);
    if (tries >= LEAST_TRIES) {
      PER_THOUSAND_TRIES.forEach((fact, count) -> least.put(fact, count * tries / 1_000));
      least.values().removeIf(count -> count < LEAST_ASKED);
      least.replaceAll((fact, count) -> count < SURE ? count / 2 : count);
    }
    return least;
  }

  /**
   * {@return the facts of which nothing is asked, for so few tries may by chance not have them}
   *
   * @param tries how many were run
   */
  public static Set<Fact> notJudged(long tries) {
    Set<Fact> facts = EnumSet.copyOf(PER_THOUSAND_TRIES.keySet());
    facts.removeAll(of(tries).keySet());
    return facts;
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
