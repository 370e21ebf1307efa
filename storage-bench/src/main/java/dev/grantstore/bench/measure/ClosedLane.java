package dev.grantstore.bench.measure;

import dev.grantstore.bench.result.Schedule;
import org.jspecify.annotations.Nullable;

/** Asks again as soon as it has its answer. */
final class ClosedLane extends Lane {
  ClosedLane(Operation operation, AnswerKey key, int[] order, Halt halt) {
    super(operation, key, order, halt);
  }

  @Override
  @Nullable Schedule schedule() {
    return null;
  }

  /** The end of one operation is the start of the next: one look at the clock for each. */
  @Override
  long askUntil(long deadline, long now) {
    long start = now;
    do {
      int question = next();
      long answer = ask(question);
      long end = System.nanoTime();
      if (isHalted()) {
        return start;
      }
      checked(question, answer).record(end - start, rows(question));
      start = end;
    } while (start - deadline < 0);
    return start;
  }
}
