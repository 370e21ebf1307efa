package dev.grantstore.equivalence.relation;

import dev.grantstore.equivalence.check.Answer;
import dev.grantstore.equivalence.check.Audit;
import dev.grantstore.equivalence.check.History;
import dev.grantstore.equivalence.check.History.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A history by the numbers of operations: what each answered, and what was there after it. */
final class Answers {
  private final Map<Integer, Answer> own = new HashMap<>();
  private final Map<Integer, Answer> contents = new HashMap<>();

  /** An audit may come before an operation's own answer, of what the one before it left. */
  Answers(History history) {
    for (Step step : history.steps()) {
      int number = step.op();
      if (number == 0 || own.containsKey(number)) {
        contents.put(number, step.answer());
      } else if (step.kind().equals(Audit.KIND)) {
        contents.put(number - 1, step.answer());
      } else {
        own.put(number, step.answer());
      }
    }
  }

  /** {@return what the store showed after an operation, if it was looked at} */
  Optional<Answer> content(int number) {
    return Optional.ofNullable(contents.get(number));
  }

  /** {@return what the operation answered, if the run came so far} */
  Optional<Answer> answer(int number) {
    return Optional.ofNullable(own.get(number));
  }

  /**
   * {@return what operations answered together, if the run came so far: the first refusal, else all
   * rows and the last outcome; one that had nothing to read on from says nothing}
   */
  Optional<Answer> answer(List<Integer> numbers) {
    Answer sum = numbers.isEmpty() ? Answer.OK : Answer.SKIPPED;
    for (int number : numbers) {
      Answer next = own.get(number);
      if (next == null) {
        return Optional.empty();
      }
      sum = sum(sum, next);
      if (sum.isRefused()) {
        break;
      }
    }
    return Optional.of(sum);
  }

  private static Answer sum(Answer sum, Answer next) {
    if (sum.isSkipped() || next.isRefused()) {
      return next;
    }
    return next.isSkipped()
        ? sum
        : new Answer(
            next.outcome(), both(sum.rows(), next.rows()), both(sum.syncs(), next.syncs()));
  }

  private static <T> List<T> both(List<T> some, List<T> others) {
    List<T> both = new ArrayList<>(some);
    both.addAll(others);
    return both;
  }
}
