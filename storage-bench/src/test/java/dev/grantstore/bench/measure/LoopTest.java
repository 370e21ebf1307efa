package dev.grantstore.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.KeyDistribution;
import dev.grantstore.bench.result.Temperature;
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

  @Test
  void hitsAndMissesAreCountedApart() {
    AtomicLong asked = new AtomicLong();
    Operation haltingItself =
        question -> {
          if (asked.incrementAndGet() > 1000) {
            halt.request();
          }
          return 10L + question;
        };

    Measurement measured = run(haltingItself, 1, 0.5);

    assertThat(measured.ops()).isEqualTo(1000);
    assertThat(measured.hits().ops()).isPositive();
    assertThat(measured.misses().ops()).isPositive();
    assertThat(measured.hits().rows()).isEqualTo(2 * measured.hits().ops());
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
  void warmUpIsLeftOut() {
    AtomicLong asked = new AtomicLong();
    Operation counting =
        question -> {
          asked.incrementAndGet();
          return 10L + question;
        };

    Measurement measured =
        measured(
            CellSettings.closed(OPERATION.multipliedBy(7), FIVE_OPERATIONS, 1, 0.5, 1),
            () -> timed(counting));

    assertThat(measured.ops()).isEqualTo(5);
    assertThat(asked).hasValue(7 + 5);
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

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void unexpectedAnswerToAnyQuestionEndsEveryThreadAndNamesIt(int wrong) {
    Operation operation = question -> question == wrong ? 99 : 10L + question;

    assertThatThrownBy(() -> run(operation, 2, 0.5))
        .isInstanceOfSatisfying(
            UnexpectedAnswerException.class,
            e -> {
              assertThat(e.question()).isEqualTo(wrong);
              assertThat(e.answer()).isEqualTo(99);
            });
    assertThat(halt.isRequested()).isTrue();
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

  private Measurement run(Operation operation, int threads, double missRatio) {
    return measured(
        CellSettings.closed(Duration.ZERO, LONG, threads, missRatio, 1), () -> timed(operation));
  }

  private Measurement measured(CellSettings settings, Supplier<Operation> operations) {
    return new Loop(key, operations, false, halt, ticker).run(settings, new SplittableRandom(1));
  }

  private Operation timed(Operation operation) {
    return question -> {
      ticker.advance(OPERATION.toNanos());
      return operation.ask(question);
    };
  }
}
