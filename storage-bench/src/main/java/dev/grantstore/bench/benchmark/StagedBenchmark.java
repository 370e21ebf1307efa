package dev.grantstore.bench.benchmark;

import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.CellSettings;

/**
 * A benchmark of whole operations, one after the other on one thread, that go through stages: each
 * stage is an outcome of its own, with its own times, intervals and comparisons.
 */
interface StagedBenchmark extends Benchmark {
  @Override
  default boolean canBeCold() {
    return false;
  }

  @Override
  default boolean asksByKey() {
    return false;
  }

  @Override
  default boolean takesThreads() {
    return false;
  }

  @Override
  default Needs needs() {
    return Needs.ROWS;
  }

  @Override
  default Figures measure(Subject subject, CellSettings settings, Halt halt) {
    if (subject.slowdownPercent() > 0) {
      throw new IllegalArgumentException(name() + " cannot be slowed on purpose");
    }
    StagedCell cell = new StagedCell(subject.ticker());
    if (!halt.isRequested()) {
      run(subject, settings, cell, halt);
    }
    return cell.figures();
  }

  /**
   * Does its operations, with their answers compared.
   *
   * @param subject what is measured
   * @param settings how
   * @param cell takes what was measured
   * @param halt ends it early; what was not ended is not counted then
   * @throws WrongAnswerException if an answer is wrong
   */
  void run(Subject subject, CellSettings settings, StagedCell cell, Halt halt);
}
