package dev.grantstore.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.grantstore.bench.result.CellResult.Steadiness.Verdict;
import dev.grantstore.bench.result.CellResult.WarmUp;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.CellSettings.KeyDistribution;
import dev.grantstore.bench.result.CellSettings.Temperature;
import dev.grantstore.bench.testengine.ManualTicker;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

/** What is run before anything is kept: how long, how often, and that nothing of it is kept. */
final class WarmUpTest {
  private static final long MILLI = 1_000_000;
  private static final Duration WARMUP = Duration.ofMillis(100);
  private static final Duration MEASURED = Duration.ofMillis(50);

  private final Halt halt = new Halt();
  private final ManualTicker ticker = ManualTicker.shared();
  private final AtomicInteger asked = new AtomicInteger();
  private final AnswerKey key = new AnswerKey(new long[] {7, 8}, new long[] {3, 0}, 1);

  @Test
  void isLeftOutExactly() {
    Measurement measured = run(operation -> 5 * MILLI, 0.5, 0);

    assertThat(asked).hasValue(20 + 10);
    assertThat(measured.ops()).isEqualTo(10);
    assertThat(measured.hits().rows()).isEqualTo(3 * measured.hits().ops());
    assertThat(measured.warmup().seconds()).isEqualTo(0.1, within(1e-12));
    assertThat(measured.warmup().steadiness().verdict()).isEqualTo(Verdict.STEADY);
    assertThat(measured.hits().outcome("hit", 1).opsPerSecond()).isEqualTo(200, within(1e-9));
  }

  @Test
  void isLeftOutOfAnOpenLoopThatItsScheduleBeginsWith() {
    Measurement measured = run(operation -> 5 * MILLI, 0, 100);

    assertThat(asked).hasValue(20 + 5);
    assertThat(measured.ops()).isEqualTo(5);
    assertThat(measured.hits().outcome("all", 1).response())
        .isNotNull()
        .satisfies(response -> assertThat(response.maxNanos()).isEqualTo(5 * MILLI));
  }

  /** 4 of 10 ms and 12 of 5: the rate doubles, once; 20 more of 5 ms: it is level. */
  @Test
  void goesOnOnceMoreWhereTheRateRose() {
    Measurement measured = run(operation -> (operation < 4 ? 10 : 5) * MILLI, 0, 0);

    assertThat(asked).hasValue(4 + 12 + 20 + 10);
    assertThat(measured.ops()).isEqualTo(10);
    assertThat(measured.warmup().seconds()).isEqualTo(0.2, within(1e-12));
    assertThat(measured.warmup().steadiness().verdict()).isEqualTo(Verdict.STEADY);
  }

  @Test
  void endsAfterTheMostThatIsAllowedWhereTheRateNeverSettles() {
    Measurement measured = run(operation -> (operation % 16 < 4 ? 10 : 5) * MILLI, 0, 0);

    assertThat(asked).hasValue(4 * 16 + 4 + 2);
    assertThat(measured.warmup().seconds()).isEqualTo(0.4, within(1e-12));
    assertThat(measured.warmup().steadiness().verdict()).isEqualTo(Verdict.DRIFTING);
    assertThat(measured.ops()).isEqualTo(4 + 2);
  }

  @Test
  void isNoneWhereNoneIsAsked() {
    Measurement measured =
        loop(operation -> 5 * MILLI)
            .run(CellSettings.closed(Duration.ZERO, MEASURED, 1, 0, 1), new SplittableRandom(1));

    assertThat(asked).hasValue(10);
    assertThat(measured.warmup()).isEqualTo(WarmUp.NONE);
  }

  @Test
  void haltInItLeavesNothing() {
    Measurement measured =
        run(
            operation -> {
              if (operation == 6) {
                halt.request();
              }
              return 5 * MILLI;
            },
            0,
            0);

    assertThat(asked).hasValue(7);
    assertThat(measured.ops()).isZero();
    assertThat(measured.ratesPerSecond()).isEmpty();
  }

  private Measurement run(IntToLongFunction nanosOfOperation, double missRatio, double rate) {
    CellSettings settings =
        new CellSettings(
            WARMUP,
            WARMUP.multipliedBy(4),
            MEASURED,
            1,
            missRatio,
            1,
            KeyDistribution.UNIFORM,
            Temperature.WARM,
            rate);
    return loop(nanosOfOperation).run(settings, new SplittableRandom(1));
  }

  private Loop loop(IntToLongFunction nanosOfOperation) {
    Operation operation =
        question -> {
          ticker.advance(nanosOfOperation.applyAsLong(asked.getAndIncrement()));
          return 7L + question;
        };
    return new Loop(key, () -> operation, false, halt, ticker);
  }
}
