package dev.grantstore.bench.benchmark;

import dev.grantstore.bench.measure.AnswerKey;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.measure.Loop;
import dev.grantstore.bench.measure.Measurement;
import dev.grantstore.bench.measure.UnexpectedAnswerException;
import dev.grantstore.bench.nullengine.NullStore;
import dev.grantstore.bench.result.CellSettings;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A benchmark that asks prepared questions in a closed loop. */
interface ReadBenchmark extends Benchmark {
  /** How long the loop runs on the null engine before, and while, its own cost is measured. */
  Duration HARNESS_DURATION = Duration.ofMillis(150);

  /** How many hits, and how many misses, are compared in full before the clock starts. */
  int MOST_VERIFIED = 10_000;

  /**
   * {@return the questions to ask}
   *
   * @param subject what is measured
   * @param settings how
   * @param halt breaks off long answers
   */
  Questions questions(Subject subject, CellSettings settings, Halt halt);

  /**
   * Compares answers in full that are not asked for in the loop.
   *
   * @param subject what is measured
   * @param halt breaks off long answers
   * @throws WrongAnswerException if one is wrong
   */
  default void verifyMore(Subject subject, Halt halt) {}

  @Override
  default Figures measure(Subject subject, CellSettings settings, Halt halt) {
    verifyMore(subject, halt);
    Questions questions = questions(subject, settings, halt);
    AnswerKey key = questions.key();
    verify(questions, 0, key.firstMiss(), halt);
    verify(questions, key.firstMiss(), key.size(), halt);
    Measurement measurement = loop(subject, settings, questions, halt);
    double harness = halt.isRequested() ? 0 : harnessNanosPerOp(settings, questions);
    boolean hasMisses = key.firstMiss() < key.size();
    return new Figures(
        questions.keys(), hasMisses, measurement, harness, new TreeMap<>(), new TreeMap<>());
  }

  /** Compares in full what is not too many, spread over all of them. */
  private static void verify(Questions questions, int from, int to, Halt halt) {
    int step = Math.max(1, (to - from + MOST_VERIFIED - 1) / MOST_VERIFIED);
    for (int i = from; i < to && !halt.isRequested(); i += step) {
      questions.verify(i);
    }
  }

  private Measurement loop(Subject subject, CellSettings settings, Questions questions, Halt halt) {
    Loop loop =
        new Loop(questions.key(), () -> questions.operation(subject.store()), countsRows(), halt);
    try {
      return loop.run(settings, random(settings));
    } catch (UnexpectedAnswerException e) {
      throw explained(questions, e);
    }
  }

  /** Asks once more in full, so that the message says what is wrong and not only that it is. */
  private WrongAnswerException explained(Questions questions, UnexpectedAnswerException e) {
    int question = e.question();
    try {
      questions.verify(question);
    } catch (WrongAnswerException inFull) {
      return inFull;
    }
    return new WrongAnswerException(
        name(),
        questions.name(question),
        "checksum %016x".formatted(questions.key().answer(question)),
        "checksum %016x, and the right answer when asked again".formatted(e.answer()));
  }

  /**
   * CPU time, so that a busy machine does not add to it; undisturbed it is the time that passes.
   */
  private double harnessNanosPerOp(CellSettings settings, Questions questions) {
    NullStore nothing = new NullStore(questions.key().meanRows());
    long answer = questions.operation(nothing).ask(0);
    AnswerKey key = questions.key().withAnswers(answer, answer);
    Loop loop = new Loop(key, () -> questions.operation(nothing), countsRows(), new Halt());
    Measurement measurement =
        loop.run(
            CellSettings.closed(
                HARNESS_DURATION, HARNESS_DURATION, 1, settings.missRatio(), settings.seed()),
            random(settings));
    return (double) measurement.cpuNanos() / measurement.ops();
  }

  private SplittableRandom random(CellSettings settings) {
    return new SplittableRandom(settings.seed() ^ (long) name().hashCode() << 32);
  }
}
