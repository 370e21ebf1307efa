package dev.grantstore.bench.benchmark;

import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.CellSettings;

/** Something a store is asked to do, again and again, while we look at the clock. Immutable. */
public interface Benchmark {
  /** {@return its name on the command line and in results, such as {@code G2}} */
  String name();

  /** {@return what it does, in a few words} */
  String title();

  /** {@return what one operation is, in one line} */
  String description();

  /** {@return whether its rate is counted in rows; else in operations} */
  boolean countsRows();

  /**
   * Compares answers in full, then measures.
   *
   * @param subject what is measured
   * @param settings how
   * @param halt ends it early
   * @return what was measured; fewer operations than asked for, or none, if halted
   * @throws WrongAnswerException if an answer is wrong
   */
  Figures measure(Subject subject, CellSettings settings, Halt halt);
}
