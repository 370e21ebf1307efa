package dev.grantstore.equivalence.relation;

import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Workload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A workload, another that must be answered alike, and what of one is to be held against what of
 * the other. Operations go by their numbers, from 1. Immutable.
 *
 * @param relation by which they are alike
 * @param base the workload; it may have more operations at its end than the one given
 * @param varied the other
 * @param matches operations that answer alike
 * @param moments from the number of an operation of {@code base} to that of one of {@code varied}
 *     after which the store shows the same
 * @param views operations of {@code varied} that answer with everything the store shows at that
 *     moment, and the numbers of those of {@code base} before them
 * @param mapping how the answers are alike
 */
public record Variation(
    Oracle relation,
    Workload base,
    Workload varied,
    List<Match> matches,
    SortedMap<Integer, Integer> moments,
    SortedMap<Integer, Integer> views,
    Mapping mapping) {
  /** Copies the collections. */
  public Variation {
    Objects.requireNonNull(relation, "relation");
    Objects.requireNonNull(base, "base");
    Objects.requireNonNull(varied, "varied");
    Objects.requireNonNull(mapping, "mapping");
    matches = List.copyOf(matches);
    moments = Collections.unmodifiableSortedMap(new TreeMap<>(moments));
    views = Collections.unmodifiableSortedMap(new TreeMap<>(views));
  }

  /**
   * {@return a variation of as many operations, each alike to that of the same number}
   *
   * @param relation by which they are alike
   * @param base a workload
   * @param varied the other
   * @param mapping how the answers are alike
   */
  static Variation oneToOne(Oracle relation, Workload base, Workload varied, Mapping mapping) {
    List<Match> matches = new ArrayList<>();
    SortedMap<Integer, Integer> moments = new TreeMap<>();
    moments.put(0, 0);
    for (int number = 1; number <= base.ops().size(); number++) {
      matches.add(new Match(number, List.of(number), List.of(number)));
      moments.put(number, number);
    }
    return new Variation(relation, base, varied, matches, moments, new TreeMap<>(), mapping);
  }

  /** {@return a variation that changes nothing, where a relation finds nothing to change} */
  static Variation none(Oracle relation, Workload base) {
    return oneToOne(relation, base, base, Mapping.SAME);
  }

  /** {@return whether there is anything that differs} */
  public boolean isAny() {
    return !base.equals(varied);
  }

  /** {@return the operation of {@code varied} of that number} */
  Op variedOp(int number) {
    return varied.ops().get(number - 1);
  }
}
