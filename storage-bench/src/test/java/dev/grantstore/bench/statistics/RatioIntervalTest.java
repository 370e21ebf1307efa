package dev.grantstore.bench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void intervalOfRoundsIsThatOfTheLogarithmsOfTheirRatios() {
    double[] first = {1, 1, 1, 1, 1};
    double[] second = {4, 1, 2, 16, 8};

    RatioInterval ratio = RatioInterval.ofRounds(first, second);

    assertThat(ratio.low()).isCloseTo(1, within(1e-12));
    assertThat(ratio.ratio()).isCloseTo(4, within(1e-12));
    assertThat(ratio.high()).isCloseTo(16, within(1e-12));
    RatioInterval turned = RatioInterval.ofRounds(second, first);
    assertThat(turned.low()).isCloseTo(1 / 16.0, within(1e-12));
    assertThat(turned.high()).isCloseTo(1, within(1e-12));
  }

  @Test
  void intervalOfSeparateRunsReachesFromTheLeastRatioToTheGreatestOfFive() {
    double[] first = {1, 2, 4, 8, 16};
    double[] second = {32, 64, 128, 256, 512};

    RatioInterval ratio = RatioInterval.ofSeparate(first, second);

    assertThat(ratio.ratio()).isEqualTo(32);
    assertThat(ratio.low()).isIn(2.0, 4.0, 8.0);
    assertThat(ratio.high()).isEqualTo(1_024 / ratio.low());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void figureThatIsNotOverZeroIsRefused(double wrong) {
    double[] right = {1, 2};
    for (double[] one : new double[][] {{wrong, 2}, {1, wrong}}) {
      List<ThrowingCallable> calls =
          List.of(
              () -> RatioInterval.ofSeparate(one, right),
              () -> RatioInterval.ofSeparate(right, one),
              () -> RatioInterval.ofRounds(one, right),
              () -> RatioInterval.ofRounds(right, one),
              () -> RatioInterval.logRatios(one, right),
              () -> RatioInterval.logRatios(right, one));
      for (ThrowingCallable call : calls) {
        assertThatThrownBy(call)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("a figure must be over 0: " + wrong);
      }
    }
  }

  @Test
  void forksThatAreNotThereOrDoNotPairAreRefused() {
    double[] none = {};
    double[] one = {1};
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> RatioInterval.ofSeparate(none, one),
            () -> RatioInterval.ofSeparate(one, none),
            () -> RatioInterval.logRatios(none, none))) {
      assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage("no forks");
    }
    assertThatThrownBy(() -> RatioInterval.ofRounds(one, new double[] {1, 2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("do not pair");
  }
}
