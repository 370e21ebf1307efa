package dev.grantstore.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.CellSettings.KeyDistribution;
import dev.grantstore.bench.result.CellSettings.Temperature;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class AskingOrderTest {
  @Test
  void asksEveryQuestionEquallyOften() {
    int[] order = AskingOrder.draw(key(1000, 1000), misses(0), new SplittableRandom(1));

    long[] counts = counts(order, 1000);
    long least = Arrays.stream(counts).min().orElseThrow();
    long most = Arrays.stream(counts).max().orElseThrow();
    assertThat(least).isPositive();
    assertThat(most - least).isLessThanOrEqualTo(1);
  }

  @Test
  void drawsTheAskedShareOfMisses() {
    int[] order = AskingOrder.draw(key(300, 200), misses(0.25), new SplittableRandom(1));

    long misses = Arrays.stream(order).filter(question -> question >= 200).count();
    assertThat(misses).isEqualTo(Math.round(order.length * 0.25));
  }

  @Test
  void coldOrderHasNoQuestionTwice() {
    for (double ratio : new double[] {0, 0.1, 0.25, 0.5, 0.9, 1}) {
      CellSettings cold = cold(ratio);
      int[] order = AskingOrder.draw(key(300, 200), cold, new SplittableRandom(1));

      assertThat(Arrays.stream(order)).doesNotHaveDuplicates();
      assertThat(order.length).isGreaterThanOrEqualTo(100);
    }
  }

  @Test
  void threadsOfAColdCellShareOnePass() {
    int[] pass = {5, 3, 1, 4, 2};

    assertThat(AskingOrder.share(pass, 0, 2)).containsExactly(5, 1, 2);
    assertThat(AskingOrder.share(pass, 1, 2)).containsExactly(3, 4);
    assertThat(AskingOrder.share(new int[] {9}, 3, 4)).containsExactly(9);
  }

  private static CellSettings cold(double missRatio) {
    return new CellSettings(
        Duration.ZERO,
        Duration.ZERO,
        Duration.ofSeconds(1),
        1,
        missRatio,
        1,
        KeyDistribution.UNIFORM,
        Temperature.COLD,
        0);
  }

  @Test
  void asksOnlyHitsWhereThereAreNoMisses() {
    int[] order = AskingOrder.draw(key(10, 10), misses(0.5), new SplittableRandom(1));

    assertThat(Arrays.stream(order)).allMatch(question -> question < 10);
  }

  @Test
  void coversMoreQuestionsThanTheLeastNumberOfDraws() {
    int[] order = AskingOrder.draw(key(100_000, 100_000), misses(0), new SplittableRandom(1));

    assertThat(counts(order, 100_000)).containsOnly(1);
  }

  @Test
  void sameSeedGivesSameOrderAndAnotherSeedAnother() {
    AnswerKey key = key(50, 50);

    int[] order = AskingOrder.draw(key, misses(0), new SplittableRandom(3));

    assertThat(AskingOrder.draw(key, misses(0), new SplittableRandom(3))).isEqualTo(order);
    assertThat(AskingOrder.draw(key, misses(0), new SplittableRandom(4))).isNotEqualTo(order);
  }

  @Test
  void skewedQuestionsAskForFewKeysMost() {
    CellSettings zipf = settings(KeyDistribution.ZIPF);
    CellSettings hotspot = settings(KeyDistribution.HOTSPOT);

    assertThat(shareOfMostAsked(zipf, 10)).isBetween(0.3, 0.5);
    assertThat(shareOfMostAsked(hotspot, 200)).isBetween(0.75, 0.85);
  }

  @Test
  void latestAsksForTheLastKeysMost() {
    int[] order = AskingOrder.draw(key(1_000, 1_000), settings(KeyDistribution.LATEST), random());

    long[] counts = counts(order, 1_000);
    assertThat(counts[999]).isEqualTo(Arrays.stream(counts).max().orElseThrow());
    assertThat(counts[999]).isGreaterThan(10 * counts[0]);
  }

  private static double shareOfMostAsked(CellSettings settings, int keys) {
    int[] order = AskingOrder.draw(key(1_000, 1_000), settings, random());
    long[] counts = counts(order, 1_000);
    Arrays.sort(counts);
    long most = Arrays.stream(counts).skip(1_000 - keys).sum();
    return (double) most / order.length;
  }

  private static SplittableRandom random() {
    return new SplittableRandom(1);
  }

  private static CellSettings misses(double ratio) {
    return CellSettings.closed(Duration.ZERO, Duration.ofSeconds(1), 1, ratio, 1);
  }

  private static CellSettings settings(KeyDistribution distribution) {
    Duration second = Duration.ofSeconds(1);
    return new CellSettings(second, second, second, 1, 0, 1, distribution, Temperature.WARM, 0);
  }

  private static long[] counts(int[] order, int questions) {
    long[] counts = new long[questions];
    for (int question : order) {
      counts[question]++;
    }
    return counts;
  }

  private static AnswerKey key(int questions, int firstMiss) {
    return new AnswerKey(new long[questions], new long[questions], firstMiss);
  }
}
