package dev.grantstore.bench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RatioIntervalTest {
  @Test
  void ratioIsOfTheMedians() {
    RatioInterval ratio =
        RatioInterval.ofSeparate(
            new double[] {10, 9, 11, 900, 800}, new double[] {22, 1, 23, 2, 24});

    assertThat(ratio.ratio()).isEqualTo(2);
    assertThat(ratio.low()).isLessThan(2);
    assertThat(ratio.high()).isGreaterThan(2);
  }

  @Test
  void whatARoundDoesToBothFallsOut() {
    double[] first = {100, 300, 150, 700, 110};
    double[] second = {110, 330, 165, 770, 121};

    RatioInterval ratio = RatioInterval.ofRounds(first, second);

    assertThat(ratio.low()).isCloseTo(1.1, within(1e-9));
    assertThat(ratio.ratio()).isCloseTo(1.1, within(1e-9));
    assertThat(ratio.high()).isCloseTo(1.1, within(1e-9));
  }

  @Test
  void twoForksHaveNoInterval() {
    RatioInterval ratio = RatioInterval.ofSeparate(new double[] {1, 3}, new double[] {4, 4, 4});

    assertThat(ratio).isEqualTo(new RatioInterval(2, 2, 2));
  }

  @Test
  void fourForksHaveNoIntervalAndFiveHaveOne() {
    double[] four = {1, 2, 3, 4};
    double[] five = {1, 2, 3, 4, 5};

    assertThat(RatioInterval.ofRounds(four, new double[] {2, 5, 4, 9}).low())
        .isEqualTo(RatioInterval.ofRounds(four, new double[] {2, 5, 4, 9}).high());
    RatioInterval ratio = RatioInterval.ofSeparate(five, five);
    assertThat(ratio.low()).isLessThan(1);
    assertThat(ratio.high()).isGreaterThan(1);
  }

  @Test
  void intervalOfRoundsHoldsTheTruthAboutAsOftenAsItSays() {
    SplittableRandom random = new SplittableRandom(3);
    int held = 0;
    int runs = 100;
    for (int i = 0; i < runs; i++) {
      double[] first = new double[8];
      double[] second = new double[8];
      for (int j = 0; j < 8; j++) {
        double mood = Math.exp(0.3 * random.nextGaussian());
        first[j] = mood * Math.exp(0.03 * random.nextGaussian());
        second[j] = 1.1 * mood * Math.exp(0.03 * random.nextGaussian());
      }
      RatioInterval ratio = RatioInterval.ofRounds(first, second);
      held += ratio.low() <= 1.1 && 1.1 <= ratio.high() ? 1 : 0;
    }

    assertThat(100.0 * held / runs).isBetween(88.0, 100.0);
  }

  @Test
  void figureThatIsNotOverZeroIsRefused() {
    assertThatThrownBy(() -> RatioInterval.ofSeparate(new double[] {1}, new double[] {0}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RatioInterval.ofRounds(new double[] {1}, new double[] {1, 2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("do not pair");
  }
}
