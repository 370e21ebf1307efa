package dev.grantstore.bench.measure;

import dev.grantstore.bench.result.CellSettings.Schedule;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Asks again as soon as it has its answer. */
final class ClosedLane extends Lane {
  ClosedLane(
      Operation operation, AnswerKey key, int[] order, Passes passes, Halt halt, Ticker ticker) {
    super(operation, key, order, passes, halt, ticker);
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
      long end = nanos();
      if (isHalted()) {
        return start;
      }
      checked(question, answer).record(end - start, rows(question));
      start = end;
    } while (start - deadline < 0 && !isDone());
    return start;
  }

  @Override
  void accompany(AtomicInteger measured) {
    while (measured.get() > 0 && !isHalted()) {
      int question = next();
      long answer = ask(question);
      if (!isHalted()) {
        checked(question, answer);
      }
    }
  }
}
