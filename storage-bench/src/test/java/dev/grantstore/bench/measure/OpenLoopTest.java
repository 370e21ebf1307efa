package dev.grantstore.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.KeyDistribution;
import dev.grantstore.bench.result.Latency;
import dev.grantstore.bench.result.Outcome;
import dev.grantstore.bench.result.Schedule;
import dev.grantstore.bench.result.Temperature;
import dev.grantstore.bench.testengine.Histograms;
import java.time.Duration;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** What an open loop counts, in time that passes only while it waits and within operations. */
final class OpenLoopTest {
  private static final Duration MEASURED = Duration.ofMillis(400);
  private static final long MILLI = 1_000_000;

  private final ManualTicker ticker = new ManualTicker();
  private final AnswerKey key = new AnswerKey(new long[] {7}, new long[] {1}, 1);

  @Test
  void everyOperationThatIsDueIsBegunWhereTheStoreKeepsUp() {
    Measurement measured = run(question -> 7, 500, 2);

    Schedule schedule = Objects.requireNonNull(measured.schedule());
    assertThat(schedule.ratePerSecond()).isEqualTo(500);
    assertThat(schedule.scheduled()).isEqualTo(200);
    assertThat(schedule.notBegun()).isZero();
    assertThat(schedule.late()).isZero();
    assertThat(measured.ops()).isEqualTo(200);
  }

  /** The n-th of a thousand a second is due after n ms and begun after 5 n. */
  @Test
  void waitBeforeALateStartIsInTheResponseTimeOnly() {
    Measurement measured = run(lasting(5 * MILLI), 1_000, 1);

    Outcome outcome = measured.hits().outcome("all", 1);
    Latency response = Objects.requireNonNull(outcome.response());
    Schedule schedule = Objects.requireNonNull(measured.schedule());
    assertThat(measured.ops()).isEqualTo(80);
    assertThat(schedule.scheduled()).isEqualTo(400);
    assertThat(schedule.notBegun()).isEqualTo(320);
    assertThat(schedule.isMissed()).isTrue();
    assertThat(schedule.late()).isEqualTo(79);
    assertThat(schedule.mostLateNanos()).isEqualTo((5 - 1) * 79 * MILLI);
    assertThat(outcome.latency().maxNanos()).isEqualTo(5 * MILLI);
    assertThat(response.maxNanos()).isEqualTo((5 - 1) * 79 * MILLI + 5 * MILLI);
    assertThat(outcome.latency().p50Nanos()).isEqualTo(5 * MILLI);
    assertThat(Objects.requireNonNull(response.p50Nanos()) / (double) MILLI)
        .isCloseTo(4 * 39 + 5, Percentage.withPercentage(0.1));
  }

  /** Coordinated omission: whoever was due meanwhile has waited, each for its own time. */
  @Test
  void everyOperationThatWasDueInAStallHasWaitedForIt() throws DataFormatException {
    AtomicLong asked = new AtomicLong();
    Operation stallingOnce =
        question -> asked.getAndIncrement() == 50 ? lasting(100 * MILLI).ask(question) : 7;

    Measurement measured = run(stallingOnce, 1_000, 1);

    Outcome outcome = measured.hits().outcome("all", 1);
    Latency response = Objects.requireNonNull(outcome.response());
    Schedule schedule = Objects.requireNonNull(measured.schedule());
    Histogram responses = Histograms.decode(response.histogram());
    assertThat(measured.ops()).isEqualTo(400);
    assertThat(schedule.late()).isEqualTo(99);
    assertThat(schedule.mostLateNanos()).isEqualTo(99 * MILLI);
    for (int waited = 1; waited <= 100; waited++) {
      assertThat(responses.getCountAtValue(waited * MILLI)).as("%d ms", waited).isEqualTo(1);
    }
    assertThat(responses.getCountAtValue(0)).isEqualTo(300);
    assertThat(Histograms.decode(outcome.latency().histogram()).getCountAtValue(0)).isEqualTo(399);
  }

  @Test
  void closedLoopHasNoSchedule() {
    Measurement measured = run(lasting(MILLI), 0, 1);

    assertThat(measured.schedule()).isNull();
    assertThat(measured.hits().outcome("all", 1).response()).isNull();
  }

  private Operation lasting(long nanos) {
    return question -> {
      ticker.advance(nanos);
      return 7;
    };
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
    return new Loop(key, () -> operation, false, new Halt(), ticker)
        .run(settings, new SplittableRandom(1));
  }
}
