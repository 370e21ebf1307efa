package dev.grantstore.bench.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MidRanksTest {
  @Test
  void equalValuesShareTheMeanOfTheirRanks() {
    assertThat(MidRanks.doubled(new double[] {})).isEmpty();
    assertThat(MidRanks.doubled(new double[] {5})).containsExactly(2);
    assertThat(MidRanks.doubled(new double[] {3, 1, 2})).containsExactly(6, 2, 4);
    assertThat(MidRanks.doubled(new double[] {1, 1})).containsExactly(3, 3);
    assertThat(MidRanks.doubled(new double[] {2, 1, 2, 2})).containsExactly(6, 2, 6, 6);
    assertThat(MidRanks.doubled(new double[] {-1, 0, -1, 4, 0, 0}))
        .containsExactly(3, 8, 3, 12, 8, 8);
  }

  /** All arrays of four values of three, by counting pairs. */
  @Test
  void ranksAreHalfOfThePairsThatAValueBeats() {
    for (int code = 0; code < 81; code++) {
      double[] values = {code % 3, code / 3 % 3, code / 9 % 3, code / 27 % 3};
      int[] doubled = MidRanks.doubled(values);
      int sum = 0;
      for (int i = 0; i < values.length; i++) {
        int expected = 2;
        for (int j = 0; j < values.length; j++) {
          if (j != i) {
            expected += values[j] < values[i] ? 2 : values[j] > values[i] ? 0 : 1;
          }
        }
        assertThat(doubled[i]).isEqualTo(expected);
        sum += doubled[i];
      }
      assertThat(sum).isEqualTo(values.length * (values.length + 1));
    }
  }
}
