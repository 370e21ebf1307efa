package dev.grantstore.equivalence.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often what was done, over one run or many. Immutable.
 *
 * @param facts counts of what makes a run worth anything; what never happened is not in it
 * @param ops counts of operations, by kind and outcome
 * @param pairs counts of operations that follow each other, as {@code kind kind}
 */
public record Coverage(
    Map<Fact, Long> facts, SortedMap<String, Long> ops, SortedMap<String, Long> pairs) {
  /** Nothing was done. */
  public static final Coverage NONE = new Coverage(Map.of(), new TreeMap<>(), new TreeMap<>());

  /** Copies the maps. */
  public Coverage {
    facts = Map.copyOf(facts);
    ops = Collections.unmodifiableSortedMap(new TreeMap<>(ops));
    pairs = Collections.unmodifiableSortedMap(new TreeMap<>(pairs));
  }

  /**
   * {@return how often}
   *
   * @param fact what
   */
  public long count(Fact fact) {
    return facts.getOrDefault(fact, 0L);
  }

  /**
   * {@return both together}
   *
   * @param other added
   */
  public Coverage plus(Coverage other) {
    Map<Fact, Long> sumOfFacts = new TreeMap<>(facts);
    other.facts.forEach((fact, count) -> sumOfFacts.merge(fact, count, Long::sum));
    return new Coverage(sumOfFacts, sum(ops, other.ops), sum(pairs, other.pairs));
  }

  /**
   * {@return a line for each fact that happened too seldom (oracle O12); empty if the runs were
   * worth something}
   *
   * @param minimums the least count of each fact
   */
  public List<String> shortfalls(Map<Fact, Long> minimums) {
    List<String> shortfalls = new ArrayList<>();
    new TreeMap<>(minimums)
        .forEach(
            (fact, least) -> {
              if (count(fact) < least) {
                shortfalls.add(
                    String.format(
                        Locale.ROOT,
                        "coverage (%s) too small: fact=%s count=%d least=%d",
                        Oracle.O12,
                        fact,
                        count(fact),
                        least));
              }
            });
    return shortfalls;
  }

  private static SortedMap<String, Long> sum(
      SortedMap<String, Long> counts, SortedMap<String, Long> more) {
    SortedMap<String, Long> sum = new TreeMap<>(counts);
    more.forEach((name, count) -> sum.merge(name, count, Long::sum));
    return sum;
  }
}
