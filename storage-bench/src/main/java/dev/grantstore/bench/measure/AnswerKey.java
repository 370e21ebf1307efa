package dev.grantstore.bench.measure;

import java.util.Locale;

/**
 * The right answers to the questions of one benchmark. Questions below {@link #firstMiss} are hits,
 * the others are misses. Immutable: nobody writes the arrays once they are here.
 */
public final class AnswerKey {
  private final int size;
  private final int firstMiss;
  private final Values answers;
  private final Values rows;

  /**
   * A number for each question, or one for hits and one for misses: then a question drawn at random
   * waits for no place in memory.
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never leaves the class
  private record Values(long[] each, long ofHit, long ofMiss) {
    private static final long[] NONE = {};

    static Values alike(long ofHit, long ofMiss) {
      return new Values(NONE, ofHit, ofMiss);
    }

    static Values each(long[] values) {
      return new Values(values, 0, 0);
    }

    long of(int question, int firstMiss) {
      if (each.length > 0) {
        return each[question];
      }
      return question < firstMiss ? ofHit : ofMiss;
    }
  }

  private AnswerKey(int size, int firstMiss, Values answers, Values rows) {
    this.size = size;
    this.firstMiss = firstMiss;
    this.answers = answers;
    this.rows = rows;
  }

  /**
   * Takes over the arrays.
   *
   * @param answers the folded answer to each question
   * @param rows how many rows the answer to each question has
   * @param firstMiss the first question without an answer; the number of questions if all have one
   */
  public AnswerKey(long[] answers, long[] rows, int firstMiss) {
    this(answers.length, firstMiss, Values.each(answers), Values.each(rows));
    if (answers.length != rows.length || firstMiss < 0 || firstMiss > answers.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "answer key does not fit: answers=%d rows=%d firstMiss=%d",
              answers.length,
              rows.length,
              firstMiss));
    }
  }

  /**
   * {@return a key in which all hits are answered alike, and all misses, of no rows}
   *
   * @param questions how many
   * @param firstMiss the first without an answer; their number if all have one
   * @param answer to every hit
   * @param missAnswer to every miss
   * @param rows of every hit
   */
  public static AnswerKey alike(
      int questions, int firstMiss, long answer, long missAnswer, long rows) {
    if (firstMiss < 0 || firstMiss > questions) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "answer key does not fit: questions=%d firstMiss=%d",
              questions,
              firstMiss));
    }
    return new AnswerKey(
        questions, firstMiss, Values.alike(answer, missAnswer), Values.alike(rows, 0));
  }

  /** {@return how many questions} */
  public int size() {
    return size;
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
    return answers.of(question, firstMiss);
  }

  /**
   * {@return how many rows the answer has}
   *
   * @param question its number
   */
  public long rows(int question) {
    return rows.of(question, firstMiss);
  }

  /** {@return the mean number of rows of the hits, rounded} */
  public long meanRows() {
    long sum = 0;
    for (int i = 0; i < firstMiss; i++) {
      sum += rows(i);
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
    return new AnswerKey(size, firstMiss, Values.alike(answer, missAnswer), rows);
  }
}
