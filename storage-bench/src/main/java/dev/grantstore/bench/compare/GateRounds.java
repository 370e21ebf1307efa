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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Goes on measuring two {@link Builds} until a gate can tell, or the time is over. One thread.
 *
 * <p>What became worse is told once it did so twice: in all rounds together, and in those that were
 * made since, by themselves. So looking again and again does not make a false alarm: it would have
 * to fire in rounds that knew nothing of the first. What neither fired nor can be ruled out gets
 * more rounds, and is judged by all of them together.
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

  /** What was measured since a figure fired first, by the figure's name. */
  private final Map<String, RunResult> since = new LinkedHashMap<>();

  private final Set<String> confirmed = new HashSet<>();

  /**
   * Prepares.
   *
   * @param terms limits
   * @param measuring makes more rounds
   * @param clock tells how long they take
   * @param budget for how long to go on; none are begun that would end later, by those before
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
   * @throws IllegalArgumentException if what is measured now cannot be put together with them
   * @throws IOException if no more can be made
   */
  public Told tell(RunResult first) throws IOException {
    Instant end = clock.instant().plus(budget);
    double nanosPerBenchmark = nanosPerBenchmark(first);
    RunResult all = first;
    Gate gate = Gate.ofBuilds(all, terms);
    Set<String> open = open(gate);
    while (!open.isEmpty() && all.failures().isEmpty()) {
      Instant began = clock.instant();
      if (began.plusNanos((long) (nanosPerBenchmark * open.size())).isAfter(end)) {
        break;
      }
      Optional<RunResult> more = measuring.measure(open);
      if (more.isEmpty()) {
        break;
      }
      requireLike(first, more.get());
      nanosPerBenchmark = (double) Duration.between(began, clock.instant()).toNanos() / open.size();
      confirm(gate, more.get());
      all = together(all, more.get());
      gate = Gate.ofBuilds(all, terms);
      open = open(gate);
    }
    return new Told(Gate.ofBuilds(all, told(gate.comparison())), all);
  }

  private static double nanosPerBenchmark(RunResult run) {
    long benchmarks = run.cells().stream().map(CellSeries::benchmark).distinct().count();
    return (double) Duration.between(run.startedAt(), run.endedAt()).toNanos()
        / Math.max(1, benchmarks);
  }

  private static void requireLike(RunResult first, RunResult more) {
    List<String> unlike = new ArrayList<>(Likeness.ofRuns(first, more));
    if (!first.toolVersion().equals(more.toolVersion())) {
      unlike.add(
          String.format(
              Locale.ROOT, "tool: first=%s now=%s", first.toolVersion(), more.toolVersion()));
    }
    if (!unlike.isEmpty()) {
      throw new IllegalArgumentException(
          "rounds made now are unlike those before, and cannot be put together with them: "
              + String.join("; ", unlike));
    }
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

  /**
   * Adds rounds to what was measured since each figure fired, and looks what that says by itself.
   */
  private void confirm(Gate before, RunResult more) {
    since.replaceAll((name, rounds) -> together(rounds, more));
    for (Change change : before.comparison().changes(Verdict.WORSE)) {
      since.putIfAbsent(name(change), more);
    }
    since.forEach(
        (name, rounds) -> {
          boolean isWorse =
              Comparison.ofBuilds(rounds, terms.of(rounds)).changes(Verdict.WORSE).stream()
                  .anyMatch(change -> name(change).equals(name));
          if (isWorse) {
            confirmed.add(name);
          }
        });
  }

  /** What fired and was not confirmed is not told, and does not let the gate pass. */
  private Comparison told(Comparison comparison) {
    List<Change> changes = new ArrayList<>();
    List<String> once = new ArrayList<>();
    for (Change change : comparison.changes()) {
      if (change.verdict() == Verdict.WORSE && !confirmed.contains(name(change))) {
        once.add(name(change));
        changes.add(change.unclear("became worse, and rounds of its own do not say so yet"));
      } else {
        changes.add(change);
      }
    }
    return once.isEmpty()
        ? comparison
        : comparison.with(
            changes, "worse, and not confirmed in the time: " + String.join(", ", once));
  }

  /** {@return all rounds of both runs, of the cells that the first has} */
  static RunResult together(RunResult first, RunResult more) {
    int rounds = 1 + last(first, Fork::round);
    int positions = 1 + last(first, Fork::position);
    List<CellSeries> cells = new ArrayList<>();
    for (CellSeries cell : first.cells()) {
      List<Fork> forks = new ArrayList<>(cell.forks());
      for (Fork fork :
          NoiseFloor.cell(more, cell.engine(), cell.question())
              .map(CellSeries::forks)
              .orElse(List.of())) {
        forks.add(
            new Fork(
                rounds + fork.round(), positions + fork.position(), fork.startedAt(), fork.cell()));
      }
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
    Set<String> warnings = new LinkedHashSet<>(first.warnings());
    warnings.addAll(more.warnings());
    warnings.add("rounds were added until a gate could tell: see rfc/0007 for what that does to p");
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
        first.notApplicable(),
        List.copyOf(warnings));
  }

  private static int last(RunResult run, ToIntFunction<Fork> number) {
    return run.cells().stream()
        .flatMap(cell -> cell.forks().stream())
        .mapToInt(number)
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
