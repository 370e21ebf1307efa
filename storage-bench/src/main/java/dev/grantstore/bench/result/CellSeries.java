package dev.grantstore.bench.result;

import java.util.Comparator;
import java.util.List;

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

  /** {@return the fork in the middle by time per operation of its first outcome} */
  public CellResult middle() {
    List<CellResult> sorted =
        forks.stream()
            .map(Fork::cell)
            .sorted(Comparator.comparingDouble(cell -> cell.outcomes().get(0).nanosPerOp()))
            .toList();
    return sorted.get(sorted.size() / 2);
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
}
