package dev.grantstore.bench.compare;

import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSeries.Fork;
import dev.grantstore.bench.result.Metric;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A figure of the forks of two cells of one run, round by round.
 *
 * @param first of the first cell
 * @param second of the second cell, in the same order of rounds
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never leaves the package
record Pairing(double[] first, double[] second) {

  /** {@return the rounds in which both cells have a fork with that figure, over 0} */
  static Pairing of(CellSeries first, CellSeries second, String outcome, Metric metric) {
    return of(first, second, outcome, metric, fork -> true);
  }

  /** {@return the same of the rounds of which neither fork was cut short} */
  static Pairing ofWhole(CellSeries first, CellSeries second, String outcome, Metric metric) {
    return of(first, second, outcome, metric, fork -> !fork.cell().interrupted());
  }

  private static Pairing of(
      CellSeries first, CellSeries second, String outcome, Metric metric, Predicate<Fork> wanted) {
    Map<Integer, Double> firstByRound = byRound(first, outcome, metric, wanted);
    Map<Integer, Double> secondByRound = byRound(second, outcome, metric, wanted);
    firstByRound.keySet().retainAll(secondByRound.keySet());
    secondByRound.keySet().retainAll(firstByRound.keySet());
    return new Pairing(array(firstByRound), array(secondByRound));
  }

  int rounds() {
    return first.length;
  }

  private static Map<Integer, Double> byRound(
      CellSeries cell, String outcome, Metric metric, Predicate<Fork> wanted) {
    Map<Integer, Double> figures = new TreeMap<>();
    for (Fork fork : cell.forks()) {
      OptionalDouble figure = figure(fork.cell(), outcome, metric);
      if (figure.orElse(0) > 0 && wanted.test(fork)) {
        figures.put(fork.round(), figure.getAsDouble());
      }
    }
    return figures;
  }

  private static OptionalDouble figure(CellResult cell, String name, Metric metric) {
    return cell.outcomes().stream()
        .filter(outcome -> outcome.name().equals(name))
        .findFirst()
        .map(outcome -> metric.of(cell, outcome))
        .orElse(OptionalDouble.empty());
  }

  private static double[] array(Map<Integer, Double> figures) {
    return figures.values().stream().mapToDouble(Double::doubleValue).toArray();
  }
}
