package dev.grantstore.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.testengine.Runs;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GateTest {
  private static final double[] BASE = {1000, 1010, 990, 1005, 995, 1002, 998, 1001};
  private static final double[] SLOWER = Arrays.stream(BASE).map(v -> v * 1.2).toArray();
  private static final double[] FASTER = Arrays.stream(BASE).map(v -> v * 0.9).toArray();
  private static final double[] SCATTERED = {1000, 1200, 990, 1250, 995, 1300, 998, 1180};

  @Test
  void worseIsARegression() {
    assertThat(gate(SLOWER).outcome()).isEqualTo(Gate.Outcome.REGRESSION);
    assertThat(gate(SLOWER).reasons()).containsExactly("worse: rocksdb G2 p50 ns");
  }

  @Test
  void sameAndBetterAreFine() {
    assertThat(gate(BASE).outcome()).isEqualTo(Gate.Outcome.FINE);
    assertThat(gate(FASTER).outcome()).isEqualTo(Gate.Outcome.FINE);
  }

  @Test
  void unclearGoodNewsAreFineAndUnclearBadNewsAreInconclusive() {
    double[] unclearGood = Arrays.stream(SCATTERED).map(v -> v * 0.8).toArray();

    assertThat(gate(unclearGood).comparison().changes().get(0).verdict())
        .isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(gate(unclearGood).outcome()).isEqualTo(Gate.Outcome.FINE);
    assertThat(gate(SCATTERED).outcome()).isEqualTo(Gate.Outcome.INCONCLUSIVE);
    assertThat(gate(SCATTERED).reasons().get(0)).contains("G2", "both sides");
  }

  /** Of a run down a ladder of limits its time means nothing. */
  @Test
  void smallestLimitOfMemoryIsWhatIsGatedWhereItWasLookedFor() {
    double[] less = {128, 128, 128, 128, 128, 128, 128, 128};
    double[] more = {256, 256, 256, 256, 256, 256, 256, 256};
    RunResult before = Runs.aRun().figure(Metric.SMALLEST_LIMIT_MIB, "a", "G8", less).result();
    RunResult after = Runs.aRun().figure(Metric.SMALLEST_LIMIT_MIB, "a", "G8", more).result();

    Gate worse = Gate.of(before, after, Terms.USUAL);

    assertThat(worse.outcome()).isEqualTo(Gate.Outcome.REGRESSION);
    assertThat(worse.reasons()).containsExactly("worse: a G8 smallest limit MiB");
    assertThat(Gate.of(after, before, Terms.USUAL).outcome()).isEqualTo(Gate.Outcome.FINE);
    assertThat(Gate.of(before, before, Terms.USUAL).outcome()).isEqualTo(Gate.Outcome.FINE);
  }

  @Test
  void whatWasNotMeasuredDoesNotPass() {
    RunResult baseline = Runs.aRun().cell("a", "G2", BASE).cell("a", "G3", BASE).result();
    RunResult current = Runs.aRun().cell("a", "G2", BASE).result();

    Gate gate = Gate.of(baseline, current, Terms.USUAL);

    assertThat(gate.outcome()).isEqualTo(Gate.Outcome.NOT_MEASURED);
    assertThat(gate.reasons()).containsExactly("in the baseline and not measured now: a G3");
  }

  @Test
  void whatFailedIsToldFromWhatWasNotAsked() {
    RunResult baseline = Runs.aRun().cell("a", "G2", BASE).cell("a", "G3", BASE).result();
    for (String question : new String[] {"G3", ""}) {
      RunResult current =
          Runs.aRun()
              .cell("a", "G2", SLOWER)
              .failure(new CellFailure("a", question, 0, CellFailure.Kind.TIMEOUT, "too slow"))
              .result();

      Gate gate = Gate.of(baseline, current, Terms.USUAL);

      assertThat(gate.outcome()).isEqualTo(Gate.Outcome.FAILED);
      assertThat(gate.reasons()).anySatisfy(why -> assertThat(why).contains("a G3", "too slow"));
    }
  }

  /** It crashed in the sixth round and was not asked again: five forks are left, all fine. */
  @Test
  void whatFailedInALaterRoundDoesNotPass() {
    double[] five = Arrays.copyOf(BASE, 5);
    CellFailure crash = new CellFailure("a", "G2", 5, CellFailure.Kind.FAILED, "out of memory");
    RunResult baseline = Runs.aRun().cell("a", "G2", BASE).result();
    RunResult current = Runs.aRun().cell("a", "G2", five).failure(crash).result();
    RunResult both =
        Runs.aRun().cell("a@base", "G2", BASE).cell("a", "G2", five).failure(crash).result();

    assertThat(Gate.of(baseline, current, Terms.USUAL).outcome()).isEqualTo(Gate.Outcome.FAILED);
    assertThat(Gate.ofBuilds(both, Terms.USUAL).outcome()).isEqualTo(Gate.Outcome.FAILED);
    assertThat(Gate.ofBuilds(both, Terms.USUAL).reasons())
        .containsExactly("a G2, failed: out of memory");
  }

  @Test
  void whatTheBaseFailedAtIsNotMeasured() {
    RunResult both =
        Runs.aRun()
            .cell("a@base", "G2", BASE)
            .cell("a", "G2", BASE)
            .failure(new CellFailure("a@base", "G3", 0, CellFailure.Kind.FAILED, "no such thing"))
            .result();

    assertThat(Gate.ofBuilds(both, Terms.USUAL).outcome()).isEqualTo(Gate.Outcome.NOT_MEASURED);
  }

  @Test
  void aRegressionIsFoundAlsoWhereSomethingElseWasNotMeasured() {
    RunResult baseline = Runs.aRun().cell("a", "G2", BASE).cell("a", "G3", BASE).result();
    RunResult current = Runs.aRun().cell("a", "G2", SLOWER).result();

    assertThat(Gate.of(baseline, current, Terms.USUAL).outcome())
        .isEqualTo(Gate.Outcome.REGRESSION);
  }

  /** Whatever can be said of the rest, but for a regression. */
  @Test
  void whatWasNotMeasuredIsToldBeforeWhatCannotBeSaid() {
    for (double[] now : new double[][] {BASE, FASTER, SCATTERED, Arrays.copyOf(BASE, 2)}) {
      RunResult baseline = Runs.aRun().cell("a", "G2", BASE).cell("a", "G3", BASE).result();
      RunResult both =
          Runs.aRun()
              .cell("a@base", "G2", BASE)
              .cell("a@base", "G3", BASE)
              .cell("a", "G2", now)
              .result();

      for (Gate gate :
          List.of(
              Gate.of(baseline, Runs.aRun().cell("a", "G2", now).result(), Terms.USUAL),
              Gate.ofBuilds(both, Terms.USUAL))) {
        assertThat(gate.outcome()).as("%s", now).isEqualTo(Gate.Outcome.NOT_MEASURED);
        assertThat(gate.reasons()).containsExactly("in the baseline and not measured now: a G3");
      }
    }
  }

  @Test
  void wrongAnswerIsWorseThanAnyRegression() {
    RunResult current =
        Runs.aRun()
            .cell("rocksdb", "G2", SLOWER)
            .failure(
                new CellFailure("rocksdb", "G3", 0, CellFailure.Kind.WRONG_ANSWER, "key=\"k\""))
            .result();

    assertThat(Gate.of(run(BASE), current, Terms.USUAL).outcome())
        .isEqualTo(Gate.Outcome.WRONG_ANSWERS);
  }

  private static Gate gate(double... current) {
    return Gate.of(run(BASE), run(current), Terms.USUAL);
  }

  private static RunResult run(double... p50Nanos) {
    return Runs.aRun().cell("rocksdb", "G2", p50Nanos).result();
  }
}
