package dev.grantstore.bench.statistics;

import java.util.Locale;

/**
 * The Mann-Whitney U test: how likely two samples of one and the same distribution would differ at
 * least as much as these, by the sum of ranks. Two-sided, and exact also where values are equal: it
 * counts every way to split the pooled ranks in two. Service times come out of histograms, so equal
 * values are usual; the normal approximation that libraries fall back to then is below the least p
 * that a few forks can have.
 */
public final class MannWhitney {
  private MannWhitney() {}

  /**
   * {@return the probability, over 0, at most 1}
   *
   * @param first at least one value, of independent forks
   * @param second likewise; together at most a few hundred, for time grows with the fourth power
   */
  public static double pValue(double[] first, double[] second) {
    if (first.length == 0 || second.length == 0) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "no forks: first=%d second=%d", first.length, second.length));
    }
    double[] pooled = new double[first.length + second.length];
    System.arraycopy(first, 0, pooled, 0, first.length);
    System.arraycopy(second, 0, pooled, first.length, second.length);
    int[] ranks = MidRanks.doubled(pooled);
    int observed = 0;
    for (int i = 0; i < first.length; i++) {
      observed += ranks[i];
    }
    double[] ways = waysToSum(ranks, first.length);
    int mean = first.length * (pooled.length + 1);
    double extreme = 0;
    double all = 0;
    for (int sum = 0; sum < ways.length; sum++) {
      all += ways[sum];
      extreme += Math.abs(sum - mean) >= Math.abs(observed - mean) ? ways[sum] : 0;
    }
    return extreme / all;
  }

  /** {@return for each sum, how many choices of so many of the ranks add up to it} */
  private static double[] waysToSum(int[] ranks, int chosen) {
    int most = 0;
    for (int rank : ranks) {
      most += rank;
    }
    double[][] ways = new double[chosen + 1][most + 1];
    ways[0][0] = 1;
    for (int rank : ranks) {
      for (int count = chosen; count > 0; count--) {
        for (int sum = most; sum >= rank; sum--) {
          ways[count][sum] += ways[count - 1][sum - rank];
        }
      }
    }
    return ways[chosen];
  }
}
