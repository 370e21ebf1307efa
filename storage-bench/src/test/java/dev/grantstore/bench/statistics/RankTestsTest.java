package dev.grantstore.bench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;
import org.junit.jupiter.api.Test;

/** Held against a library where that is exact, and against counting by hand where it is not. */
final class RankTestsTest {
  @Test
  void mannWhitneyIsAsInTheLibraryWithoutEqualValues() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 200; i++) {
      double[] first = random.doubles(3 + random.nextInt(8)).toArray();
      double[] second = random.doubles(3 + random.nextInt(8)).map(d -> d + 0.3).toArray();
      double expected =
          MannWhitneyUTest.withDefaults().with(PValueMethod.EXACT).test(first, second).getPValue();

      assertThat(MannWhitney.pValue(first, second)).isCloseTo(expected, within(1e-9));
    }
  }

  @Test
  void signedRankIsAsInTheLibraryWithoutEqualValues() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 200; i++) {
      double[] differences = random.doubles(3 + random.nextInt(10), -0.3, 0.7).toArray();
      double expected =
          WilcoxonSignedRankTest.withDefaults()
              .with(PValueMethod.EXACT)
              .test(differences)
              .getPValue();

      assertThat(SignedRank.pValue(differences)).isCloseTo(expected, within(1e-9));
    }
  }

  @Test
  void fiveForksApartAreTwoOfTheTwoHundredAndFiftyTwoWaysToSplit() {
    double[] low = {1, 2, 3, 4, 5};
    double[] high = {6, 7, 8, 9, 10};

    assertThat(MannWhitney.pValue(low, high)).isCloseTo(2 / 252.0, within(1e-12));
    assertThat(MannWhitney.pValue(high, low)).isCloseTo(2 / 252.0, within(1e-12));
  }

  @Test
  void equalValuesAreCountedExactly() {
    // Ranks 1.5 1.5 against 3 4: of the six splits, 1.5+1.5 and 3+4 lie that far out.
    assertThat(MannWhitney.pValue(new double[] {1, 1}, new double[] {2, 3}))
        .isCloseTo(2 / 6.0, within(1e-12));
    assertThat(MannWhitney.pValue(new double[] {7, 7, 7}, new double[] {7, 7})).isEqualTo(1);
    // Absolute ranks 1.5 1.5 3, all up: of the eight choices of signs, two lie that far out.
    assertThat(SignedRank.pValue(new double[] {1, 1, 2})).isCloseTo(2 / 8.0, within(1e-12));
  }

  @Test
  void differencesOfNothingSayNothing() {
    assertThat(SignedRank.pValue(new double[] {0, 0, 0})).isEqualTo(1);
    assertThat(SignedRank.pValue(new double[0])).isEqualTo(1);
    assertThat(SignedRank.pValue(new double[] {0, 1, 2, 3}))
        .isEqualTo(SignedRank.pValue(new double[] {1, 2, 3}));
  }

  @Test
  void sampleWithoutForksIsRefused() {
    assertThatThrownBy(() -> MannWhitney.pValue(new double[0], new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("first=0");
  }

  @Test
  void holmMultipliesTheSmallestByAllAndNeverTurnsTheOrder() {
    assertThat(Holm.corrected(new double[] {0.04, 0.01, 0.03}))
        .containsExactly(new double[] {0.06, 0.03, 0.06}, within(1e-12));
    assertThat(Holm.corrected(new double[] {0.9, 0.8})).containsExactly(1, 1);
    assertThat(Holm.corrected(new double[0])).isEmpty();
  }
}
