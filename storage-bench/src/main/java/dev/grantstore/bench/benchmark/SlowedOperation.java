package dev.grantstore.bench.benchmark;

import dev.grantstore.bench.measure.Operation;

/**
 * Prolongs every operation by a part of the time that it took itself, so that it can be shown that
 * a slower store is noticed. One thread.
 */
final class SlowedOperation implements Operation {
  private final Operation operation;
  private final double more;

  private SlowedOperation(Operation operation, double more) {
    this.operation = operation;
    this.more = more;
  }

  /** {@return the operation, slowed; the same where the percentage is 0} */
  static Operation by(double percent, Operation operation) {
    return percent == 0 ? operation : new SlowedOperation(operation, percent / 100);
  }

  @Override
  public long ask(int question) {
    long start = System.nanoTime();
    long answer = operation.ask(question);
    long answered = System.nanoTime();
    long until = answered + (long) ((answered - start) * more);
    while (System.nanoTime() - until < 0) {
      Thread.onSpinWait();
    }
    return answer;
  }
}
