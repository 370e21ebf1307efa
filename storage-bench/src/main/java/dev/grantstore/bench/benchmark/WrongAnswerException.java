package dev.grantstore.bench.benchmark;

import java.util.Locale;

/** The store gave an answer that is not in the fixture: no figure of it can be believed. */
public final class WrongAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception as another JVM told it.
   *
   * @param told what it said
   */
  public WrongAnswerException(String told) {
    super(told);
  }

  /**
   * Creates an exception.
   *
   * @param benchmark which benchmark asked
   * @param key what was asked for
   * @param expected the right answer
   * @param found the answer that came
   */
  public WrongAnswerException(String benchmark, String key, String expected, String found) {
    super(
        String.format(
            Locale.ROOT,
            "wrong answer: benchmark=%s key=%s expected=%s found=%s",
            benchmark,
            key,
            expected,
            found));
  }
}
