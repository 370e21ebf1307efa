package dev.grantstore.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.grantstore.bench.report.Drawings.Axis;
import org.junit.jupiter.api.Test;

final class AxisTest {
  @Test
  void linearAxisHasAFewRoundMarksFromZero() {
    assertThat(Axis.fromZero(820, 0, 100).ticks()).containsExactly(0.0, 250.0, 500.0, 750.0);
    assertThat(Axis.fromZero(1, 0, 100).ticks()).startsWith(0.0).hasSizeBetween(3, 5);
  }

  @Test
  void axisOfNothingIsStillAnAxis() {
    assertThat(Axis.fromZero(0, 10, 20).at(0)).isEqualTo(10);
    assertThat(Axis.fromZero(0, 10, 20).ticks()).isNotEmpty();
  }

  @Test
  void logarithmicAxisIsOfWholeDecades() {
    Axis axis = Axis.decades(250, 40_000, 200, 0);

    assertThat(axis.ticks()).containsExactly(100.0, 1_000.0, 10_000.0, 100_000.0);
    assertThat(axis.at(100)).isEqualTo(200);
    assertThat(axis.at(100_000)).isCloseTo(0, within(1e-9));
    assertThat(axis.at(1_000) - axis.at(10_000))
        .isCloseTo(axis.at(10_000) - axis.at(100_000), within(1e-9));
  }

  @Test
  void decadesOfOneValueHaveRoom() {
    assertThat(Axis.decades(1_000, 1_000, 0, 1).ticks()).containsExactly(1_000.0, 10_000.0);
  }

  @Test
  void valuesBeyondTheEndsStayInTheDrawing() {
    assertThat(Axis.fromZero(10, 0, 100).at(11)).isEqualTo(100);
    assertThat(Axis.decades(10, 100, 0, 100).at(1)).isEqualTo(0);
  }
}
