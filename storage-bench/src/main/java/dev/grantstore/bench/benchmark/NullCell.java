package dev.grantstore.bench.benchmark;

import dev.grantstore.bench.measure.AnswerKey;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.measure.Loop;
import dev.grantstore.bench.measure.Measurement;
import dev.grantstore.bench.measure.Ticker;
import dev.grantstore.bench.nullengine.NullStore;
import dev.grantstore.bench.result.CellSettings;
import java.time.Duration;
import java.util.SplittableRandom;

/** Runs the loop of a read benchmark on the null engine: what is left is the harness. */
final class NullCell {
  /**
   * How long the loop runs before, and while, the cost of the harness is measured beside a cell; no
   * longer than the cell itself, whose own figures would not be surer.
   */
  private static final Duration DURATION = Duration.ofMillis(150);

  private NullCell() {}

  /** {@return what the loop takes, measured as any cell is} */
  static Measurement measure(
      Questions questions,
      boolean countsRows,
      CellSettings settings,
      SplittableRandom random,
      Ticker ticker) {
    AnswerKey key = questions.key();
    long answer = questions.operation(new NullStore(key.meanRows())).ask(0);
    Loop loop =
        new Loop(
            key.withAnswers(answer, answer),
            () -> questions.operation(new NullStore(key.meanRows())),
            countsRows,
            new Halt(),
            ticker);
    return loop.run(settings, random);
  }

  /**
   * {@return CPU time of an operation, on one thread}
   *
   * <p>CPU time, so that a busy machine does not add to it; undisturbed it is the time that passes.
   */
  static double nanosPerOp(
      Questions questions, boolean countsRows, CellSettings settings, Ticker ticker) {
    Duration cell = settings.duration();
    Duration duration = cell.compareTo(DURATION) < 0 ? cell : DURATION;
    CellSettings shortly =
        CellSettings.closed(duration, duration, 1, settings.missRatio(), settings.seed());
    Measurement measurement =
        measure(questions, countsRows, shortly, new SplittableRandom(settings.seed()), ticker);
    return (double) measurement.cpuNanos() / measurement.ops();
  }
}
