package dev.grantstore.bench.benchmark;

/** The store gave an answer that is not in the fixture: no figure of it can be believed. */
public final class WrongAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

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
        "wrong answer: benchmark=%s key=%s expected=%s found=%s"
            .formatted(benchmark, key, expected, found));
  }
}
