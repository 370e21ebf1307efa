package dev.grantstore.bench.measure;

import java.util.Locale;

/**
 * The right answers to the questions of one benchmark. Questions below {@link #firstMiss} are hits,
 * the others are misses. Immutable: nobody writes the arrays once they are here.
 */
public final class AnswerKey {
  private final long[] answers;
  private final long[] rows;
  private final int firstMiss;

  /**
   * Takes over the arrays.
   *
   * @param answers the folded answer to each question
   * @param rows how many rows the answer to each question has
   * @param firstMiss the first question without an answer; the number of questions if all have one
   */
  public AnswerKey(long[] answers, long[] rows, int firstMiss) {
    if (answers.length != rows.length || firstMiss < 0 || firstMiss > answers.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "answer key does not fit: answers=%d rows=%d firstMiss=%d",
              answers.length,
              rows.length,
              firstMiss));
    }
    this.answers = answers;
    this.rows = rows;
    this.firstMiss = firstMiss;
  }

  /** {@return how many questions} */
  public int size() {
    return answers.length;
  }

  /** {@return the first question without an answer} */
  public int firstMiss() {
    return firstMiss;
  }

  /**
   * {@return the folded answer}
   *
   * @param question its number
   */
  public long answer(int question) {
    return answers[question];
  }

  /**
   * {@return how many rows the answer has}
   *
   * @param question its number
   */
  public long rows(int question) {
    return rows[question];
  }

  /** {@return the mean number of rows of the hits, rounded} */
  public long meanRows() {
    long sum = 0;
    for (int i = 0; i < firstMiss; i++) {
      sum += rows[i];
    }
    return firstMiss == 0 ? 0 : Math.round((double) sum / firstMiss);
  }

  /**
   * {@return the same questions with other answers}
   *
   * @param answer the answer to every hit
   * @param missAnswer the answer to every miss
   */
  public AnswerKey withAnswers(long answer, long missAnswer) {
    long[] others = new long[answers.length];
    for (int i = 0; i < others.length; i++) {
      others[i] = i < firstMiss ? answer : missAnswer;
    }
    return new AnswerKey(others, rows, firstMiss);
  }
}
