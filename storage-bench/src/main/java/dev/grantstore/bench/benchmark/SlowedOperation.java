package dev.grantstore.bench.benchmark;

import dev.grantstore.bench.measure.Operation;

/**
 * Prolongs every operation by a part of the time that it took itself, so that it can be shown that
 * a slower store is noticed. What looking at the clock costs is taken off the delay, so that the
 * whole comes close to what was asked for where operations are long against that. One thread.
 */
final class SlowedOperation implements Operation {
  private static final int BATCHES = 50;
  private static final int LOOKS = 1_000;

  private final Operation operation;
  private final double more;
  private final long clockNanos;

  private SlowedOperation(Operation operation, double more, long clockNanos) {
    this.operation = operation;
    this.more = more;
    this.clockNanos = clockNanos;
  }

  /** {@return the operation, slowed; the same where the percentage is 0} */
  static Operation by(double percent, Operation operation) {
    return percent == 0 ? operation : new SlowedOperation(operation, percent / 100, clockNanos());
  }

  @Override
  public long ask(int question) {
    long start = System.nanoTime();
    long answer = operation.ask(question);
    long answered = System.nanoTime();
    // Three looks are outside of the delay: the two above, and on average half of the last in the
    // loop beside the half that notices its end.
    long until = answered + (long) ((answered - start) * more) - 3 * clockNanos;
    while (System.nanoTime() - until < 0) {
      Thread.onSpinWait();
    }
    return answer;
  }

  /** {@return what a look at the clock costs when nothing comes between} */
  private static long clockNanos() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < BATCHES; i++) {
      long start = System.nanoTime();
      long last = start;
      for (int j = 0; j < LOOKS; j++) {
        last = System.nanoTime();
      }
      least = Math.min(least, (last - start) / LOOKS);
    }
    return least;
  }
}
