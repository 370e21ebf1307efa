package dev.grantstore.bench.measure;

import java.util.Locale;

/** An answer inside the clock was not the one in the {@link AnswerKey}. */
public final class UnexpectedAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int question;
  private final long answer;

  /**
   * Creates an exception.
   *
   * @param question which question
   * @param answer the folded answer that came back
   */
  public UnexpectedAnswerException(int question, long answer) {
    super(
        String.format(
            Locale.ROOT, "unexpected answer: question=%d folded=%016x", question, answer));
    this.question = question;
    this.answer = answer;
  }

  /** {@return which question} */
  public int question() {
    return question;
  }

  /** {@return the folded answer that came back} */
  public long answer() {
    return answer;
  }
}
