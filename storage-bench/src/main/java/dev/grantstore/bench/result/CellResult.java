package dev.grantstore.bench.result;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * One benchmark, measured once on one fixture with one set of options.
 *
 * @param benchmark its name, such as {@code G2}
 * @param title what it does, in a few words
 * @param settings how it was measured
 * @param interrupted whether it was cut short; what is here was measured all the same
 * @param warmup what was run before
 * @param keys how many different keys the loop went through
 * @param outcomes the figures, hits and misses apart
 * @param schedule how well start times were kept; null in a closed loop
 * @param rate the rate over time
 * @param resources memory, CPU, collections
 * @param harness what the harness costs
 * @param before the store before the cell
 * @param after the store after the cell
 * @param figures further figures of this benchmark alone, unit in the name
 * @param notes further facts of this benchmark alone, in words
 * @param counters the engine's own, from an extra pass; null where it has none
 */
public record CellResult(
    String benchmark,
    String title,
    CellSettings settings,
    boolean interrupted,
    WarmUp warmup,
    KeyCount keys,
    List<Outcome> outcomes,
    @Nullable Schedule schedule,
    RateSeries rate,
    Resources resources,
    HarnessCost harness,
    StoreState before,
    StoreState after,
    SortedMap<String, Double> figures,
    SortedMap<String, String> notes,
    @Nullable ReadCounters counters) {
  /** The note that says by how much operations were prolonged on purpose, where they were. */
  public static final String INJECTED_DELAY = "injected delay";

  /** Copies the list and checks the bounds. */
  public CellResult {
    outcomes = List.copyOf(outcomes);
    Bounds.finite("figures", figures);
  }

  /** {@return what is asked and how, but not of whom} */
  public String question() {
    return settings.question(benchmark);
  }

  /**
   * {@return the same with counters}
   *
   * @param other null where there are none
   */
  public CellResult withCounters(@Nullable ReadCounters other) {
    return new CellResult(
        benchmark,
        title,
        settings,
        interrupted,
        warmup,
        keys,
        outcomes,
        schedule,
        rate,
        resources,
        harness,
        before,
        after,
        figures,
        notes,
        other);
  }
}
