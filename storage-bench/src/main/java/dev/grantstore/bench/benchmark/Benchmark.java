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

  /** {@return the share of questions without an answer unless somebody chooses it} */
  default double usualMissRatio() {
    return 0;
  }

  /** {@return whether the store may be cold when it is measured: read, and not written first} */
  default boolean canBeCold() {
    return true;
  }

  /**
   * {@return whether it asks by keys, some of which may be asked for more often, at a rate; else it
   * is one whole operation after the other}
   */
  default boolean asksByKey() {
    return true;
  }

  /**
   * {@return settings as this benchmark wants them, where nobody chose otherwise}
   *
   * @param settings for any benchmark
   */
  default CellSettings asked(CellSettings settings) {
    return settings.withMissRatio(usualMissRatio());
  }

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
