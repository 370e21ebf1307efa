package dev.grantstore.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.CellSettings.KeyDistribution;
import dev.grantstore.bench.result.CellSettings.Temperature;
import dev.grantstore.bench.testengine.ManualTicker;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One wrong answer among right ones, at each place in turn, ends the loop and is named. */
final class LyingOperationTest {
  private static final Duration OPERATION = Duration.ofMillis(1);
  private static final int WARMING = 7;
  private static final int MEASURED = 9;
  private static final int WRONG = 99;

  private final ManualTicker ticker = new ManualTicker();
  private final AnswerKey key =
      new AnswerKey(new long[] {10, 11, 12, 13, 14}, new long[] {1, 2, 3, 0, 0}, 3);

  private Halt halt = new Halt();
  private AtomicInteger asked = new AtomicInteger();
  private int lied = -1;

  @ParameterizedTest
  @CsvSource({"1, 0", "1, 1000", "3, 0", "3, 3000"})
  void oneAnswerThatIsWrongAnywhereIsFoundAndNamed(int threads, double rate) {
    int all = threads * (WARMING + MEASURED);
    for (int place = 0; place < all; place++) {
      int wrong = place;
      assertThatThrownBy(() -> run(wrong, threads, rate))
          .as("wrong answer number %d", place)
          .isInstanceOfSatisfying(
              UnexpectedAnswerException.class,
              e -> {
                assertThat(e.question()).isEqualTo(lied);
                assertThat(e.answer()).isEqualTo(WRONG);
              });
      assertThat(halt.isRequested()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1000"})
  void withoutOneEveryAnswerCounts(double rate) {
    assertThat(run(WARMING + MEASURED, 1, rate).ops()).isEqualTo(MEASURED);
    assertThat(asked).hasValue(WARMING + MEASURED);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2", "3", "4"})
  void questionThatIsAlwaysAnsweredWronglyIsNamed(int wrong) {
    Operation operation =
        question -> {
          ticker.advance(OPERATION.toNanos());
          return question == wrong ? WRONG : 10L + question;
        };

    assertThatThrownBy(() -> loop(operation).run(settings(2, 0, 1_000), new SplittableRandom(1)))
        .isInstanceOfSatisfying(
            UnexpectedAnswerException.class, e -> assertThat(e.question()).isEqualTo(wrong));
  }

  /** Of the thread that goes on uncounted while another is still measured. */
  @Test
  void answerThatIsNotCountedIsComparedAllTheSame() {
    CountDownLatch wrongGiven = new CountDownLatch(1);
    AtomicInteger lane = new AtomicInteger();
    Operation quick =
        question -> {
          ticker.advance(OPERATION.toNanos());
          if (asked.incrementAndGet() <= MEASURED) {
            return 10L + question;
          }
          wrongGiven.countDown();
          return WRONG;
        };
    Operation slow =
        question -> {
          ticker.advance(OPERATION.toNanos() * MEASURED);
          await(wrongGiven);
          return 10L + question;
        };
    Loop loop =
        new Loop(key, () -> lane.getAndIncrement() == 0 ? quick : slow, false, halt, ticker);

    assertThatThrownBy(() -> loop.run(settings(2, 0, 0), new SplittableRandom(1)))
        .isInstanceOfSatisfying(
            UnexpectedAnswerException.class, e -> assertThat(e.answer()).isEqualTo(WRONG));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(5, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Measurement run(int place, int threads, double rate) {
    halt = new Halt();
    asked = new AtomicInteger();
    Operation operation =
        question -> {
          ticker.advance(OPERATION.toNanos());
          if (asked.getAndIncrement() != place) {
            return 10L + question;
          }
          lied = question;
          return WRONG;
        };
    return loop(operation).run(settings(threads, rate, WARMING), new SplittableRandom(place));
  }

  private Loop loop(Operation operation) {
    return new Loop(key, () -> operation, false, halt, ticker);
  }

  private static CellSettings settings(int threads, double rate, int warming) {
    return new CellSettings(
        OPERATION.multipliedBy(warming),
        OPERATION.multipliedBy(warming),
        OPERATION.multipliedBy(MEASURED),
        threads,
        0.4,
        1,
        KeyDistribution.UNIFORM,
        Temperature.WARM,
        rate);
  }
}
