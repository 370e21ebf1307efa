package dev.grantstore.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.bench.experiment.RunDraft.NeededFixtures;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.run.CellRequest.AskedCell;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RunDraftTest {
  private static final AskedCell G2 =
      new AskedCell(
          "G2", CellSettings.closed(Duration.ofSeconds(2), Duration.ofSeconds(3), 1, 0, 1));

  private final RunDraft whole = draft("sqlite,lmdb", 20, 1_000_000, 1);

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
    RunDraft fitted = whole.within(Duration.ofSeconds(200));

    assertThat(fitted.forks()).isEqualTo(11);
    assertThat(fitted.cells()).isEqualTo(whole.cells());
    assertThat(fitted.total()).isLessThanOrEqualTo(Duration.ofSeconds(200));
  }

  @Test
  void thenWarmUpAndDurationAreCutAlike() {
    RunDraft fitted = whole.within(Duration.ofSeconds(70));

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
    RunDraft two = draft("sqlite", 2, 1_000, 0);

    assertThat(two.within(Duration.ofSeconds(16)).forks()).isEqualTo(2);
  }

  private static RunDraft draft(String engines, int forks, long grants, int toMake) {
    List<EngineSpec> specs = EngineSpec.parse(List.of(engines.split(",", -1)));
    NeededFixtures fixtures = new NeededFixtures(specs.get(0), grants, List.of(), toMake);
    return new RunDraft(specs, List.of(G2), forks, fixtures);
  }
}
