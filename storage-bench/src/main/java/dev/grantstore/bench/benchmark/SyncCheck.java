package dev.grantstore.bench.benchmark;

import dev.grantstore.Excerpt;
import dev.grantstore.GrantQuery;
import dev.grantstore.bench.measure.Halt;

/** Compares a whole sync with what its fixture says it holds. */
public final class SyncCheck {
  private SyncCheck() {}

  /**
   * Reads every field of every grant and compares number and digest.
   *
   * @param subject what is checked
   * @param halt ends the check without a finding
   * @throws WrongAnswerException if the store holds anything else
   */
  public static void verify(Subject subject, Halt halt) {
    ListQuestions.verify("check before measuring", subject.store(), scan(subject), halt);
  }

  static ListKey scan(Subject subject) {
    return new ListKey(
        "scan of " + Excerpt.of(subject.syncId()),
        new GrantQuery.Scan(subject.syncId()),
        subject.sync().all());
  }
}
