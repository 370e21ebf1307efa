package dev.grantstore.bench.benchmark;

import dev.grantstore.GrantReader;
import dev.grantstore.bench.measure.AnswerKey;
import dev.grantstore.bench.measure.Operation;
import dev.grantstore.bench.result.CellResult.KeyCount;

/** The questions of one read benchmark, prepared before the clock starts. Thread-safe. */
interface Questions {
  /** {@return how many keys the questions are about} */
  KeyCount keys();

  /** {@return the right answers, folded as {@link Operation#ask} folds them} */
  AnswerKey key();

  /**
   * {@return an operation for one thread}
   *
   * @param reader who is asked
   */
  Operation operation(GrantReader reader);

  /**
   * Asks one question outside the clock and compares the whole answer.
   *
   * @param question its number
   * @throws WrongAnswerException if it is wrong
   */
  void verify(int question);

  /**
   * {@return the question as messages print it}
   *
   * @param question its number
   */
  String name(int question);
}
