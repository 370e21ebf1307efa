package dev.grantstore.bench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** All samples of a few values, ties of every kind among them, against counting one by one. */
final class SmallSamplesTest {
  private static final double[] FIGURES = {-1, 0, 0.5, 2};
  private static final double[] PROBABILITIES = {0, 0.01, 0.02, 0.03, 0.4, 1};

  @Test
  void theMiddleIsWhereAsManyAreBelowAsAbove() {
    for (int size = 1; size <= 5; size++) {
      samples(
          FIGURES,
          size,
          sample -> {
            double[] before = sample.clone();
            List<Double> sorted = Arrays.stream(sample).sorted().boxed().toList();
            double lower = sorted.get((sorted.size() - 1) / 2);
            double upper = sorted.get(sorted.size() / 2);
            assertThat(Median.of(sample)).isEqualTo((lower + upper) / 2);
            assertThat(Median.upper(sample)).isEqualTo(upper);
            assertThat(sample).containsExactly(before);
          });
    }
  }

  @Test
  void ofTwoThatCannotBeAddedTheMiddleIsBetweenThem() {
    assertThat(Median.of(new double[] {-Double.MAX_VALUE, Double.MAX_VALUE})).isZero();
    assertThat(Median.of(new double[] {7})).isEqualTo(7);
    assertThat(Median.upper(new double[] {7, 9})).isEqualTo(9);
  }

  @Test
  void ranksAreTwiceTheMeanOfThePlacesThatEqualValuesShare() {
    for (int size = 0; size <= 5; size++) {
      samples(
          FIGURES,
          size,
          sample -> assertThat(MidRanks.doubled(sample)).containsExactly(ranks(sample)));
    }
  }

  @Test
  void mannWhitneyIsTheShareOfSplitsThatLieAsFarOut() {
    for (int size = 2; size <= 5; size++) {
      for (int first = 1; first < size; first++) {
        int count = first;
        samples(
            FIGURES,
            size,
            pooled ->
                assertThat(
                        MannWhitney.pValue(
                            Arrays.copyOf(pooled, count),
                            Arrays.copyOfRange(pooled, count, pooled.length)))
                    .isCloseTo(shareOfSplits(pooled, count), within(1e-12)));
      }
    }
  }

  @Test
  void signedRankIsTheShareOfSignsThatLieAsFarOut() {
    for (int size = 0; size <= 5; size++) {
      samples(
          FIGURES,
          size,
          differences ->
              assertThat(SignedRank.pValue(differences))
                  .isCloseTo(shareOfSigns(differences), within(1e-12)));
    }
  }

  /** Each with as many as are not smaller; and none below one that is smaller. */
  @Test
  void holmIsTheLargestThatASmallerOneHas() {
    for (int size = 0; size <= 4; size++) {
      samples(
          PROBABILITIES,
          size,
          p -> {
            double[] corrected = Holm.corrected(p);
            for (int i = 0; i < p.length; i++) {
              double expected = 0;
              for (double smaller : p) {
                if (smaller <= p[i]) {
                  long others = Arrays.stream(p).filter(other -> other >= smaller).count();
                  expected = Math.max(expected, Math.min(1, others * smaller));
                }
              }
              assertThat(corrected[i]).isCloseTo(expected, within(1e-12));
            }
          });
    }
  }

  private static int[] ranks(double[] sample) {
    List<Double> sorted = Arrays.stream(sample).sorted().boxed().toList();
    return Arrays.stream(sample)
        .mapToInt(value -> 1 + sorted.indexOf(value) + 1 + sorted.lastIndexOf(value))
        .toArray();
  }

  private static double shareOfSplits(double[] pooled, int first) {
    int[] ranks = ranks(pooled);
    int mean = first * (pooled.length + 1);
    int observed = Arrays.stream(ranks).limit(first).sum();
    int all = 0;
    int asFar = 0;
    for (int chosen = 0; chosen < 1 << pooled.length; chosen++) {
      if (Integer.bitCount(chosen) == first) {
        all++;
        asFar += Math.abs(sum(ranks, chosen) - mean) >= Math.abs(observed - mean) ? 1 : 0;
      }
    }
    return (double) asFar / all;
  }

  private static double shareOfSigns(double[] differences) {
    double[] kept = Arrays.stream(differences).filter(d -> d != 0).toArray();
    int[] ranks = ranks(Arrays.stream(kept).map(Math::abs).toArray());
    int up = 0;
    for (int i = 0; i < kept.length; i++) {
      up |= kept[i] > 0 ? 1 << i : 0;
    }
    int all = 1 << kept.length;
    int far = distance(ranks, up);
    int asFar = 0;
    for (int signs = 0; signs < all; signs++) {
      asFar += distance(ranks, signs) >= far ? 1 : 0;
    }
    return (double) asFar / all;
  }

  /** Between the sums of those that are up and of those that are not. */
  private static int distance(int[] ranks, int up) {
    return Math.abs(sum(ranks, up) - sum(ranks, ~up));
  }

  private static int sum(int[] ranks, int chosen) {
    int sum = 0;
    for (int i = 0; i < ranks.length; i++) {
      sum += (chosen >> i & 1) * ranks[i];
    }
    return sum;
  }

  private static void samples(double[] values, int size, Consumer<double[]> each) {
    List<double[]> samples = new ArrayList<>(List.of(new double[0]));
    for (int i = 0; i < size; i++) {
      List<double[]> longer = new ArrayList<>();
      for (double[] sample : samples) {
        for (double value : values) {
          double[] more = Arrays.copyOf(sample, sample.length + 1);
          more[sample.length] = value;
          longer.add(more);
        }
      }
      samples = longer;
    }
    samples.forEach(each);
  }
}
