package dev.grantstore.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.compare.Change.Certainty;
import dev.grantstore.bench.report.HtmlReport;
import dev.grantstore.bench.report.Report;
import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.testengine.Runs;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StandingTest {
  private static final double[] BASE = {1000, 1012, 991, 1006, 997, 1003, 1009, 994};
  private static final double[] FEW = Arrays.copyOf(BASE, 5);

  @Test
  void theFastestIsHeldAgainstEachOther() {
    Standing standing =
        only(
            Runs.aRun()
                .cell("a", "G2", times(BASE, 2))
                .cell("b", "G2", BASE)
                .cell("c", "G2", times(BASE, 1.01))
                .result());

    assertThat(standing.engines()).containsExactly("b", "c", "a");
    assertThat(standing.lead()).extracting(Change::secondEngine).containsExactly("c", "a");
    assertThat(standing.lead()).extracting(Change::firstEngine).containsOnly("b");
    assertThat(standing.lead("c").orElseThrow().certainty()).isEqualTo(Certainty.SAME);
    assertThat(standing.lead("a").orElseThrow().certainty()).isEqualTo(Certainty.SURE);
    assertThat(standing.lead("b")).isEmpty();
    assertThat(standing.isFirst("b")).isTrue();
    assertThat(standing.isFastest("b")).isFalse();
  }

  /** The fastest is picked by the figures that it is judged by: every pair was asked. */
  @Test
  void pIsCorrectedForEveryPairOfEveryQuestion() {
    Runs run = Runs.aRun();
    for (String bench : List.of("G2", "G3")) {
      run.cell("a", bench, FEW).cell("b", bench, times(FEW, 2)).cell("c", bench, times(FEW, 3));
    }
    List<Standing> standings = Standing.of(run.result());
    Change lead = standings.get(0).lead().get(0);

    assertThat(lead.certainty()).isEqualTo(Certainty.ALONE);
    assertThat(lead.correctedP()).isEqualTo(Math.min(1, 6 * 2 * lead.mannWhitneyP()));
    assertThat(lead.claimedAlone()).isTrue();
    assertThat(standings.get(0).isFastest("a")).isFalse();
  }

  @Test
  void twoEnginesStandAsCompareSays() {
    RunResult run = Runs.aRun().cell("a", "G2", BASE).cell("b", "G2", times(BASE, 1.2)).result();

    assertThat(only(run).lead()).isEqualTo(Comparison.within(run, "a", "b", Terms.USUAL).changes());
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.0, 1.02, 1.04, 1.06, 1.2, 3})
  void tableAndPageSayTheSame(double factor) {
    RunResult run = Runs.aRun().cell("a", "G2", BASE).cell("b", "G2", times(BASE, factor)).result();
    boolean isSure = only(run).isFastest("a");
    String table = Report.TEXT.render(run);
    String page = HtmlReport.render(run);

    assertThat(isSure).isEqualTo(factor > 1.05);
    assertThat(table.contains("~")).isEqualTo(!isSure);
    assertThat(page.contains(">sure<")).isEqualTo(isSure);
    assertThat(page.contains("1 (fastest)")).isEqualTo(isSure);
    assertThat(page.contains(" is fastest.")).isEqualTo(isSure);
  }

  @Test
  void fourForksSayNothing() {
    double[] four = Arrays.copyOf(BASE, 4);
    Standing standing =
        only(Runs.aRun().cell("a", "G2", four).cell("b", "G2", times(four, 9)).result());

    assertThat(standing.lead().get(0).certainty()).isEqualTo(Certainty.TOO_FEW);
  }

  @Test
  void aSecondLookAndTheEngineThatDoesNothingTakeNoPart() {
    Standing standing =
        only(
            Runs.aRun()
                .cell("a", "G2", BASE)
                .cell("a" + NoiseFloor.AGAIN, "G2", times(BASE, 0.8))
                .cell("null", "G2", times(BASE, 0.01))
                .cell("b", "G2", times(BASE, 1.2))
                .result());

    assertThat(standing.engines()).containsExactly("a", "b");
    assertThat(standing.lead().get(0).floor()).isNotNull();
    assertThat(standing.lead().get(0).certainty())
        .as("1.2 is no more than equal things show on that machine")
        .isEqualTo(Certainty.UNTOLD);
  }

  /** The first is picked by all its forks, and judged by the rounds that both have. */
  @Test
  void aLeaderThatTheSharedRoundsCallSlowerIsNotToldApart() {
    double[] slowLater = {1000, 1012, 991, 1006, 997, 3000, 3100, 3200, 3050, 3150, 3120};
    RunResult run =
        Runs.aRun().cell("a", "G2", slowLater).cell("b", "G2", times(FEW, 1.1)).result();
    Standing standing = only(run);

    assertThat(standing.engines()).containsExactly("b", "a");
    assertThat(standing.lead("a").orElseThrow().ratio().ratio()).isLessThan(1);
    assertThat(standing.lead("a").orElseThrow().certainty()).isEqualTo(Certainty.UNTOLD);
    assertThat(standing.isFastest("b")).isFalse();
  }

  @Test
  void ofTwoBuildsEachEngineIsHeldAgainstItselfOnly() {
    RunResult run =
        Runs.aRun()
            .cell("a@base", "G2", BASE)
            .cell("a", "G2", times(BASE, 1.2))
            .cell("b@base", "G2", times(BASE, 2))
            .cell("b", "G2", times(BASE, 2))
            .result();
    Standing standing = only(run);

    assertThat(standing.lead()).extracting(Change::secondEngine).containsExactly("a");
    assertThat(standing.lead().get(0).correctedP())
        .as("of two pairs")
        .isEqualTo(2 * 2 * standing.lead().get(0).mannWhitneyP());
    assertThat(Report.TEXT.render(run).replace('\n', ' ')).contains("corrected for the 2 pairs");
  }

  @Test
  void allAreComparedByAFigureThatAllHave() {
    RunResult run =
        Runs.aRun().cell("a", "G2", BASE).rate(500).cell("b", "G2", times(BASE, 2)).result();

    assertThat(Standing.of(run)).extracting(Standing::metric).doesNotContain(Metric.OPS_PER_SECOND);
    assertThat(Standing.of(run).get(0).engines()).containsExactly("a");
  }

  private static Standing only(RunResult run) {
    List<Standing> standings = Standing.of(run);
    assertThat(standings).hasSize(1);
    return standings.get(0);
  }

  private static double[] times(double[] figures, double factor) {
    return Arrays.stream(figures).map(figure -> figure * factor).toArray();
  }
}
