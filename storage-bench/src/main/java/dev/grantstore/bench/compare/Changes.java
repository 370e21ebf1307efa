package dev.grantstore.bench.compare;

import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSeries.Estimate;
import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.statistics.Holm;
import dev.grantstore.bench.statistics.MannWhitney;
import dev.grantstore.bench.statistics.RatioInterval;
import dev.grantstore.bench.statistics.SignedRank;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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

  /**
   * What is compared.
   *
   * @param cells of two engines or runs
   * @param outcome of both
   * @param metric of both
   */
  record Asked(CellPair cells, String outcome, Metric metric) {}

  /** One figure, before the correction. */
  private record Figure(
      Asked asked,
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
    List<Asked> asked = new ArrayList<>();
    for (CellPair pair : pairs) {
      for (String outcome : outcomes(pair)) {
        if (terms.limits().of(pair.first(), outcome).isEmpty()) {
          continue;
        }
        for (Metric metric : metrics(pair, outcome)) {
          asked.add(new Asked(pair, outcome, metric));
        }
      }
    }
    return ofAsked(asked, interleaved);
  }

  List<Change> ofAsked(List<Asked> asked, boolean interleaved) {
    List<Figure> figures = new ArrayList<>();
    asked.forEach(each -> figure(each, interleaved).ifPresent(figures::add));
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
        ? List.of(PrimaryMetric.of(List.of(pair.first(), pair.second()), outcome))
        : terms.metrics();
  }

  private Optional<Figure> figure(Asked asked, boolean interleaved) {
    CellPair pair = asked.cells();
    String outcome = asked.outcome();
    Metric metric = asked.metric();
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
            asked,
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
    CellSeries cell = figure.asked().cells().first();
    CellSeries other = figure.asked().cells().second();
    String outcome = figure.asked().outcome();
    Metric metric = figure.asked().metric();
    Limit limit = terms.limits().of(cell, outcome).orElse(Limit.NOTHING);
    Optional<Limit> measured = floor.of(cell.question(), outcome, metric);
    Optional<String> breach = interleaved ? Optional.empty() : Quiet.breach(cell, other, metric);
    int forks =
        figure.rounds() > 0
            ? figure.rounds()
            : Math.min(figure.first().forks().size(), figure.second().forks().size());
    Set<Integer> whole = wholeRounds(cell);
    Set<Integer> otherWhole = wholeRounds(other);
    int wholeForks = Math.min(whole.size(), otherWhole.size());
    if (figure.rounds() > 0) {
      whole.retainAll(otherWhole);
      wholeForks = whole.size();
    }
    VerdictRule rule =
        new VerdictRule(
            metric,
            figure.ratio(),
            Math.min(forks, wholeForks),
            corrected,
            limit,
            measured.orElse(Limit.NOTHING),
            breach);
    return new Change(
        cell.question(),
        outcome,
        cell.engine(),
        other.engine(),
        metric,
        figure.first().value(),
        figure.second().value(),
        figure.first().forks().size(),
        figure.second().forks().size(),
        figure.rounds(),
        Math.min(forks, wholeForks),
        figure.ratio(),
        figure.mannWhitney(),
        figure.signedRank(),
        corrected,
        limit,
        measured.orElse(null),
        rule.verdict(),
        rule.withP(figure.p()).isClaim(),
        rule.reason());
  }

  private static Set<Integer> wholeRounds(CellSeries cell) {
    Set<Integer> rounds = new HashSet<>();
    cell.forks().stream()
        .filter(fork -> !fork.cell().interrupted())
        .forEach(fork -> rounds.add(fork.round()));
    return rounds;
  }

  /** {@return whether every fork has the figure, over 0} */
  static boolean isThere(Optional<Estimate> estimate) {
    return estimate.isPresent() && estimate.get().forks().stream().allMatch(figure -> figure > 0);
  }

  private static double[] array(Estimate estimate) {
    return estimate.forks().stream().mapToDouble(Double::doubleValue).toArray();
  }
}
