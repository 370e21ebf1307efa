package dev.grantstore.bench.measure;

import dev.grantstore.bench.result.CellSettings.KeyDistribution;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Draws keys some of which are asked for more often than others. Ranks are drawn by inversion of
 * the cumulated weights; which key has which rank is decided by the distribution. Immutable.
 */
final class Skew {
  /** As YCSB's zipfian requests. */
  private static final double ZIPF_EXPONENT = 0.99;

  private static final double HOT_KEYS = 0.2;
  private static final double HOT_QUESTIONS = 0.8;

  private final double[] cumulated;
  private final int[] keys;

  private Skew(double[] cumulated, int[] keys) {
    this.cumulated = cumulated;
    this.keys = keys;
  }

  /**
   * {@return what draws by a distribution}
   *
   * @param distribution not {@code UNIFORM}
   * @param count how many keys, over 0
   * @param random scatters the ranks over the keys
   */
  static Skew of(KeyDistribution distribution, int count, SplittableRandom random) {
    return switch (distribution) {
      case ZIPF -> new Skew(zipf(count), scattered(count, random));
      case LATEST -> new Skew(zipf(count), lastFirst(count));
      case HOTSPOT -> new Skew(hotspot(count), scattered(count, random));
      case UNIFORM -> throw new IllegalArgumentException("not skewed: " + distribution);
    };
  }

  /** {@return a key, from 0} */
  int draw(SplittableRandom random) {
    double point = random.nextDouble() * cumulated[cumulated.length - 1];
    int at = Arrays.binarySearch(cumulated, point);
    int rank = at >= 0 ? at + 1 : -at - 1;
    return keys[Math.min(rank, keys.length - 1)];
  }

  private static double[] zipf(int count) {
    double[] sums = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += Math.pow(i + 1, -ZIPF_EXPONENT);
      sums[i] = sum;
    }
    return sums;
  }

  private static double[] hotspot(int count) {
    int hot = Math.max(1, (int) Math.round(count * HOT_KEYS));
    int cold = count - hot;
    double[] sums = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += i < hot ? HOT_QUESTIONS / hot : (1 - HOT_QUESTIONS) / cold;
      sums[i] = sum;
    }
    return sums;
  }

  private static int[] scattered(int count, SplittableRandom random) {
    int[] keys = new int[count];
    Arrays.setAll(keys, i -> i);
    AskingOrder.shuffle(keys, 0, count, random);
    return keys;
  }

  private static int[] lastFirst(int count) {
    int[] keys = new int[count];
    Arrays.setAll(keys, i -> count - 1 - i);
    return keys;
  }
}
