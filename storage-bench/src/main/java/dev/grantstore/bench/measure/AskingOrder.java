package dev.grantstore.bench.measure;

import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.CellSettings.KeyDistribution;
import dev.grantstore.bench.result.CellSettings.Temperature;
import java.util.SplittableRandom;

/** Draws, before the clock starts, in which order a thread asks its questions. */
public final class AskingOrder {
  /** Few questions are repeated up to this many draws, so that each round is shuffled anew. */
  private static final int LEAST_DRAWS = 1 << 16;

  private AskingOrder() {}

  /**
   * {@return question numbers in random order, gone through again and again by the loop}
   *
   * <p>Where all keys are alike, within hits and within misses every question comes equally often,
   * give or take one. In a cold cell the order is one pass: no more draws than there are questions,
   * so that none comes twice where all keys are alike.
   *
   * @param key the questions
   * @param settings the share of misses, without misses in {@code key} taken as 0, and how often
   *     which key is asked for
   * @param random decides the order
   */
  public static int[] draw(AnswerKey key, CellSettings settings, SplittableRandom random) {
    int hits = key.firstMiss();
    int misses = key.size() - hits;
    double ratio = misses == 0 ? 0 : hits == 0 ? 1 : settings.missRatio();
    int draws =
        settings.isCold()
            ? onePass(hits, misses, ratio)
            : key.size() == 1 ? 1 : Math.max(LEAST_DRAWS, key.size());
    int missDraws = (int) Math.round(draws * ratio);
    int[] order = new int[draws];
    fill(order, 0, draws - missDraws, 0, hits, settings.distribution(), random);
    fill(order, draws - missDraws, draws, hits, misses, settings.distribution(), random);
    shuffle(order, 0, draws, random);
    return order;
  }

  /**
   * {@return what a thread of a cold cell asks: its share of one pass, dealt out in turn, so that
   * the threads ask for different ones, and at most {@link Temperature#MOST_COLD_OPS}; at least
   * one}
   *
   * @param pass of all threads together, not empty
   * @param thread its number
   * @param threads how many there are
   */
  static int[] share(int[] pass, int thread, int threads) {
    int length = (pass.length - 1 - thread % pass.length) / threads + 1;
    int[] share = new int[Math.min(length, Temperature.MOST_COLD_OPS)];
    for (int i = 0; i < share.length; i++) {
      share[i] = pass[thread % pass.length + i * threads];
    }
    return share;
  }

  private static int onePass(int hits, int misses, double ratio) {
    if (ratio == 0 || ratio == 1) {
      return ratio == 0 ? hits : misses;
    }
    return Math.max(1, (int) Math.min(hits / (1 - ratio), misses / ratio));
  }

  private static void fill(
      int[] order,
      int from,
      int to,
      int first,
      int count,
      KeyDistribution distribution,
      SplittableRandom random) {
    if (from == to) {
      return;
    }
    if (distribution == KeyDistribution.UNIFORM) {
      fillEvenly(order, from, to, first, count, random);
      return;
    }
    Skew skew = Skew.of(distribution, count, random);
    for (int i = from; i < to; i++) {
      order[i] = first + skew.draw(random);
    }
  }

  private static void fillEvenly(
      int[] order, int from, int to, int first, int count, SplittableRandom random) {
    int[] round = new int[count];
    for (int i = 0; i < count; i++) {
      round[i] = first + i;
    }
    shuffle(round, 0, count, random);
    for (int i = from; i < to; i++) {
      order[i] = round[(i - from) % count];
    }
  }

  static void shuffle(int[] values, int from, int to, SplittableRandom random) {
    for (int i = to - 1; i > from; i--) {
      int j = from + random.nextInt(i - from + 1);
      int value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
  }
}
