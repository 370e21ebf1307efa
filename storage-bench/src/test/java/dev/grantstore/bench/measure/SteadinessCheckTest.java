package dev.grantstore.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.grantstore.bench.result.CellResult.Steadiness;
import dev.grantstore.bench.result.CellResult.Steadiness.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SteadinessCheckTest {
  @Test
  void levelRateIsSteady() {
    Steadiness found =
        SteadinessCheck.of(List.of(100.0, 101.0, 99.0, 100.0, 102.0, 98.0, 100.0, 100.0));

    assertThat(found.verdict()).isEqualTo(Verdict.STEADY);
  }

  @Test
  void risingRateDrifts() {
    Steadiness found =
        SteadinessCheck.of(List.of(80.0, 85.0, 90.0, 95.0, 100.0, 105.0, 110.0, 115.0, 120.0));

    assertThat(found.verdict()).isEqualTo(Verdict.DRIFTING);
    assertThat(found.driftPercent()).isCloseTo(40, within(1e-9));
  }

  @Test
  void jumpingRateIsUneven() {
    Steadiness found =
        SteadinessCheck.of(List.of(100.0, 50.0, 110.0, 60.0, 100.0, 55.0, 105.0, 50.0, 100.0));

    assertThat(found.verdict()).isEqualTo(Verdict.UNEVEN);
  }

  /**
   * The line is 100 and 4 a window; what is left is -4, 12, -12, 4, with two degrees of freedom.
   */
  @Test
  void spreadIsWhatTheLineLeavesOver() {
    Steadiness found = SteadinessCheck.of(List.of(90.0, 110.0, 90.0, 110.0));

    assertThat(found.driftPercent()).isCloseTo(12, within(1e-9));
    assertThat(found.spreadPercent()).isCloseTo(Math.sqrt(320 / 2.0), within(1e-9));
  }

  @Test
  void threeWindowsAreTooFew() {
    assertThat(SteadinessCheck.of(List.of(1.0, 1.0, 1.0)).verdict()).isEqualTo(Verdict.TOO_SHORT);
  }
}
