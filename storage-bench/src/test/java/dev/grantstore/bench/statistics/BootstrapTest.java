package dev.grantstore.bench.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The interval of a median has a closed form where the number of values is odd. A draw's median is
 * at most the k-th of n values with the probability that a binomial of n and k/n is at least (n +
 * 1)/2; so the interval's ends are certain values of those given, whatever they are, and how often
 * it holds the true median follows from how many values are below that: a binomial of n and 1/2.
 */
final class BootstrapTest {
  private static final double BEYOND = 0.025;

  @ParameterizedTest
  @ValueSource(ints = {5, 7, 9, 11, 13, 21})
  void endsAreTheValuesThatTheClosedFormNames(int n) {
    double[] values = new double[n];
    Arrays.setAll(values, i -> 100 + (i * 7L % n) * (i * 7L % n));
    double[] sorted = values.clone();
    Arrays.sort(sorted);

    Bootstrap.Interval interval = Bootstrap.interval(values, Median::of);

    int low = lowEnd(n);
    assertThat(interval).isEqualTo(new Bootstrap.Interval(sorted[low - 1], sorted[n - low]));
  }

  /** As rfc/0007 has it. */
  @Test
  void promiseIsKeptAboutAsWellAsFewValuesAllow() {
    double[] percent = new double[5];
    Arrays.setAll(percent, i -> Math.round(1_000 * coverage(5 + 2 * i)) / 10.0);
    assertThat(percent).containsExactly(93.8, 87.5, 96.1, 93.5, 90.8);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 6, 7, 8, 9, 10, 20})
  void everyForkIsDrawnAsOftenAsAnyOther(int n) {
    double[] values = new double[n];
    Arrays.setAll(values, i -> i);
    long[] drawn = new long[n];
    long[] draws = new long[1];
    Bootstrap.interval(
        values,
        values,
        (first, second) -> {
          for (int i = 0; i < n; i++) {
            drawn[(int) first[i]]++;
            drawn[(int) second[i]]++;
          }
          draws[0] += 2L * n;
          return first[0];
        });

    assertThat(draws[0]).isEqualTo(20_000L * n);
    double expected = 20_000;
    double sigma = Math.sqrt(expected * (1 - 1.0 / n));
    for (long times : drawn) {
      assertThat((double) times).isBetween(expected - 5 * sigma, expected + 5 * sigma);
    }
  }

  @Test
  void endsAreTheTwoQuantilesOfAllThatWasDrawn() {
    double[] given = new double[10_000];
    int[] at = {0};
    Bootstrap.Interval interval =
        Bootstrap.interval(
            new double[] {1, 2, 3, 4, 5},
            draw -> {
              given[at[0]] = at[0] * 7_919L % 10_000;
              return given[at[0]++];
            });

    assertThat(at[0]).isEqualTo(10_000);
    assertThat(interval).isEqualTo(new Bootstrap.Interval(249, 9_750));
  }

  @Test
  void fewerThanFiveValuesOfEitherSideHaveNone() {
    double[] four = {4, 1, 3, 2};
    double[] five = {5, 1, 3, 2, 4};

    assertThat(Bootstrap.interval(four, Median::of)).isEqualTo(new Bootstrap.Interval(2.5, 2.5));
    assertThat(Bootstrap.interval(four, five, (a, b) -> Median.of(b) - Median.of(a)))
        .isEqualTo(new Bootstrap.Interval(0.5, 0.5));
    assertThat(Bootstrap.interval(five, four, (a, b) -> Median.of(b) - Median.of(a)))
        .isEqualTo(new Bootstrap.Interval(-0.5, -0.5));
    assertThat(four).containsExactly(4, 1, 3, 2);
  }

  /** Of values that are all the same nothing has to be drawn, of one side's it does. */
  @Test
  void onlyWhatIsAlikeOnBothSidesHasNoWidth() {
    double[] alike = {1, 1, 1, 1, 1};
    double[] two = {1, 1, 1, 2, 2};
    double[] none = {};

    for (double[][] given : new double[][][] {{alike, two}, {two, alike}, {two, none}}) {
      Bootstrap.Interval interval =
          Bootstrap.interval(
              given[0], given[1], (a, b) -> Median.of(a) + (b.length > 0 ? Median.of(b) : 1));

      assertThat(interval).isEqualTo(new Bootstrap.Interval(2, 3));
    }
    assertThat(Bootstrap.interval(alike, alike, (a, b) -> Median.of(a) + Median.of(b)))
        .isEqualTo(new Bootstrap.Interval(2, 2));
  }

  /** Of 2,000 samples, within three standard deviations of the closed form. */
  @Tag("deep")
  @ParameterizedTest
  @ValueSource(ints = {5, 7, 9, 11})
  void holdsTheTruthAsOftenAsTheClosedFormSays(int n) {
    SplittableRandom random = new SplittableRandom(n);
    int runs = 2_000;
    int held = 0;
    for (int run = 0; run < runs; run++) {
      double[] first = new double[n];
      double[] second = new double[n];
      for (int i = 0; i < n; i++) {
        double mood = Math.exp(0.3 * random.nextGaussian());
        first[i] = mood * Math.exp(0.03 * random.nextGaussian());
        second[i] = 1.1 * mood * Math.exp(0.03 * random.nextGaussian());
      }
      RatioInterval ratio = RatioInterval.ofRounds(first, second);
      held += ratio.low() <= 1.1 && 1.1 <= ratio.high() ? 1 : 0;
    }

    double share = coverage(n);
    double sigma = Math.sqrt(runs * share * (1 - share));
    assertThat((double) held).isBetween(runs * share - 3 * sigma, runs * share + 3 * sigma);
  }

  /** {@return which value, from the least, is the lower end; the upper one is its mirror image} */
  private static int lowEnd(int n) {
    for (int k = 1; k <= n; k++) {
      if (atLeast(n, (double) k / n, (n + 1) / 2) > BEYOND) {
        return k;
      }
    }
    throw new AssertionError();
  }

  private static double coverage(int n) {
    int low = lowEnd(n);
    return 1 - 2 * (1 - atLeast(n, 0.5, low));
  }

  /** {@return how likely a binomial is at least {@code least}} */
  private static double atLeast(int n, double share, int least) {
    double sum = 0;
    for (int k = least; k <= n; k++) {
      double ways = 1;
      for (int i = 0; i < k; i++) {
        ways = ways * (n - i) / (i + 1);
      }
      sum += ways * Math.pow(share, k) * Math.pow(1 - share, n - k);
    }
    return sum;
  }
}
