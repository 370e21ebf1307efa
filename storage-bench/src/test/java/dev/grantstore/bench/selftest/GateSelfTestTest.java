package dev.grantstore.bench.selftest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.Durability;
import dev.grantstore.bench.compare.Gate;
import dev.grantstore.bench.compare.Terms;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.ForkResult;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.result.RunResult.EngineResult;
import dev.grantstore.bench.run.CellRequest;
import dev.grantstore.bench.run.CellRequest.AskedCell;
import dev.grantstore.bench.run.CellRequest.Engine;
import dev.grantstore.bench.run.CellRequest.Step;
import dev.grantstore.bench.run.CellRunner.Answer;
import dev.grantstore.bench.testengine.Runs;
import dev.grantstore.fixture.progress.Progress;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class GateSelfTestTest {
  private final SplittableRandom random = new SplittableRandom(7);
  private final List<CellRequest> asked = new ArrayList<>();

  @Test
  void passesWhereTheDelayIsMeasured() throws IOException {
    SelfTestResult result = run(true, 0);

    assertThat(result.problems()).isEmpty();
    assertThat(result.same().outcome()).isEqualTo(Gate.Outcome.FINE);
    assertThat(result.slowed().outcome()).isEqualTo(Gate.Outcome.REGRESSION);
    assertThat(asked).hasSize(24);
    assertThat(asked.subList(0, 3))
        .extracting(CellRequest::slowdownPercent)
        .containsExactly(Double.MIN_VALUE, Double.MIN_VALUE, 10.0);
  }

  @Test
  void failsWhereTheDelayIsNotMeasured() throws IOException {
    assertThat(run(false, 0).problems())
        .containsExactly("did not report the delay that was injected: fine");
  }

  @Test
  void failsWhereEqualForksDiffer() throws IOException {
    assertThat(run(true, 0.3).problems()).contains("reported a regression between equal forks");
  }

  @Test
  void forkThatFailsEndsIt() {
    Rounds broken =
        (round, requests) -> List.of(Answer.failed(CellFailure.Kind.WRONG_ANSWER, "key=\"k\""));

    assertThatThrownBy(() -> selfTest(broken).run())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("key=\"k\"");
  }

  @Test
  void haltedRoundEndsIt() {
    assertThatThrownBy(() -> selfTest((round, requests) -> List.of()).run())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("halted");
  }

  /** A machine with moods; the second of three forks, which take turns, is slower by a bias. */
  private SelfTestResult run(boolean delays, double bias) throws IOException {
    Rounds rounds =
        (round, requests) -> {
          asked.addAll(requests);
          double mood = Math.exp(0.3 * random.nextGaussian());
          List<Answer> answers = new ArrayList<>();
          for (int i = 0; i < requests.size(); i++) {
            double more = delays ? 1 + requests.get(i).slowdownPercent() / 100 : 1;
            double noise = Math.exp(0.01 * random.nextGaussian());
            double nanos = 10_000 * mood * noise * more * (i == (1 + round) % 3 ? 1 + bias : 1);
            answers.add(Answer.of(result(nanos)));
          }
          return answers;
        };
    return selfTest(rounds).run();
  }

  private static GateSelfTest selfTest(Rounds rounds) {
    CellSeries model = Runs.aRun().cell("a", "G2", 1).result().cells().get(0);
    CellRequest request =
        new CellRequest(
            "f",
            Engine.OF_FIXTURE,
            Map.of(),
            Set.of(Step.MEASURE),
            List.of(new AskedCell("G2", model.settings())),
            1 << 20,
            Durability.WAL,
            "s",
            0);
    GateSelfTest.Plan plan = new GateSelfTest.Plan(request, 8, 10, Terms.USUAL);
    return new GateSelfTest(plan, rounds, Clock.systemUTC(), Progress.NONE);
  }

  private static ForkResult result(double nanos) {
    RunResult run = Runs.aRun().cell("a", "G2", nanos).result();
    EngineResult engine = run.engines().get(0);
    return new ForkResult(
        Instant.EPOCH,
        Instant.EPOCH,
        false,
        engine.fixture(),
        engine.facts(),
        run.environment(),
        engine.disk(),
        null,
        List.of(run.cells().get(0).forks().get(0).cell()),
        new TreeMap<>());
  }
}
