package dev.grantstore.bench.benchmark;

import dev.grantstore.bench.measure.AnswerKey;
import dev.grantstore.bench.measure.AskingOrder;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.measure.Operation;
import dev.grantstore.bench.result.CellSettings;
import java.util.Locale;
import java.util.SplittableRandom;

/** Asks the questions of a read benchmark for a short while, without a clock on each. */
public final class ReadAgain {
  private static final int MOST_OPS = 10_000;
  private static final long MOST_NANOS = 1_000_000_000L;

  private ReadAgain() {}

  /**
   * What was asked.
   *
   * @param ops operations
   * @param rows rows they returned
   */
  public record Work(long ops, long rows) {}

  /**
   * {@return whether the benchmark asks questions}
   *
   * @param benchmark any
   */
  public static boolean isPossible(Benchmark benchmark) {
    return benchmark instanceof ReadBenchmark;
  }

  /**
   * Asks in random order, at least one question, at most 10,000, for about a second at most.
   *
   * @param benchmark for which {@link #isPossible}
   * @param subject whose store is asked
   * @param settings how
   * @param halt ends it early
   * @return what was asked
   * @throws WrongAnswerException if an answer is wrong
   */
  public static Work run(Benchmark benchmark, Subject subject, CellSettings settings, Halt halt) {
    if (!(benchmark instanceof ReadBenchmark reads)) {
      throw new IllegalArgumentException("benchmark does not read: " + benchmark.name());
    }
    Questions questions = reads.questions(subject, settings, halt);
    AnswerKey key = questions.key();
    int[] order = AskingOrder.draw(key, settings, new SplittableRandom(settings.seed()));
    Operation operation = questions.operation(subject.store());
    long rows = 0;
    int ops = 0;
    long start = subject.ticker().nanos();
    do {
      int question = order[ops % order.length];
      long answer = operation.ask(question);
      if (answer != key.answer(question) && !halt.isRequested()) {
        questions.verify(question); // says what is wrong, row by row, unless it is right by now
        throw new WrongAnswerException(
            benchmark.name(),
            questions.name(question),
            String.format(Locale.ROOT, "checksum %016x", key.answer(question)),
            String.format(Locale.ROOT, "checksum %016x, in the pass that counts", answer));
      }
      rows += key.rows(question);
      ops++;
    } while (ops < MOST_OPS
        && subject.ticker().nanos() - start < MOST_NANOS
        && !halt.isRequested());
    return new Work(ops, rows);
  }
}
