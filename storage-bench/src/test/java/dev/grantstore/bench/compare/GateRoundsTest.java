package dev.grantstore.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.testengine.Runs;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class GateRoundsTest {
  private static final double[] BASE = {1000, 1010, 990, 1005, 995, 1002, 998, 1001};
  private static final double[] SLOWER = times(BASE, 1.2);
  private static final double[] UNCLEAR = {1000, 1200, 990, 1250, 995, 1300, 998, 1180};
  private static final Duration ROUNDS_TAKE = Duration.ofMinutes(2);

  private final List<Set<String>> asked = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void whatBecameWorseTwiceIsARegression() throws IOException {
    GateRounds.Told told = tell(run(SLOWER, BASE), 20, run(SLOWER, BASE));

    assertThat(told.gate().outcome()).isEqualTo(Gate.Outcome.REGRESSION);
    assertThat(told.gate().reasons()).containsExactly("worse: rocksdb G2 p50 ns");
    assertThat(asked).containsExactly(Set.of("G2"));
    assertThat(told.measured().cells().get(0).forks()).hasSize(16);
    assertThat(told.gate().comparison().changes().get(0).rounds()).isEqualTo(16);
  }

  @Test
  void whatBecameWorseOnceIsNone() throws IOException {
    GateRounds.Told told = tell(run(SLOWER, BASE), 7, run(BASE, BASE), run(BASE, BASE));

    assertThat(told.gate().outcome()).isNotEqualTo(Gate.Outcome.REGRESSION);
  }

  @Test
  void whatIsClearFromTheStartNeedsNoMoreRounds() throws IOException {
    assertThat(tell(run(BASE, BASE), 20).gate().outcome()).isEqualTo(Gate.Outcome.FINE);
    assertThat(asked).isEmpty();
  }

  @Test
  void whatIsUnclearGetsRoundsUntilItCanBeTold() throws IOException {
    RunResult calm = run(BASE, BASE);

    GateRounds.Told told = tell(run(UNCLEAR, BASE), 60, calm, calm, calm, calm, calm, calm);

    assertThat(told.gate().outcome()).isEqualTo(Gate.Outcome.FINE);
    assertThat(asked).hasSizeBetween(1, 5).containsOnly(Set.of("G2"));
  }

  @Test
  void noRoundsAreBegunThatWouldEndTooLate() throws IOException {
    RunResult unclear = run(UNCLEAR, BASE);

    GateRounds.Told told = tell(unclear, 7, unclear, unclear, unclear, unclear, unclear);

    assertThat(told.gate().outcome()).isEqualTo(Gate.Outcome.INCONCLUSIVE);
    assertThat(asked).hasSize(3);
  }

  /** Rounds of two take as long as they take, not twice as long. */
  @Test
  void roundsOfSeveralBenchmarksAreCountedByWhatTheyTook() throws IOException {
    RunResult unclear =
        Runs.aRun()
            .cell("rocksdb@base", "G2", BASE)
            .cell("rocksdb", "G2", UNCLEAR)
            .cell("rocksdb@base", "G3", BASE)
            .cell("rocksdb", "G3", UNCLEAR)
            .result();

    tell(unclear, 7, unclear, unclear, unclear, unclear, unclear);

    assertThat(asked).hasSize(3).containsOnly(Set.of("G2", "G3"));
  }

  @Test
  void whatFiredAndFoundNoTimeToBeConfirmedDoesNotPass() throws IOException {
    Gate gate = tell(run(SLOWER, BASE), -1).gate();

    assertThat(gate.outcome()).isEqualTo(Gate.Outcome.CANNOT_CLAIM);
    assertThat(gate.reasons())
        .containsExactly("worse, and not confirmed in the time: rocksdb G2 p50 ns");
    assertThat(gate.comparison().changes(Verdict.WORSE)).isEmpty();
  }

  @Test
  void aWrongAnswerInALaterRoundIsTold() throws IOException {
    RunResult wrong =
        Runs.aRun()
            .cell("rocksdb@base", "G2", BASE)
            .failure(
                new CellFailure("rocksdb", "G2", 0, CellFailure.Kind.WRONG_ANSWER, "key=\"k\""))
            .result();

    assertThat(tell(run(UNCLEAR, BASE), 20, wrong).gate().outcome())
        .isEqualTo(Gate.Outcome.WRONG_ANSWERS);
  }

  /** Each batch of rounds is too small to say anything by itself. */
  @Test
  void fewForksAreConfirmedByAllRoundsSince() throws IOException {
    RunResult few = run(Arrays.copyOf(SLOWER, 4), Arrays.copyOf(BASE, 4));

    GateRounds.Told told = tell(few, 60, few, few, few, few);

    assertThat(told.gate().outcome()).isEqualTo(Gate.Outcome.REGRESSION);
    assertThat(asked).hasSizeBetween(3, 4);
  }

  @Test
  void roundsOfAnotherBuildAreNotAddedToThese() {
    RunResult unclear = run(UNCLEAR, BASE);
    RunResult other =
        new RunResult(
            unclear.formatVersion(),
            "another",
            unclear.tag(),
            unclear.command(),
            unclear.startedAt(),
            unclear.endedAt(),
            false,
            unclear.method(),
            unclear.environment(),
            unclear.engines(),
            unclear.cells(),
            unclear.failures(),
            unclear.warnings());

    assertThatThrownBy(() -> tell(unclear, 60, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tool: first=");
  }

  /** A limit that is for something else must not be missed where that is not measured again. */
  @Test
  void limitsOfOtherBenchmarksStay() throws IOException {
    Terms terms = new Terms(Limits.parse(List.of("G2=5%", "G3=5%")), List.of());
    RunResult more =
        Runs.aRun().cell("rocksdb@base", "G2", BASE).cell("rocksdb", "G2", SLOWER).result();

    GateRounds.Told told = tell(terms, run(SLOWER, BASE), 20, more);

    assertThat(told.gate().outcome()).isEqualTo(Gate.Outcome.REGRESSION);
    assertThat(told.measured().cells().get(2).forks()).hasSize(8);
  }

  @Test
  void equalBuildsAreNoRegressionAndSlowOnesNearlyAlways() throws IOException {
    judgeDrawn(4, 3);
  }

  @Tag("deep")
  @Test
  void equalBuildsAreNeverARegressionOfHundreds() throws IOException {
    judgeDrawn(300, 285);
  }

  /** The same machine's moods for both, and a scatter of each fork's own. */
  private void judgeDrawn(int runs, int leastFound) throws IOException {
    Random random = new Random(20_261_130);
    int falseAlarms = 0;
    int found = 0;
    for (int i = 0; i < runs; i++) {
      falseAlarms += isRegression(random, 1) ? 1 : 0;
      found += isRegression(random, 1.15) ? 1 : 0;
    }
    assertThat(falseAlarms).isZero();
    assertThat(found).isGreaterThanOrEqualTo(leastFound);
  }

  private boolean isRegression(Random random, double factor) throws IOException {
    RunResult[] more = new RunResult[10];
    Arrays.setAll(more, i -> drawn(random, factor));
    return tell(drawn(random, factor), 20, more).gate().outcome() == Gate.Outcome.REGRESSION;
  }

  private static RunResult drawn(Random random, double factor) {
    double[] base = new double[8];
    double[] now = new double[8];
    for (int i = 0; i < base.length; i++) {
      double mood = 1_000 * Math.exp(0.1 * random.nextGaussian());
      base[i] = mood * Math.exp(0.04 * random.nextGaussian());
      now[i] = factor * mood * Math.exp(0.04 * random.nextGaussian());
    }
    return Runs.aRun().cell("rocksdb@base", "G2", base).cell("rocksdb", "G2", now).result();
  }

  private GateRounds.Told tell(RunResult first, int minutes, RunResult... more) throws IOException {
    return tell(Terms.USUAL, first, minutes, more);
  }

  private GateRounds.Told tell(Terms terms, RunResult first, int minutes, RunResult... more)
      throws IOException {
    asked.clear();
    List<RunResult> left = new ArrayList<>(List.of(more));
    GateRounds.Measuring measuring =
        benchmarks -> {
          asked.add(benchmarks);
          now = now.plus(ROUNDS_TAKE);
          return left.isEmpty() ? Optional.empty() : Optional.of(left.remove(0));
        };
    return new GateRounds(terms, measuring, clock(), Duration.ofMinutes(minutes)).tell(first);
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now;
      }
    };
  }

  /** G2 as given, and G3 that is calm. */
  private static RunResult run(double[] nowNanos, double[] baseNanos) {
    return Runs.aRun()
        .cell("rocksdb@base", "G2", baseNanos)
        .cell("rocksdb", "G2", nowNanos)
        .cell("rocksdb@base", "G3", BASE)
        .cell("rocksdb", "G3", BASE)
        .result();
  }

  private static double[] times(double[] nanos, double factor) {
    return Arrays.stream(nanos).map(nano -> nano * factor).toArray();
  }
}
