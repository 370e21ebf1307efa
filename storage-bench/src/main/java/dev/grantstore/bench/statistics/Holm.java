package dev.grantstore.bench.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's correction: who asks many questions at once gets a small p for one of them by chance. With
 * it the chance of even one false claim stays below the level, however the questions hang together.
 */
public final class Holm {
  private Holm() {}

  /**
   * {@return the corrected p of each question, in the order given, at most 1}
   *
   * @param pValues one for each question
   */
  public static double[] corrected(double[] pValues) {
    int[] order =
        IntStream.range(0, pValues.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> pValues[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] corrected = new double[pValues.length];
    double highest = 0;
    for (int i = 0; i < order.length; i++) {
      highest = Math.max(highest, Math.min(1, (order.length - i) * pValues[order[i]]));
      corrected[order[i]] = highest;
    }
    return corrected;
  }
}
