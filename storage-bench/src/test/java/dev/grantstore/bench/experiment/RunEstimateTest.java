package dev.grantstore.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.bench.fork.ForkRequest.AskedCell;
import dev.grantstore.bench.result.CellSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RunEstimateTest {
  private static final AskedCell G2 =
      new AskedCell(
          "G2", CellSettings.closed(Duration.ofSeconds(2), Duration.ofSeconds(3), 1, 0, 1));

  private final RunEstimate whole = new RunEstimate(2, List.of(G2), 20, 1_000_000, 1);

  /** 8 s for the fixture; two looks of 6 s; 40 forks of 2 s for the start, 3 and 3 s. */
  @Test
  void isTheSumOfItsParts() {
    assertThat(whole.measurements()).isEqualTo(40);
    assertThat(whole.total()).isEqualTo(Duration.ofSeconds(8 + 2 * 6 + 40 * (2 + 3 + 3)));
  }

  @Test
  void whatFitsStaysAsItIs() {
    assertThat(whole.within(whole.total())).isEqualTo(whole);
  }

  @Test
  void roundsAreCutFirst() {
    RunEstimate fitted = whole.within(Duration.ofSeconds(200));

    assertThat(fitted.forks()).isEqualTo(11);
    assertThat(fitted.cells()).isEqualTo(whole.cells());
    assertThat(fitted.total()).isLessThanOrEqualTo(Duration.ofSeconds(200));
  }

  @Test
  void thenWarmUpAndDurationAreCutAlike() {
    RunEstimate fitted = whole.within(Duration.ofSeconds(70));

    CellSettings settings = fitted.cells().get(0).settings();
    assertThat(fitted.forks()).isEqualTo(5);
    assertThat(settings.duration()).isEqualTo(Duration.ofMillis(1_500));
    assertThat(settings.warmup()).isEqualTo(Duration.ofSeconds(1));
    assertThat(fitted.total()).isLessThanOrEqualTo(Duration.ofSeconds(70));
  }

  @Test
  void whatCouldNotBeJudgedIsRefused() {
    assertThatThrownBy(() -> whole.within(Duration.ofSeconds(30)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not fit into 30 s: with 5 forks a cell, 1 s each")
        .hasMessageContaining("less could not be judged");
  }

  @Test
  void fewerForksThanThatAreNotMadeMore() {
    RunEstimate two = new RunEstimate(1, List.of(G2), 2, 1_000, 0);

    assertThat(two.within(Duration.ofSeconds(16)).forks()).isEqualTo(2);
  }
}
