package dev.grantstore.bench.statistics;

/** Ranks of values, from 1, where equal values share the mean of the ranks they take up. */
final class MidRanks {
  private MidRanks() {}

  /** {@return twice the rank of each value, so that it is whole} */
  static int[] doubled(double[] values) {
    int[] ranks = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      int below = 0;
      int equal = 0;
      for (double other : values) {
        if (other < values[i]) {
          below++;
        } else if (other == values[i]) {
          equal++;
        }
      }
      ranks[i] = 2 * below + equal + 1;
    }
    return ranks;
  }
}
