package dev.grantstore.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.report.Table.Value;
import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class UnitsTest {
  @Test
  void timesTakeTheUnitThatGivesThreeDigits() {
    assertThat(Units.nanos(850.0)).isEqualTo("850\u00a0ns");
    assertThat(Units.nanos(4_278.9)).isEqualTo("4.28\u00a0µs");
    assertThat(Units.nanos(999_999.0)).isEqualTo("1\u00a0ms");
    assertThat(Units.nanos(2.788e9)).isEqualTo("2.79\u00a0s");
    assertThat(Units.nanos(7.2e12)).isEqualTo("7,200\u00a0s");
    assertThat(Units.nanos(0.0)).isEqualTo("0\u00a0ns");
  }

  @Test
  void absentTimesAreADash() {
    assertThat(Value.of(Unit.NANOS, OptionalDouble.empty()).text()).isEqualTo("–");
  }

  @Test
  void ratesSayWhatIsCounted() {
    assertThat(Units.perSecond(0.358, "ops")).isEqualTo("0.358\u00a0ops/s");
    assertThat(Units.perSecond(210_488, "ops")).isEqualTo("210\u00a0k\u00a0ops/s");
    assertThat(Units.perSecond(1_300_060, "rows")).isEqualTo("1.3\u00a0M\u00a0rows/s");
  }

  @Test
  void sizesAreBinary() {
    assertThat(Units.bytes(0L)).isEqualTo("0\u00a0B");
    assertThat(Units.bytes(32.5632)).isEqualTo("32.6\u00a0B");
    assertThat(Units.bytes(256L << 20)).isEqualTo("256\u00a0MiB");
  }

  @Test
  void ratiosNearOneHaveMoreDecimals() {
    assertThat(Units.times(1.0274)).isEqualTo("1.027×");
    assertThat(Units.times(4.216)).isEqualTo("4.22×");
    assertThat(Units.times(12.16)).isEqualTo("12.2×");
    assertThat(Units.times(1234.5)).isEqualTo("1,235×");
  }

  @Test
  void longTimesAreInMinutesAndHours() {
    assertThat(Units.time(Duration.ofMillis(10_500))).isEqualTo("10.5\u00a0s");
    assertThat(Units.time(Duration.ofSeconds(125))).isEqualTo("2\u00a0min 5\u00a0s");
    assertThat(Units.time(Duration.ofMinutes(150))).isEqualTo("2\u00a0h 30\u00a0min");
  }

  @Test
  void oneIsNotPlural() {
    assertThat(Units.count(1, "fork")).isEqualTo("1\u00a0fork");
    assertThat(Units.count(1_000, "fork")).isEqualTo("1,000\u00a0forks");
  }
}
