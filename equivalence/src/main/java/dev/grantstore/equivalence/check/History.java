package dev.grantstore.equivalence.check;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Everything a store answered in one run, in order. Immutable.
 *
 * @param steps one for each operation and each audit
 */
public record History(List<Step> steps) {
  /** Copies the steps. */
  public History {
    steps = List.copyOf(steps);
  }

  /** {@return one line for each step} */
  public List<String> lines() {
    return steps.stream().map(Step::line).toList();
  }

  /**
   * One line of a history: an operation, or an audit after it, and the answer. Immutable.
   *
   * @param op the operation's number, from 1; an audit has that of the operation before it
   * @param oracle which rule a wrong answer breaks
   * @param kind the operation's kind, or {@code audit}
   * @param answer what the store answered
   */
  public record Step(int op, Oracle oracle, String kind, Answer answer) {
    /** Refuses nulls. */
    public Step {
      Objects.requireNonNull(oracle, "oracle");
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(answer, "answer");
    }

    /** {@return the step on one line} */
    public String line() {
      return String.format(
          Locale.ROOT, "%d %s %s => %s", op, oracle, kind, AnswerText.line(answer));
    }
  }
}
