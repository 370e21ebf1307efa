package dev.grantstore.bench.compare;

import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSeries.Fork;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.statistics.Estimates;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Goes on measuring two {@link Builds} until a gate can tell, or the time is over. One thread.
 *
 * <p>What became worse is told once it did so twice: in all rounds together, and again in rounds
 * that were made to confirm it, by themselves. So looking again and again does not make a false
 * alarm: it would have to fire in rounds that knew nothing of the first. What neither fired nor can
 * be ruled out gets more rounds, and is judged by all of them together.
 */
public final class GateRounds {
  /** Measures some of the benchmarks of a run once more, on both builds. */
  @FunctionalInterface
  public interface Measuring {
    /**
     * Measures.
     *
     * @param benchmarks their names
     * @return rounds as many as the run had; empty if that was halted or failed
     * @throws IOException if it cannot be done
     */
    Optional<RunResult> measure(Set<String> benchmarks) throws IOException;
  }

  /**
   * What was told, and by what.
   *
   * @param gate the verdict
   * @param measured all rounds
   */
  public record Told(Gate gate, RunResult measured) {}

  private final Terms terms;
  private final Measuring measuring;
  private final Clock clock;
  private final Duration budget;
  private final Set<String> confirmed = new HashSet<>();

  /**
   * Prepares.
   *
   * @param terms limits
   * @param measuring makes more rounds
   * @param clock tells how long they take
   * @param budget for how long to go on; none are begun that would end later
   */
  public GateRounds(Terms terms, Measuring measuring, Clock clock, Duration budget) {
    this.terms = terms;
    this.measuring = measuring;
    this.clock = clock;
    this.budget = budget;
  }

  /**
   * {@return the verdict}
   *
   * @param first the rounds that there are
   * @throws IOException if no more can be made
   */
  public Told tell(RunResult first) throws IOException {
    Instant end = clock.instant().plus(budget);
    Duration longest = Duration.ZERO;
    RunResult all = first;
    Gate gate = Gate.ofBuilds(all, terms);
    Set<String> open = open(gate);
    while (!open.isEmpty() && !clock.instant().plus(longest).isAfter(end)) {
      Instant began = clock.instant();
      Optional<RunResult> more = measuring.measure(open);
      if (more.isEmpty()) {
        break;
      }
      Duration took = Duration.between(began, clock.instant());
      longest = took.compareTo(longest) > 0 ? took : longest;
      if (!more.get().failures().isEmpty()) {
        return new Told(Gate.ofBuilds(more.get(), terms.of(more.get())), more.get());
      }
      confirm(gate, more.get());
      all = together(all, more.get());
      gate = Gate.ofBuilds(all, terms);
      open = open(gate);
    }
    return new Told(told(gate), all);
  }

  /** The benchmarks of which more rounds may tell more. */
  private Set<String> open(Gate gate) {
    Set<String> open = new LinkedHashSet<>();
    boolean mayTell =
        switch (gate.outcome()) {
          case REGRESSION, INCONCLUSIVE, CANNOT_CLAIM -> true;
          case WRONG_ANSWERS, FAILED, NOT_MEASURED, FINE -> false;
        };
    if (mayTell) {
      for (Change change : gate.comparison().changes()) {
        boolean isWorse = change.verdict() == Verdict.WORSE;
        if (isWorse ? !confirmed.contains(name(change)) : !change.rulesOutWorse()) {
          open.add(benchmark(change));
        }
      }
    }
    return open;
  }

  private void confirm(Gate fired, RunResult fresh) {
    Set<String> worse = new HashSet<>();
    fired.comparison().changes(Verdict.WORSE).forEach(change -> worse.add(name(change)));
    for (Change change : Comparison.ofBuilds(fresh, terms.of(fresh)).changes(Verdict.WORSE)) {
      if (worse.contains(name(change))) {
        confirmed.add(name(change));
      }
    }
  }

  private Gate told(Gate gate) {
    if (gate.outcome() != Gate.Outcome.REGRESSION) {
      return gate;
    }
    List<String> regressions = new ArrayList<>();
    List<String> once = new ArrayList<>();
    for (Change change : gate.comparison().changes(Verdict.WORSE)) {
      if (confirmed.contains(name(change))) {
        regressions.add("worse, and again in rounds of its own: " + name(change));
      } else {
        once.add("worse once, and not confirmed: " + name(change));
      }
    }
    boolean isConfirmed = !regressions.isEmpty();
    regressions.addAll(once);
    return new Gate(
        gate.comparison(),
        isConfirmed ? Gate.Outcome.REGRESSION : Gate.Outcome.INCONCLUSIVE,
        regressions);
  }

  /** {@return all rounds of both runs, of the cells that the first has} */
  static RunResult together(RunResult first, RunResult more) {
    int rounds = 1 + lastRound(first);
    List<CellSeries> cells = new ArrayList<>();
    for (CellSeries cell : first.cells()) {
      List<Fork> forks = new ArrayList<>(cell.forks());
      NoiseFloor.cell(more, cell.engine(), cell.question())
          .ifPresent(
              added ->
                  added
                      .forks()
                      .forEach(
                          fork ->
                              forks.add(
                                  new Fork(
                                      rounds + fork.round(),
                                      forks.size(),
                                      fork.startedAt(),
                                      fork.cell()))));
      cells.add(
          new CellSeries(
              cell.engine(),
              cell.benchmark(),
              cell.title(),
              cell.settings(),
              forks,
              Estimates.of(forks)));
    }
    List<CellFailure> failures = new ArrayList<>(first.failures());
    failures.addAll(more.failures());
    return new RunResult(
        first.formatVersion(),
        first.toolVersion(),
        first.tag(),
        first.command(),
        first.startedAt(),
        more.endedAt(),
        more.interrupted(),
        first.method(),
        first.environment(),
        first.engines(),
        cells,
        failures,
        first.warnings());
  }

  private static int lastRound(RunResult run) {
    return run.cells().stream()
        .flatMap(cell -> cell.forks().stream())
        .mapToInt(Fork::round)
        .max()
        .orElse(-1);
  }

  private static String benchmark(Change change) {
    return change.question().split(" ", 2)[0];
  }

  private static String name(Change change) {
    return String.format(
        Locale.ROOT, "%s %s %s", change.secondEngine(), change.name(), change.metric().unit());
  }
}
