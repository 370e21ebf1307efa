package dev.grantstore.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.grantstore.bench.result.CellSettings.KeyDistribution;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each key comes as often as its rank says, the first and the last among them. */
final class SkewTest {
  private static final int DRAWS = 400_000;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 100, 1_000})
  void latestGivesTheLastKeyTheFirstRank(int count) {
    long[] counts = counts(KeyDistribution.LATEST, count);
    for (int rank = 1; rank <= count; rank++) {
      check(counts[count - rank], zipf(rank, count), rank);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 100, 1_000})
  void zipfGivesTheSameRanksToOtherKeys(int count) {
    long[] ranked = ranked(counts(KeyDistribution.ZIPF, count));
    for (int rank = 1; rank <= count; rank++) {
      check(ranked[rank - 1], zipf(rank, count), rank);
    }
  }

  /** Or a block of the store would hold the hot keys alone. */
  @ParameterizedTest
  @EnumSource(
      value = KeyDistribution.class,
      names = {"ZIPF", "HOTSPOT"})
  void hotKeysAreNoNeighbours(KeyDistribution distribution) {
    int count = 1_000;
    int hot = count / 5;
    long[] counts = counts(distribution, count);
    long least = ranked(counts)[hot - 1];
    long neighbours =
        IntStream.range(1, count).filter(i -> counts[i - 1] >= least && counts[i] >= least).count();

    // By chance 40 of the 200 hot ones have a hot one before them, give or take 6.
    assertThat(neighbours).isBetween(20L, 60L);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 100, 1_000})
  void hotspotGivesAFifthOfTheKeysFourFifthsOfTheQuestions(int count) {
    int hot = Math.max(1, count / 5);
    long[] ranked = ranked(counts(KeyDistribution.HOTSPOT, count));
    for (int rank = 1; rank <= count; rank++) {
      double share = count == 1 ? 1 : rank <= hot ? 0.8 / hot : 0.2 / (count - hot);
      check(ranked[rank - 1], share, rank);
    }
  }

  private static double zipf(int rank, int count) {
    double all = 0;
    for (int i = 1; i <= count; i++) {
      all += Math.pow(i, -0.99);
    }
    return Math.pow(rank, -0.99) / all;
  }

  private static long[] counts(KeyDistribution distribution, int count) {
    SplittableRandom random = new SplittableRandom(5);
    Skew skew = Skew.of(distribution, count, random);
    long[] counts = new long[count];
    for (int i = 0; i < DRAWS; i++) {
      counts[skew.draw(random)]++;
    }
    return counts;
  }

  private static long[] ranked(long[] counts) {
    long[] sorted = counts.clone();
    Arrays.sort(sorted);
    long[] ranked = new long[sorted.length];
    Arrays.setAll(ranked, i -> sorted[sorted.length - 1 - i]);
    return ranked;
  }

  private static void check(long counted, double share, int rank) {
    double sigma = Math.sqrt(DRAWS * share * (1 - share));
    assertThat((double) counted)
        .as("rank %d", rank)
        .isCloseTo(DRAWS * share, within(5 * sigma + 1e-6));
  }
}
