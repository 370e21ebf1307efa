package dev.grantstore.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.CellSettings.KeyDistribution;
import dev.grantstore.bench.result.CellSettings.Temperature;
import dev.grantstore.bench.testengine.ManualTicker;
import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a closed loop counts, in time that passes only within operations: one right number each. */
final class LoopTest {
  private static final Duration OPERATION = Duration.ofMillis(1);
  private static final Duration FIVE_OPERATIONS = OPERATION.multipliedBy(5);

  /** Not reached: the operation halts the loop, or fails. Were it, it would end all the same. */
  private static final Duration LONG = OPERATION.multipliedBy(1_000_000);

  private final Halt halt = new Halt();
  private final ManualTicker ticker = new ManualTicker();
  private final AnswerKey key =
      new AnswerKey(new long[] {10, 11, 12, 13}, new long[] {2, 2, 0, 0}, 2);

  /** One round of the order, which has the asked share of misses, and not one operation more. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.125, 0.25, 0.5, 1})
  void hitsAndMissesAreCountedApart(double missRatio) {
    int round = 1 << 16;
    AtomicLong asked = new AtomicLong();
    Operation haltingItself =
        question -> {
          if (asked.incrementAndGet() > round) {
            halt.request();
          }
          return 10L + question;
        };

    Measurement measured = run(haltingItself, 1, missRatio);

    long misses = (long) (round * missRatio);
    assertThat(measured.ops()).isEqualTo(round);
    assertThat(measured.misses().ops()).isEqualTo(misses);
    assertThat(measured.hits().ops()).isEqualTo(round - misses);
    assertThat(measured.hits().rows()).isEqualTo(2 * (round - misses));
    assertThat(measured.misses().rows()).isZero();
  }

  @Test
  void operationsOfEveryThreadAreCounted() {
    Measurement measured =
        measured(
            CellSettings.closed(Duration.ZERO, FIVE_OPERATIONS, 3, 0.5, 1),
            () -> timed(question -> 10L + question));

    assertThat(measured.ops()).isEqualTo(3 * 5);
    assertThat(measured.threads()).isEqualTo(3);
    assertThat(measured.ratesPerSecond()).hasSize(5).containsOnly(3 * 1_000.0);
    assertThat(measured.hits().ops() + measured.misses().ops()).isEqualTo(15);
  }

  /** In 10 ms one makes 10 operations of 1 ms, the other 4 of 2.5 ms: 14, beside each other. */
  @Test
  void rateOfThreadsOfUnequalSpeedIsTheSumOfTheirs() {
    AtomicLong lane = new AtomicLong();
    long[] nanos = {1_000_000, 2_500_000};

    Measurement measured =
        measured(
            CellSettings.closed(Duration.ZERO, Duration.ofMillis(10), 2, 0, 1),
            () -> lasting(nanos[(int) lane.getAndIncrement()], question -> 10L + question));

    Outcome outcome = measured.hits().outcome("all", measured.threads());
    assertThat(outcome.ops()).isEqualTo(10 + 4);
    assertThat(outcome.opsPerSecond()).isEqualTo(1_400, within(1e-9));
    assertThat(outcome.rowsPerSecond()).isEqualTo(2_800, within(1e-9));
    assertThat(outcome.nanosPerOp()).isEqualTo(20e6 / 14, within(1e-6));
    assertThat(outcome.nanosPerRow()).isEqualTo(10e6 / 14, within(1e-6));
    assertThat(outcome.latency().maxNanos()).isEqualTo(2_500_000);
    assertThat(measured.ratesPerSecond()).hasSize(4).containsOnly(1_000 + 400.0);
  }

  @Test
  void rateOverTimeIsOfRowsWhereTheseAreCounted() {
    Loop rows = new Loop(key, () -> timed(question -> 10L + question), true, halt, ticker);

    Measurement measured =
        rows.run(
            CellSettings.closed(Duration.ZERO, FIVE_OPERATIONS, 2, 0, 1), new SplittableRandom(1));

    assertThat(measured.ratesPerSecond()).hasSize(5).containsOnly(2 * 2 * 1_000.0);
  }

  /** Neither the warm-up's, nor what a thread goes on with while others are measured. */
  @Test
  void processorAndHeapAreOfTheCountedOperationsOfEveryThread() {
    Operation using =
        question -> {
          ticker.use(300, 64);
          return 10L + question;
        };

    Measurement measured =
        measured(
            CellSettings.closed(OPERATION.multipliedBy(7), FIVE_OPERATIONS, 3, 0, 1),
            () -> timed(using));

    assertThat(measured.cpuNanos()).isEqualTo(3 * 5 * 300);
    assertThat(measured.allocatedBytes()).isEqualTo(3 * 5 * 64);
  }

  /** Were the first thread at rest, the second would wait until it gives up. */
  @Test
  void threadWhoseTimeIsUpGoesOnUncountedUntilThatOfTheOthersIsUp() {
    AtomicLong first = new AtomicLong();
    AtomicLong lane = new AtomicLong();
    CountDownLatch uncounted = new CountDownLatch(1);
    Operation quick =
        question -> {
          if (first.incrementAndGet() > 5) {
            uncounted.countDown();
          }
          return 10L + question;
        };
    Operation slow =
        question -> {
          ticker.advance(LONG.toNanos());
          return isOver(uncounted) ? 10L + question : -1;
        };

    Measurement measured =
        measured(
            CellSettings.closed(Duration.ZERO, FIVE_OPERATIONS, 2, 0, 1),
            () -> lane.getAndIncrement() == 0 ? timed(quick) : slow);

    assertThat(measured.ops()).isEqualTo(5 + 1);
    assertThat(first).hasValueGreaterThan(5);
  }

  private static boolean isOver(CountDownLatch latch) {
    try {
      return latch.await(5, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void coldCellEndsAfterOnePassThatItsThreadsShare() {
    AnswerKey hundred = new AnswerKey(new long[100], new long[100], 100);
    Set<Integer> asked = ConcurrentHashMap.newKeySet();
    Operation noting =
        question -> {
          asked.add(question);
          return 0;
        };

    Measurement measured = cold(hundred, noting, 1);

    assertThat(measured.ops()).isEqualTo(100);
    assertThat(asked).hasSize(100);
    assertThat(cold(hundred, noting, 3).ops()).isEqualTo(100);
  }

  @Test
  void coldThreadAsksAtMostSoMany() {
    AnswerKey many = new AnswerKey(new long[10_000], new long[10_000], 10_000);

    assertThat(cold(many, question -> 0, 1).ops()).isEqualTo(Temperature.MOST_COLD_OPS);
    assertThat(cold(many, question -> 0, 2).ops()).isEqualTo(2L * Temperature.MOST_COLD_OPS);
  }

  private Measurement cold(AnswerKey questions, Operation operation, int threads) {
    CellSettings settings =
        new CellSettings(
            Duration.ZERO,
            Duration.ZERO,
            LONG,
            threads,
            0,
            1,
            KeyDistribution.UNIFORM,
            Temperature.COLD,
            0);
    return new Loop(questions, () -> timed(operation), false, halt, ticker)
        .run(settings, new SplittableRandom(1));
  }

  @Test
  void operationLongerThanTheDurationIsMeasuredOnce() {
    Measurement measured =
        measured(
            CellSettings.closed(Duration.ZERO, OPERATION.dividedBy(2), 1, 0, 1),
            () -> timed(question -> 10L + question));

    assertThat(measured.ops()).isEqualTo(1);
    assertThat(measured.ratesPerSecond()).containsExactly(1_000.0);
  }

  /** Of ten and a half operations ten ended, two and a half windows' worth. */
  @Test
  void loopThatIsHaltedKeepsWhatEndedBefore() {
    AtomicLong asked = new AtomicLong();
    Operation halting =
        question -> {
          if (asked.incrementAndGet() == 11) {
            halt.request();
          }
          return 10L + question;
        };

    Measurement measured =
        measured(
            CellSettings.closed(Duration.ZERO, OPERATION.multipliedBy(10), 1, 0, 1),
            () -> lasting(OPERATION.toNanos() / 4, halting));

    assertThat(measured.ops()).isEqualTo(10);
    assertThat(measured.ratesPerSecond()).containsExactly(4_000.0, 4_000.0, 4_000.0);
  }

  @Test
  void haltEndsTheLoopAndTheBrokenOffAnswerIsNotCompared() {
    Operation halting =
        question -> {
          halt.request();
          return -1;
        };

    Measurement measured = run(halting, 1, 0);

    assertThat(measured.ops()).isZero();
    assertThat(measured.ratesPerSecond()).isEmpty();
  }

  @Test
  void failureOfTheStoreComesThrough() {
    Operation failing =
        question -> {
          throw new IllegalStateException("closed");
        };

    assertThatThrownBy(() -> run(failing, 1, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("closed");
  }

  /** Time stands still, so nothing else ends it. */
  @Test
  void anInterruptEndsItAndIsKept() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(
            () ->
                measured(
                    CellSettings.closed(Duration.ZERO, LONG, 2, 0, 1),
                    () -> question -> 10L + question))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("interrupted");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(halt.isRequested()).isTrue();
  }

  private Measurement run(Operation operation, int threads, double missRatio) {
    return measured(
        CellSettings.closed(Duration.ZERO, LONG, threads, missRatio, 1), () -> timed(operation));
  }

  private Measurement measured(CellSettings settings, Supplier<Operation> operations) {
    return new Loop(key, operations, false, halt, ticker).run(settings, new SplittableRandom(1));
  }

  private Operation timed(Operation operation) {
    return lasting(OPERATION.toNanos(), operation);
  }

  private Operation lasting(long nanos, Operation operation) {
    return question -> {
      ticker.advance(nanos);
      return operation.ask(question);
    };
  }
}
