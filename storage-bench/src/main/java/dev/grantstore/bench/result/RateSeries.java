package dev.grantstore.bench.result;

import java.util.List;

/**
 * The rate over time, warm-up left out.
 *
 * @param unit what is counted: {@code ops} or {@code rows}
 * @param windowsPerSecond the rate in each window, in order, all threads together
 * @param steadiness whether it stayed the same
 */
public record RateSeries(String unit, List<Double> windowsPerSecond, Steadiness steadiness) {
  /** Copies the list. */
  public RateSeries {
    windowsPerSecond = List.copyOf(windowsPerSecond);
  }
}
