package dev.grantstore.bench.benchmark;

import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellSettings;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Measures the same subject in JVMs of their own that get less memory. One thread. */
@FunctionalInterface
public interface LimitedJvms {
  /** What is said where nothing but Java's heap can be limited. */
  String OF_HEAP =
      "Java's heap (-Xmx) alone: native memory of the engine and the JVM, and pages of files, are"
          + " not limited";

  /** Where there are no JVMs to be had. */
  LimitedJvms NONE =
      (limitMib, benchmark, settings, patience) -> {
        throw new IllegalStateException(
            "memory is limited in JVMs of their own: --forks 1 or more");
      };

  /**
   * What became of a JVM.
   *
   * @param cell what it measured; null if it had too little memory, or took too long
   * @param death what it died of, in a line; empty if it did not
   * @param isTooSlow whether it had to be ended, so that nothing says what it lacked
   */
  record Ended(@Nullable CellResult cell, String death, boolean isTooSlow) {}

  /**
   * Starts a JVM and waits for its end. That it has too little memory, or takes too long, is an
   * answer; any other death is none.
   *
   * @param limitMib how much memory it gets, of what {@link #covers} says
   * @param benchmark what it measures
   * @param settings how
   * @param patience after how long it is ended
   * @return what became of it; empty if halted before
   * @throws WrongAnswerException if its store gave a wrong answer
   * @throws IllegalStateException if it failed otherwise
   */
  Optional<Ended> run(int limitMib, String benchmark, CellSettings settings, Duration patience);

  /** {@return what the limit holds for, in words, and what it does not} */
  default String covers() {
    return OF_HEAP;
  }
}
