package dev.grantstore.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.grantstore.bench.result.CellResult.Latency;
import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.CellSettings.KeyDistribution;
import dev.grantstore.bench.result.CellSettings.Schedule;
import dev.grantstore.bench.result.CellSettings.Temperature;
import dev.grantstore.bench.testengine.Histograms;
import dev.grantstore.bench.testengine.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** While it catches up, twice as fast as is asked, each waits half a millisecond less. */
  @Test
  void burstAfterAStallIsLateUntilItHasCaughtUp() throws DataFormatException {
    AtomicLong asked = new AtomicLong();
    Operation stallingOnce =
        question -> lasting(asked.getAndIncrement() == 50 ? 100 * MILLI : MILLI / 2).ask(question);

    Measurement measured = run(stallingOnce, 1_000, 1);

    Outcome outcome = measured.hits().outcome("all", 1);
    Schedule schedule = Objects.requireNonNull(measured.schedule());
    Histogram responses = Histograms.decode(Objects.requireNonNull(outcome.response()).histogram());
    assertThat(schedule).isEqualTo(new Schedule(1_000, 400, 198, 99 * MILLI, 0));
    for (int halves = 2; halves <= 200; halves++) {
      long waited = halves * MILLI / 2;
      long counted =
          responses.getCountBetweenValues(
              responses.lowestEquivalentValue(waited), responses.highestEquivalentValue(waited));
      assertThat(counted).as("%d us", waited / 1_000).isEqualTo(1);
    }
    assertThat(responses.getCountAtValue(MILLI / 2)).isEqualTo(400 - 199);
  }

  /** However many share 300 a second, and though an interval is no whole number of nanoseconds. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void threadsTakeTurnsAtEvenTimes(int threads) {
    Queue<Long> starts = new ConcurrentLinkedQueue<>();
    CellSettings settings = settings(300, threads);

    Measurement measured =
        new Loop(
                key,
                () ->
                    question -> {
                      starts.add(ticker.nanos());
                      return 7;
                    },
                false,
                new Halt(),
                ticker)
            .run(settings, new SplittableRandom(1));

    assertThat(measured.ops()).isEqualTo(120);
    assertThat(measured.schedule()).isEqualTo(new Schedule(300, 120, 0, 0, 0));
    List<Long> all = new ArrayList<>(starts);
    all.sort(null);
    for (int k = 0; k < 120; k++) {
      assertThat((double) all.get(k)).isCloseTo(k * 1e9 / 300, within(1.0));
    }
  }

  @Test
  void lateIsWhatBeginsLaterThanTheClockIsCoarse() {
    assertThat(late(MILLI + Ticker.SPIN_NANOS)).isEqualTo(0);
    assertThat(late(MILLI + Ticker.SPIN_NANOS + 1)).isEqualTo(1);
  }

  /** The first takes so long that the second begins late; all others take no time. */
  private long late(long nanos) {
    AtomicLong asked = new AtomicLong();
    Operation slowOnce =
        question -> asked.getAndIncrement() == 3 ? lasting(nanos).ask(question) : 7;
    return Objects.requireNonNull(run(slowOnce, 1_000, 1).schedule()).late();
  }

  @Test
  void haltedLoopKeepsWhatEndedBefore() {
    AtomicLong asked = new AtomicLong();
    Halt halt = new Halt();
    Operation halting =
        question -> {
          if (asked.incrementAndGet() == 31) {
            halt.request();
          }
          return lasting(MILLI / 4).ask(question);
        };

    Measurement measured =
        new Loop(key, () -> halting, false, halt, ticker)
            .run(settings(1_000, 1), new SplittableRandom(1));

    assertThat(measured.ops()).isEqualTo(30);
    assertThat(measured.hits().outcome("all", 1).response())
        .satisfies(response -> assertThat(response.maxNanos()).isEqualTo(MILLI / 4));
  }

  @Test
  void scheduleIsMissedWhenMoreThanAHundredthWasNotBegun() {
    assertThat(new Schedule(100, 1_000, 0, 0, 10).isMissed()).isFalse();
    assertThat(new Schedule(100, 1_000, 0, 0, 11).isMissed()).isTrue();
    assertThat(new Schedule(100, 1_000, 5, 6, 7).and(new Schedule(50, 500, 3, 9, 2)))
        .isEqualTo(new Schedule(150, 1_500, 8, 9, 9));
    assertThat(new Schedule(200, 500, 0, 0, 0).seconds()).isEqualTo(2.5);
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
    return new Loop(key, () -> operation, false, new Halt(), ticker)
        .run(settings(rate, threads), new SplittableRandom(1));
  }

  private static CellSettings settings(double rate, int threads) {
    return new CellSettings(
        Duration.ZERO,
        Duration.ZERO,
        MEASURED,
        threads,
        0,
        1,
        KeyDistribution.UNIFORM,
        Temperature.WARM,
        rate);
  }
}
