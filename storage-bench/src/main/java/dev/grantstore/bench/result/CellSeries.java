package dev.grantstore.bench.result;

import dev.grantstore.bench.result.CellResult.Outcome;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One benchmark on one engine with one set of settings, measured by several forks.
 *
 * @param engine the engine's name in this run
 * @param benchmark the benchmark's name, such as {@code G2}
 * @param title what it does, in a few words
 * @param settings how it was measured
 * @param forks what each fork measured, in the order they ran; at least one
 * @param estimates what the forks say together, one for each outcome and metric that they have
 */
public record CellSeries(
    String engine,
    String benchmark,
    String title,
    CellSettings settings,
    List<Fork> forks,
    List<Estimate> estimates) {

  /** Copies the lists and checks the bounds. */
  public CellSeries {
    forks = List.copyOf(forks);
    estimates = List.copyOf(estimates);
    Bounds.notEmpty("forks", forks);
  }

  /**
   * {@return the fork in the middle by time per operation of its first outcome; by the smallest
   * limit where that was looked for}
   */
  public CellResult middle() {
    List<CellResult> sorted =
        forks.stream()
            .map(Fork::cell)
            .sorted(Comparator.comparingDouble(CellSeries::order))
            .toList();
    return sorted.get(sorted.size() / 2);
  }

  private static double order(CellResult cell) {
    return cell.isOfLimits()
        ? cell.figures().getOrDefault(CellResult.SMALLEST_LIMIT, Double.MAX_VALUE)
        : cell.outcomes().get(0).nanosPerOp();
  }

  /**
   * {@return what is asked and how, but not of whom: cells of the same question can be compared}
   */
  public String question() {
    return settings.question(benchmark);
  }

  /** {@return the names of the outcomes that any of its forks has} */
  public List<String> outcomes() {
    return forks.stream()
        .flatMap(fork -> fork.cell().outcomes().stream())
        .map(Outcome::name)
        .distinct()
        .toList();
  }

  /**
   * {@return the same cell under another name of its engine}
   *
   * @param other the name
   */
  public CellSeries named(String other) {
    return new CellSeries(other, benchmark, title, settings, forks, estimates);
  }

  /**
   * What one JVM measured of one cell.
   *
   * @param round which round of the run it belongs to, from 0: in each round every cell has one
   *     fork
   * @param position its place in the order of all forks of the run, from 0
   * @param startedAt when it began
   * @param cell the figures
   */
  public record Fork(int round, int position, Instant startedAt, CellResult cell) {
    /** Checks the bounds. */
    public Fork {
      Bounds.notNegative("round", round);
      Bounds.notNegative("position", position);
      Bounds.notEmpty("cell.outcomes", cell.outcomes());
      Bounds.recent("startedAt", startedAt);
    }

    /**
     * {@return the same with counters}
     *
     * @param counters null where there are none
     */
    public Fork withCounters(@Nullable ReadCounters counters) {
      return new Fork(round, position, startedAt, cell.withCounters(counters));
    }
  }

  /**
   * What the forks of a cell say together of one figure.
   *
   * @param outcome the outcome's name: {@code all}, {@code hit} or {@code miss}
   * @param metric which figure
   * @param value the middle of the forks
   * @param low the lower end of the interval that holds the true middle in 95 of 100 runs like
   *     this; the value itself where there are too few forks to say
   * @param high its upper end
   * @param forks the figure of each fork, in the order they ran
   */
  public record Estimate(
      String outcome, Metric metric, double value, double low, double high, List<Double> forks) {
    /** Copies the list and checks the bounds. */
    public Estimate {
      forks = List.copyOf(forks);
      Bounds.finite("value", value);
      Bounds.finite("low", low);
      Bounds.finite("high", high);
      Bounds.notEmpty("forks", forks);
    }
  }
}
