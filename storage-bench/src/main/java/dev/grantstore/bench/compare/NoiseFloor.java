package dev.grantstore.bench.compare;

import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.EngineResult;
import dev.grantstore.bench.statistics.RatioInterval;
import java.util.List;
import java.util.Optional;

/**
 * What the machine does between equal things: a run that was asked for one engine twice ({@code
 * --engine rocksdb,rocksdb}) has it the second time as {@code rocksdb#2}, and shows it. The floor
 * of a figure is how far that ratio lies from 1. It holds what interleaving does not take out, such
 * as that one fork always runs before the other; the scatter of the forks is in the intervals
 * already. It does not hold what changes from one run to the next. Rounds with a fork that was cut
 * short show nothing: what it did not get to is no noise of the machine's.
 */
public final class NoiseFloor {
  /** Ends the name of an engine that is in the run a second time. */
  public static final String AGAIN = "#2";

  private final List<RunResult> runs;

  private NoiseFloor(List<RunResult> runs) {
    this.runs = runs;
  }

  /**
   * {@return the floor that these runs show}
   *
   * @param runs with an A/A pair or without
   */
  public static NoiseFloor of(List<RunResult> runs) {
    return new NoiseFloor(List.copyOf(runs));
  }

  /**
   * {@return whether an engine is there only to show the floor}
   *
   * @param engine its name
   */
  public static boolean isAgain(String engine) {
    return Builds.now(engine).endsWith(AGAIN);
  }

  /** {@return the floor of a figure, the highest of all runs; empty where none has a pair} */
  Optional<Limit> of(String question, String outcome, Metric metric) {
    double factor = 0;
    for (RunResult run : runs) {
      for (EngineResult engine : run.engines()) {
        if (engine.name().endsWith(AGAIN)) {
          String once = engine.name().substring(0, engine.name().length() - AGAIN.length());
          factor = Math.max(factor, factor(run, once, engine.name(), question, outcome, metric));
        }
      }
    }
    return factor == 0 ? Optional.empty() : Optional.of(new Limit(100 * (factor - 1)));
  }

  private static double factor(
      RunResult run, String once, String again, String question, String outcome, Metric metric) {
    Optional<CellSeries> first = cell(run, once, question);
    Optional<CellSeries> second = cell(run, again, question);
    if (first.isEmpty() || second.isEmpty()) {
      return 0;
    }
    Pairing pairing = Pairing.ofWhole(first.get(), second.get(), outcome, metric);
    if (pairing.rounds() == 0) {
      return 0;
    }
    RatioInterval ratio = RatioInterval.ofRounds(pairing.first(), pairing.second());
    return Math.max(ratio.ratio(), 1 / ratio.ratio());
  }

  static Optional<CellSeries> cell(RunResult run, String engine, String question) {
    return run.cells().stream()
        .filter(cell -> cell.engine().equals(engine) && cell.question().equals(question))
        .findFirst();
  }
}
