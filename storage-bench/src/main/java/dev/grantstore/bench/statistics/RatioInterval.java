package dev.grantstore.bench.statistics;

import java.util.Locale;

/**
 * How many times as high a figure is as another, and how sure that is. Forks are the unit.
 *
 * @param ratio second by first
 * @param low the lower end of the interval that holds the true ratio in 95 of 100 cases; the ratio
 *     itself where there are fewer than {@link Bootstrap#LEAST_VALUES} forks to say
 * @param high its upper end
 */
public record RatioInterval(double ratio, double low, double high) {

  /**
   * {@return the ratio of the medians of forks that have nothing in common, as of two runs}
   *
   * @param first a figure over 0 of each fork, at least one
   * @param second likewise; as many or not
   */
  public static RatioInterval ofSeparate(double[] first, double[] second) {
    checkPositive(first);
    checkPositive(second);
    Bootstrap.Interval interval =
        Bootstrap.interval(first, second, (a, b) -> Median.of(b) / Median.of(a));
    return new RatioInterval(Median.of(second) / Median.of(first), interval.low(), interval.high());
  }

  /**
   * {@return the median of the ratios of forks that ran beside each other, round by round; what the
   * machine did in a round concerns both forks and falls out of its ratio}
   *
   * @param first a figure over 0 of each round, at least one
   * @param second likewise, of the same rounds in the same order
   * @throws IllegalArgumentException if there are not as many of one as of the other
   */
  public static RatioInterval ofRounds(double[] first, double[] second) {
    double[] logs = logRatios(first, second);
    Bootstrap.Interval interval = Bootstrap.interval(logs, Median::of);
    return new RatioInterval(
        Math.exp(Median.of(logs)), Math.exp(interval.low()), Math.exp(interval.high()));
  }

  /**
   * {@return the natural logarithm of the ratio of each round}
   *
   * @param first a figure over 0 of each round, at least one
   * @param second likewise, of the same rounds in the same order
   * @throws IllegalArgumentException if there are not as many of one as of the other
   */
  public static double[] logRatios(double[] first, double[] second) {
    checkPositive(first);
    checkPositive(second);
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "rounds do not pair: first=%d second=%d", first.length, second.length));
    }
    double[] logs = new double[first.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = Math.log(second[i] / first[i]);
    }
    return logs;
  }

  private static void checkPositive(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no forks");
    }
    for (double value : values) {
      if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("a figure must be over 0: " + value);
      }
    }
  }
}
