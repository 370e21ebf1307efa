package dev.grantstore.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class AskingOrderTest {
  @Test
  void asksEveryQuestionEquallyOften() {
    int[] order = AskingOrder.draw(key(1000, 1000), 0, new SplittableRandom(1));

    long[] counts = counts(order, 1000);
    long least = Arrays.stream(counts).min().orElseThrow();
    long most = Arrays.stream(counts).max().orElseThrow();
    assertThat(least).isPositive();
    assertThat(most - least).isLessThanOrEqualTo(1);
  }

  @Test
  void drawsTheAskedShareOfMisses() {
    int[] order = AskingOrder.draw(key(300, 200), 0.25, new SplittableRandom(1));

    long misses = Arrays.stream(order).filter(question -> question >= 200).count();
    assertThat(misses).isEqualTo(Math.round(order.length * 0.25));
  }

  @Test
  void asksOnlyHitsWhereThereAreNoMisses() {
    int[] order = AskingOrder.draw(key(10, 10), 0.5, new SplittableRandom(1));

    assertThat(Arrays.stream(order)).allMatch(question -> question < 10);
  }

  @Test
  void coversMoreQuestionsThanTheLeastNumberOfDraws() {
    int[] order = AskingOrder.draw(key(100_000, 100_000), 0, new SplittableRandom(1));

    assertThat(counts(order, 100_000)).containsOnly(1);
  }

  @Test
  void sameSeedGivesSameOrderAndAnotherSeedAnother() {
    AnswerKey key = key(50, 50);

    int[] order = AskingOrder.draw(key, 0, new SplittableRandom(3));

    assertThat(AskingOrder.draw(key, 0, new SplittableRandom(3))).isEqualTo(order);
    assertThat(AskingOrder.draw(key, 0, new SplittableRandom(4))).isNotEqualTo(order);
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
