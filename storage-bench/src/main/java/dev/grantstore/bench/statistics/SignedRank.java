package dev.grantstore.bench.statistics;

import java.util.Arrays;

/**
 * Wilcoxon's signed-rank test: how likely differences that scatter evenly around 0 would lie at
 * least as much to one side as these. Two-sided, and exact also where differences are equal: it
 * counts every choice of signs. Differences of 0 are left out.
 */
public final class SignedRank {
  private SignedRank() {}

  /**
   * {@return the probability, over 0, at most 1}
   *
   * @param differences of independent rounds; 1 is returned where all are 0 or there are none
   */
  public static double pValue(double[] differences) {
    double[] kept = Arrays.stream(differences).filter(d -> d != 0).toArray();
    int[] ranks = MidRanks.doubled(Arrays.stream(kept).map(Math::abs).toArray());
    int most = Arrays.stream(ranks).sum();
    double[] ways = new double[most + 1];
    ways[0] = 1;
    int observed = 0;
    for (int i = 0; i < kept.length; i++) {
      observed += kept[i] > 0 ? ranks[i] : 0;
      for (int sum = most; sum >= ranks[i]; sum--) {
        ways[sum] += ways[sum - ranks[i]];
      }
    }
    double extreme = 0;
    double all = 0;
    for (int sum = 0; sum <= most; sum++) {
      all += ways[sum];
      extreme += Math.abs(2 * sum - most) >= Math.abs(2 * observed - most) ? ways[sum] : 0;
    }
    return extreme / all;
  }
}
