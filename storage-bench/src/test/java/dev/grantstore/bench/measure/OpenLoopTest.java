package dev.grantstore.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.KeyDistribution;
import dev.grantstore.bench.result.Latency;
import dev.grantstore.bench.result.Outcome;
import dev.grantstore.bench.result.Schedule;
import dev.grantstore.bench.result.Temperature;
import java.time.Duration;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What an open loop counts; nothing here depends on how fast the machine is. */
final class OpenLoopTest {
  private static final Duration MEASURED = Duration.ofMillis(400);

  private final AnswerKey key = new AnswerKey(new long[] {7}, new long[] {1}, 1);

  @Test
  void everyOperationThatIsDueIsBegunOrCountedAsNotBegun() {
    Measurement measured = run(question -> 7, 500, 2);

    Schedule schedule = Objects.requireNonNull(measured.schedule());
    assertThat(schedule.ratePerSecond()).isEqualTo(500);
    assertThat(measured.ops()).isEqualTo(schedule.scheduled() - schedule.notBegun());
    assertThat(schedule.scheduled()).isGreaterThanOrEqualTo(199);
  }

  @Test
  void waitBeforeALateStartIsInTheResponseTimeOnly() {
    Measurement measured = run(OpenLoopTest::slowly, 1_000, 1);

    Outcome outcome = measured.hits().outcome("all", 1);
    Latency response = Objects.requireNonNull(outcome.response());
    Schedule schedule = Objects.requireNonNull(measured.schedule());
    assertThat(schedule.late()).isPositive();
    assertThat(schedule.mostLateNanos()).isPositive();
    assertThat(schedule.isMissed()).isTrue();
    assertThat(response.maxNanos()).isGreaterThan(schedule.mostLateNanos());
    assertThat(response.p50Nanos()).isGreaterThan(outcome.latency().p50Nanos());
  }

  @Test
  void closedLoopHasNoSchedule() {
    Measurement measured = run(question -> 7, 0, 1);

    assertThat(measured.schedule()).isNull();
    assertThat(measured.hits().outcome("all", 1).response()).isNull();
  }

  /** Takes five times as long as the store is given. */
  private static long slowly(int question) {
    long until = System.nanoTime() + 5_000_000;
    while (System.nanoTime() - until < 0) {
      Thread.onSpinWait();
    }
    return 7;
  }

  private Measurement run(Operation operation, double rate, int threads) {
    CellSettings settings =
        new CellSettings(
            Duration.ZERO,
            Duration.ZERO,
            MEASURED,
            threads,
            0,
            1,
            KeyDistribution.UNIFORM,
            Temperature.WARM,
            rate);
    return new Loop(key, () -> operation, false, new Halt()).run(settings, new SplittableRandom(1));
  }
}
