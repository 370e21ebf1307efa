package dev.grantstore.bench.statistics;

import java.util.Arrays;

/** The middle of some values. */
public final class Median {
  private Median() {}

  /**
   * {@return the middle value, or the larger of the two in the middle: one of the values, where
   * what lies between two of them means nothing}
   *
   * @param values at least one; left as they are
   */
  public static double upper(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /**
   * {@return the middle value, or the mean of the two in the middle}
   *
   * @param values at least one; left as they are
   */
  public static double of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
