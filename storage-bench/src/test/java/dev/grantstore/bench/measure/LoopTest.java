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
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LoopTest {
  private static final Duration SHORT = Duration.ofMillis(5);

  /** Never reached: the operation halts the loop, or fails. */
  private static final Duration LONG = Duration.ofMinutes(10);

  private final Halt halt = new Halt();
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
    AtomicLong asked = new AtomicLong();
    Operation counting =
        question -> {
          asked.incrementAndGet();
          return 10L + question;
        };

    Measurement measured =
        new Loop(key, () -> counting, false, halt)
            .run(CellSettings.closed(Duration.ZERO, SHORT, 3, 0.5, 1), new SplittableRandom(1));

    assertThat(measured.ops()).isBetween(3L, asked.get());
    assertThat(measured.threads()).isEqualTo(3);
    assertThat(measured.ratesPerSecond()).isNotEmpty();
  }

  /** Were the first thread at rest, the second would wait until it gives up. */
  @Test
  void threadWhoseTimeIsUpGoesOnUncountedUntilThatOfTheOthersIsUp() {
    AtomicLong first = new AtomicLong();
    AtomicLong lane = new AtomicLong();
    Operation quick =
        question -> {
          first.incrementAndGet();
          return 10L + question;
        };
    Operation slow =
        question -> {
          long end = System.nanoTime() + 10 * SHORT.toNanos();
          while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
          }
          long before = first.get();
          long giveUp = end + Duration.ofSeconds(10).toNanos();
          while (first.get() == before && System.nanoTime() - giveUp < 0) {
            Thread.onSpinWait();
          }
          return first.get() == before ? -1 : 10L + question;
        };

    Measurement measured =
        new Loop(key, () -> lane.getAndIncrement() == 0 ? quick : slow, false, halt)
            .run(CellSettings.closed(Duration.ZERO, SHORT, 2, 0, 1), new SplittableRandom(1));

    assertThat(measured.ops()).isGreaterThan(1).isLessThan(first.get() + 1);
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
    return new Loop(questions, () -> operation, false, halt).run(settings, new SplittableRandom(1));
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
        new Loop(key, () -> counting, false, halt)
            .run(CellSettings.closed(SHORT, SHORT, 1, 0.5, 1), new SplittableRandom(1));

    assertThat(measured.ops()).isLessThan(asked.get());
  }

  @Test
  void operationLongerThanTheDurationIsMeasuredOnce() {
    AtomicLong clock = new AtomicLong();
    Operation slow =
        question -> {
          long until = System.nanoTime() + 2 * SHORT.toNanos();
          while (System.nanoTime() - until < 0) {
            clock.incrementAndGet();
          }
          return 10L + question;
        };

    Measurement measured =
        new Loop(key, () -> slow, false, halt)
            .run(CellSettings.closed(Duration.ZERO, SHORT, 1, 0, 1), new SplittableRandom(1));

    assertThat(measured.ops()).isEqualTo(1);
  }

  @Test
  void unexpectedAnswerEndsEveryThreadAndNamesTheQuestion() {
    Operation wrong = question -> question == 1 ? 99 : 10L + question;

    assertThatThrownBy(() -> run(wrong, 2, 0))
        .isInstanceOfSatisfying(
            UnexpectedAnswerException.class,
            e -> {
              assertThat(e.question()).isEqualTo(1);
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
    return new Loop(key, () -> operation, false, halt)
        .run(
            CellSettings.closed(Duration.ZERO, LONG, threads, missRatio, 1),
            new SplittableRandom(1));
  }
}
