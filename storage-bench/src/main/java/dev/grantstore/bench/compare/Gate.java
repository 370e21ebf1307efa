package dev.grantstore.bench.compare;

import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.CellFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Whether a change may pass: a baseline and what was measured now.
 *
 * @param comparison all figures
 * @param outcome what follows
 * @param reasons why, a line each; empty when it is fine
 */
public record Gate(Comparison comparison, Outcome outcome, List<String> reasons) {

  /** What follows, the worst first. */
  public enum Outcome {
    /** The current run gave a wrong answer. */
    WRONG_ANSWERS("wrong answers"),
    /** Something of the baseline failed now, so nothing can be said of it. */
    FAILED("failed"),
    /** A figure became worse by more than its limit. */
    REGRESSION("regression"),
    /** Something of the baseline was not asked now: too little is covered. */
    NOT_MEASURED("not measured"),
    /** Too few forks to claim anything, or nothing to compare: no regression could be shown. */
    CANNOT_CLAIM("cannot claim anything"),
    /** A regression beyond the limit can neither be shown nor ruled out. */
    INCONCLUSIVE("inconclusive"),
    /** No figure became worse by more than its limit. */
    FINE("fine");

    private final String words;

    Outcome(String words) {
      this.words = words;
    }

    /** {@return the outcome as reports print it} */
    public String words() {
      return words;
    }
  }

  /** Copies the list. */
  public Gate {
    reasons = List.copyOf(reasons);
  }

  /**
   * {@return whether the current run may pass}
   *
   * @param baseline what it was before
   * @param current what it is now
   * @param terms limits
   */
  public static Gate of(RunResult baseline, RunResult current, Terms terms) {
    List<CellSeries> before =
        baseline.cells().stream().filter(cell -> !NoiseFloor.isAgain(cell.engine())).toList();
    return of(Comparison.of(baseline, current, terms), current.failures(), before, current);
  }

  /**
   * {@return whether this build may pass}
   *
   * @param run in which {@link Builds} took turns
   * @param terms limits
   */
  public static Gate ofBuilds(RunResult run, Terms terms) {
    return ofBuilds(run, Comparison.ofBuilds(run, terms));
  }

  /** The same, of what was compared already. */
  static Gate ofBuilds(RunResult run, Comparison comparison) {
    List<CellFailure> failures =
        run.failures().stream().filter(failure -> !Builds.isBase(failure.engine())).toList();
    List<CellSeries> before =
        run.cells().stream()
            .filter(cell -> Builds.isBase(cell.engine()))
            .map(cell -> cell.named(Builds.now(cell.engine())))
            .toList();
    Gate gate = of(comparison, failures, before, run);
    List<String> baseFailed =
        run.failures().stream()
            .filter(failure -> Builds.isBase(failure.engine()))
            .map(
                failure ->
                    String.format(
                        Locale.ROOT,
                        "the base failed: %s %s: %s",
                        failure.engine(),
                        failure.question(),
                        failure.reason()))
            .toList();
    boolean isWorse = gate.outcome.compareTo(Outcome.NOT_MEASURED) < 0;
    return isWorse || baseFailed.isEmpty()
        ? gate
        : new Gate(gate.comparison, Outcome.NOT_MEASURED, baseFailed);
  }

  private static Gate of(
      Comparison comparison, List<CellFailure> failures, List<CellSeries> before, RunResult now) {
    List<String> wrong =
        failures.stream()
            .filter(failure -> failure.kind() == CellFailure.Kind.WRONG_ANSWER)
            .map(
                f ->
                    String.format(
                        Locale.ROOT,
                        "wrong answer: %s %s: %s",
                        f.engine(),
                        f.question(),
                        f.reason()))
            .toList();
    if (!wrong.isEmpty()) {
      return new Gate(comparison, Outcome.WRONG_ANSWERS, wrong);
    }
    List<CellSeries> missing =
        before.stream()
            .filter(cell -> NoiseFloor.cell(now, cell.engine(), cell.question()).isEmpty())
            .toList();
    List<String> failed =
        before.stream()
            .flatMap(cell -> failures(failures, cell, missing.contains(cell)))
            .distinct()
            .toList();
    if (!failed.isEmpty()) {
      return new Gate(comparison, Outcome.FAILED, failed);
    }
    Gate measured = of(comparison);
    return missing.isEmpty() || measured.outcome() == Outcome.REGRESSION
        ? measured
        : new Gate(comparison, Outcome.NOT_MEASURED, missing.stream().map(Gate::missing).toList());
  }

  /** What failed of a cell, or of its whole engine, be it that it has no fork or some fewer. */
  private static Stream<String> failures(
      List<CellFailure> failures, CellSeries cell, boolean isMissing) {
    return failures.stream()
        .filter(failure -> failure.engine().equals(cell.engine()))
        .filter(failure -> List.of("", cell.question()).contains(failure.question()))
        .map(
            failure ->
                String.format(
                    Locale.ROOT,
                    "%s, failed: %s",
                    isMissing ? missing(cell) : cell.engine() + " " + cell.question(),
                    failure.reason()));
  }

  /**
   * {@return whether the second side of a comparison may pass}
   *
   * @param comparison whose first side is the baseline
   */
  public static Gate of(Comparison comparison) {
    List<String> worse =
        comparison.changes(Verdict.WORSE).stream().map(c -> "worse: " + name(c)).toList();
    if (!worse.isEmpty()) {
      return new Gate(comparison, Outcome.REGRESSION, worse);
    }
    if (!comparison.powerless().isEmpty()) {
      return new Gate(comparison, Outcome.CANNOT_CLAIM, List.of(comparison.powerless()));
    }
    List<String> unclear = new ArrayList<>();
    comparison.changes().stream()
        .filter(change -> !change.rulesOutWorse())
        .map(
            change ->
                String.format(Locale.ROOT, "inconclusive: %s: %s", name(change), change.reason()))
        .forEach(unclear::add);
    comparison.notComparable().forEach(what -> unclear.add("not comparable: " + what));
    return new Gate(comparison, unclear.isEmpty() ? Outcome.FINE : Outcome.INCONCLUSIVE, unclear);
  }

  private static String missing(CellSeries cell) {
    return String.format(
        Locale.ROOT, "in the baseline and not measured now: %s %s", cell.engine(), cell.question());
  }

  private static String name(Change change) {
    return String.format(
        Locale.ROOT, "%s %s %s", change.secondEngine(), change.name(), change.metric().unit());
  }
}
