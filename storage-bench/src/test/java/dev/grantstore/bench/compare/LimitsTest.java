package dev.grantstore.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.testengine.Runs;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LimitsTest {
  private static final CellSeries G2 =
      Runs.aRun().cell("rocksdb", "G2", 1, 2, 3).result().cells().get(0);

  @Test
  void nearestNameHolds() {
    Limits limits = Limits.parse(List.of("*=10%", "G2=5%", "G2 hit=2.5%"));

    assertThat(limits.of(G2, "all")).contains(new Limit(5));
    assertThat(limits.of(G2, "hit")).contains(new Limit(2.5));
    assertThat(Limits.parse(List.of("*=10%")).of(G2, "all")).contains(new Limit(10));
    assertThat(Limits.parse(List.of("G3=10%")).of(G2, "all")).isEmpty();
    assertThat(Limits.parse(List.of()).of(G2, "all")).contains(new Limit(5));
  }

  @Test
  void aLimitIsNeverSaidToBeNothingUnlessItIs() {
    assertThat(List.of(0.04, 0.5, 0.999, 0.000001, 0.0, 1.0, 2.5, 12.34, 100.0))
        .extracting(percent -> new Limit(percent).toString())
        .containsExactly(
            "0.04 %", "0.5 %", "1 %", "0.000001 %", "0 %", "1 %", "2.5 %", "12.3 %", "100 %");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "G2", "=5%", "G2=5", "G2=-1%", "G2=x%", "G2=%"})
  void whatIsNoLimitIsRefused(String text) {
    assertThatThrownBy(() -> Limits.parse(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a limit");
  }

  @Test
  void twoLimitsForOneAreRefused() {
    assertThatThrownBy(() -> Limits.parse(List.of("G2=5%", "G2=6%")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two limits");
  }
}
