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

  /** {@return whether several threads may do it at once} */
  default boolean takesThreads() {
    return true;
  }

  /** {@return whether it opens every store itself, so that none is open when it begins} */
  default boolean opensStores() {
    return false;
  }

  /** {@return whether nothing may have been measured in its process before} */
  default boolean needsNewProcess() {
    return false;
  }

  /** {@return whether it starts JVMs with less memory} */
  default boolean limitsMemory() {
    return false;
  }

  /**
   * {@return whether anything goes before what is measured; else nothing is done twice, and a
   * warm-up is not asked for}
   */
  default boolean warmsUp() {
    return true;
  }

  /** {@return what an engine must have to be asked} */
  default Needs needs() {
    return Needs.NOTHING;
  }

  /** What an engine must have to be asked. */
  enum Needs {
    /** Every engine is asked, the null engine too. */
    NOTHING("nothing"),
    /** It keeps what is written, on this machine: the null engine and a cluster do not. */
    ROWS("a store on this machine that keeps its rows"),
    /** It has files here: neither the null engine, nor a store in memory, nor a cluster has. */
    FILES("a store in files on this machine");

    private final String words;

    Needs(String words) {
      this.words = words;
    }

    /** {@return what is needed, as reports say it} */
    public String words() {
      return words;
    }
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
