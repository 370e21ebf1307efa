package dev.grantstore.bench.result;

import java.util.List;

/**
 * What the forks of a cell say together of one figure.
 *
 * @param outcome the outcome's name: {@code all}, {@code hit} or {@code miss}
 * @param metric which figure
 * @param value the middle of the forks
 * @param low the lower end of the interval that holds the true middle in 95 of 100 runs like this;
 *     the value itself where there are too few forks to say
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
