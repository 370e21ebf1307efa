package dev.grantstore.bench.measure;

/** What the loop times: asks one prepared question. Belongs to one thread. */
@FunctionalInterface
public interface Operation {
  /**
   * Asks the question and folds the whole answer into one number.
   *
   * @param question its number, from 0
   * @return the folded answer, compared with {@link AnswerKey#answer}
   */
  long ask(int question);
}
