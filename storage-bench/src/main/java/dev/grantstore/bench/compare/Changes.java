package dev.grantstore.bench.compare;

import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.Estimate;
import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.result.Outcome;
import dev.grantstore.bench.statistics.Holm;
import dev.grantstore.bench.statistics.MannWhitney;
import dev.grantstore.bench.statistics.RatioInterval;
import dev.grantstore.bench.statistics.SignedRank;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the changes of a comparison: first each figure by itself, then Holm over all of them. */
final class Changes {
  private final Terms terms;
  private final NoiseFloor floor;
  private final List<String> notComparable = new ArrayList<>();

  Changes(Terms terms, NoiseFloor floor) {
    this.terms = terms;
    this.floor = floor;
  }

  /** One figure, before the correction. */
  private record Figure(
      CellPair cells,
      String outcome,
      Estimate first,
      Estimate second,
      int rounds,
      RatioInterval ratio,
      double mannWhitney,
      @Nullable Double signedRank) {

    /** Two tests are made of interleaved forks; the better of two counts twice. */
    double p() {
      return signedRank == null ? mannWhitney : Math.min(1, 2 * Math.min(mannWhitney, signedRank));
    }
  }

  List<Change> of(List<CellPair> pairs, boolean interleaved) {
    List<Figure> figures = new ArrayList<>();
    for (CellPair pair : pairs) {
      for (String outcome : outcomes(pair)) {
        if (terms.limits().of(pair.first(), outcome).isEmpty()) {
          continue;
        }
        for (Metric metric : metrics(pair, outcome)) {
          figure(pair, outcome, metric, interleaved).ifPresent(figures::add);
        }
      }
    }
    double[] corrected = Holm.corrected(figures.stream().mapToDouble(Figure::p).toArray());
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < corrected.length; i++) {
      changes.add(change(figures.get(i), corrected[i], interleaved));
    }
    return changes;
  }

  /**
   * {@return the figures that {@link #of} was asked for and could not compare, and why, a line
   * each}
   */
  List<String> notComparable() {
    return List.copyOf(notComparable);
  }

  /** {@return the outcomes of either side} */
  private static List<String> outcomes(CellPair pair) {
    return Stream.of(pair.first(), pair.second())
        .flatMap(cell -> cell.middle().outcomes().stream())
        .map(Outcome::name)
        .distinct()
        .toList();
  }

  private List<Metric> metrics(CellPair pair, String outcome) {
    return terms.metrics().isEmpty()
        ? List.of(PrimaryMetric.of(pair.first(), pair.second(), outcome))
        : terms.metrics();
  }

  private Optional<Figure> figure(
      CellPair pair, String outcome, Metric metric, boolean interleaved) {
    Optional<Estimate> first = PrimaryMetric.estimate(pair.first(), outcome, metric);
    Optional<Estimate> second = PrimaryMetric.estimate(pair.second(), outcome, metric);
    if (!isThere(first) || !isThere(second)) {
      notComparable.add(
          String.format(
              Locale.ROOT,
              "%s %s %s: no such figure over 0 in every fork of %s",
              pair.second().engine(),
              Change.name(pair.first().question(), outcome),
              metric.unit(),
              isThere(second) ? "the first" : isThere(first) ? "the second" : "either"));
      return Optional.empty();
    }
    double[] firstForks = array(first.get());
    double[] secondForks = array(second.get());
    double mannWhitney = MannWhitney.pValue(firstForks, secondForks);
    Pairing rounds = Pairing.of(pair.first(), pair.second(), outcome, metric);
    boolean paired = interleaved && rounds.rounds() > 0;
    return Optional.of(
        new Figure(
            pair,
            outcome,
            first.get(),
            second.get(),
            paired ? rounds.rounds() : 0,
            paired
                ? RatioInterval.ofRounds(rounds.first(), rounds.second())
                : RatioInterval.ofSeparate(firstForks, secondForks),
            mannWhitney,
            paired
                ? (Double)
                    SignedRank.pValue(RatioInterval.logRatios(rounds.first(), rounds.second()))
                : null));
  }

  private Change change(Figure figure, double corrected, boolean interleaved) {
    CellSeries cell = figure.cells().first();
    Metric metric = figure.first().metric();
    Limit limit = terms.limits().of(cell, figure.outcome()).orElse(Limit.NOTHING);
    Optional<Limit> measured = floor.of(cell.question(), figure.outcome(), metric);
    Optional<String> breach =
        interleaved ? Optional.empty() : Quiet.breach(cell, figure.cells().second(), metric);
    int forks =
        figure.rounds() > 0
            ? figure.rounds()
            : Math.min(figure.first().forks().size(), figure.second().forks().size());
    VerdictRule rule =
        new VerdictRule(
            metric,
            figure.ratio(),
            forks,
            corrected,
            limit,
            measured.orElse(Limit.NOTHING),
            breach);
    return new Change(
        cell.question(),
        figure.outcome(),
        cell.engine(),
        figure.cells().second().engine(),
        metric,
        figure.first().value(),
        figure.second().value(),
        figure.first().forks().size(),
        figure.second().forks().size(),
        figure.rounds(),
        figure.ratio(),
        figure.mannWhitney(),
        figure.signedRank(),
        corrected,
        limit,
        measured.orElse(null),
        rule.verdict(),
        rule.reason());
  }

  private static boolean isThere(Optional<Estimate> estimate) {
    return estimate.isPresent() && estimate.get().forks().stream().allMatch(figure -> figure > 0);
  }

  private static double[] array(Estimate estimate) {
    return estimate.forks().stream().mapToDouble(Double::doubleValue).toArray();
  }
}
