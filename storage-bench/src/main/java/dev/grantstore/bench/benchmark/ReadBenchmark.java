package dev.grantstore.bench.benchmark;

import dev.grantstore.bench.measure.AnswerKey;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.measure.Loop;
import dev.grantstore.bench.measure.Measurement;
import dev.grantstore.bench.measure.Operation;
import dev.grantstore.bench.measure.UnexpectedAnswerException;
import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.CellSettings.Temperature;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A benchmark that asks prepared questions in a closed loop. */
interface ReadBenchmark extends Benchmark {
  /**
   * How many hits, and how many misses, are compared in full before the clock starts, unless all
   * fields are looked at: then all are.
   */
  int MOST_VERIFIED = 10_000;

  /** {@return what of each answer it looks at} */
  LookedAt lookedAt();

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
    Questions questions = questions(subject, settings, halt);
    AnswerKey key = questions.key();
    boolean hasMisses = key.firstMiss() < key.size();
    if (subject.isNull()) {
      Measurement alone =
          NullCell.measure(questions, countsRows(), settings, random(settings), subject.ticker());
      return new Figures(questions.keys(), hasMisses, alone, 0, new TreeMap<>(), notes());
    }
    boolean warm = settings.temperature() == Temperature.WARM;
    if (warm) {
      verify(subject, questions, halt);
    } else {
      subject.cooling().run();
    }
    SortedMap<String, String> notes = notes();
    Measurement measurement = loop(subject, settings, questions, notes, halt);
    if (!warm) {
      verify(subject, questions, halt);
    }
    double harness =
        halt.isRequested()
            ? 0
            : NullCell.nanosPerOp(questions, countsRows(), settings, subject.ticker());
    return new Figures(questions.keys(), hasMisses, measurement, harness, new TreeMap<>(), notes);
  }

  private SortedMap<String, String> notes() {
    return new TreeMap<>(Map.of(CellResult.LOOKS_AT, lookedAt().toString()));
  }

  private void verify(Subject subject, Questions questions, Halt halt) {
    verifyMore(subject, halt);
    AnswerKey key = questions.key();
    // Sums of all fields are known of lists alone that were compared in full: see OtherFields.
    int most = lookedAt().areAllFields() ? key.size() : MOST_VERIFIED;
    verify(questions, 0, key.firstMiss(), most, halt);
    verify(questions, key.firstMiss(), key.size(), most, halt);
  }

  /** Compares in full what is not too many, spread over all of them. */
  private static void verify(Questions questions, int from, int to, int most, Halt halt) {
    int step = Math.max(1, (to - from + most - 1) / most);
    for (int i = from; i < to && !halt.isRequested(); i += step) {
      questions.verify(i);
    }
  }

  private Measurement loop(
      Subject subject,
      CellSettings settings,
      Questions questions,
      SortedMap<String, String> notes,
      Halt halt) {
    Supplier<Operation> operations = () -> questions.operation(subject.store());
    if (subject.slowdownPercent() > 0) {
      InjectedDelay delay = delay(subject, settings, questions, halt);
      notes.put(CellResult.INJECTED_DELAY, delay.toString());
      operations = () -> delay.after(questions.operation(subject.store()));
    }
    Loop loop = new Loop(questions.key(), operations, countsRows(), halt, subject.ticker());
    try {
      return loop.run(settings, random(settings));
    } catch (UnexpectedAnswerException e) {
      throw explained(questions, e);
    }
  }

  private static InjectedDelay delay(
      Subject subject, CellSettings settings, Questions questions, Halt halt) {
    if (settings.isCold()) {
      throw new IllegalArgumentException("a cold cell cannot be slowed on purpose: it would warm");
    }
    Operation plain = questions.operation(subject.store());
    return InjectedDelay.measured(subject.slowdownPercent(), plain, questions.key().size(), halt);
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
        String.format(Locale.ROOT, "checksum %016x", questions.key().answer(question)),
        String.format(
            Locale.ROOT, "checksum %016x, and the right answer when asked again", e.answer()));
  }

  private SplittableRandom random(CellSettings settings) {
    return new SplittableRandom(settings.seed() ^ (long) name().hashCode() << 32);
  }
}
