package dev.grantstore.bench.result;

import java.util.List;
import java.util.SortedMap;

/**
 * One benchmark, measured once on one fixture with one set of options.
 *
 * @param benchmark its name, such as {@code G2}
 * @param title what it does, in a few words
 * @param settings how it was measured
 * @param interrupted whether it was cut short; what is here was measured all the same
 * @param questions how many different questions the loop went through
 * @param outcomes the figures, hits and misses apart
 * @param rate the rate over time
 * @param resources memory, CPU, collections
 * @param harness what the harness costs
 * @param before the store before the cell
 * @param after the store after the cell
 * @param figures further figures of this benchmark alone, unit in the name
 */
public record CellResult(
    String benchmark,
    String title,
    CellSettings settings,
    boolean interrupted,
    int questions,
    List<Outcome> outcomes,
    RateSeries rate,
    Resources resources,
    HarnessCost harness,
    StoreState before,
    StoreState after,
    SortedMap<String, Double> figures) {
  /** Copies the list. */
  public CellResult {
    outcomes = List.copyOf(outcomes);
  }
}
