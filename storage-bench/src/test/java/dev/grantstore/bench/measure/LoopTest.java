package dev.grantstore.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.bench.result.CellSettings;
import java.time.Duration;
import java.util.SplittableRandom;
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
  void everyOperationOfEveryThreadIsCountedOnceWarmUpIsComplete() {
    AtomicLong asked = new AtomicLong();
    Operation counting =
        question -> {
          asked.incrementAndGet();
          return 10L + question;
        };

    Measurement measured =
        new Loop(key, () -> counting, false, halt)
            .run(CellSettings.closed(Duration.ZERO, SHORT, 3, 0.5, 1), new SplittableRandom(1));

    assertThat(measured.ops()).isEqualTo(asked.get());
    assertThat(measured.threads()).isEqualTo(3);
    assertThat(measured.ratesPerSecond()).isNotEmpty();
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
