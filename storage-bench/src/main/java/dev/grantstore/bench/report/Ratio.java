package dev.grantstore.bench.report;

import dev.grantstore.bench.result.Estimate;
import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.result.Outcome;
import java.util.Comparator;
import java.util.Optional;

/** How much longer an operation takes one engine than the fastest. */
final class Ratio {
  /** The words of the fastest itself. */
  static final String FASTEST = "fastest";

  /** Marks a ratio that the intervals do not bear out. */
  static final String UNSURE = "~";

  /** Gives ready-made answers, so it takes no part. */
  private static final String NULL_ENGINE = "null";

  private Ratio() {}

  /** {@return the ratio; nothing where there is nothing to compare with} */
  static String words(Question question, Answer answer, Optional<Answer> fastest) {
    if (fastest.isEmpty() || isNullEngine(answer) || rivals(question) < 2) {
      return Numbers.NOTHING;
    }
    Answer best = fastest.get();
    if (best.equals(answer)) {
      return FASTEST;
    }
    double ratio = nanosPerOp(answer) / nanosPerOp(best);
    return (overlap(answer, best) ? UNSURE : "") + Numbers.ratio(ratio);
  }

  /** {@return the engine whose operations take the least time} */
  static Optional<Answer> fastest(Question question) {
    return question.answers().stream()
        .filter(answer -> !isNullEngine(answer) && nanosPerOp(answer) > 0)
        .min(Comparator.comparingDouble(Ratio::nanosPerOp));
  }

  private static long rivals(Question question) {
    return question.answers().stream().filter(answer -> !isNullEngine(answer)).count();
  }

  private static double nanosPerOp(Answer answer) {
    return answer.middle(Outcome::nanosPerOp);
  }

  private static boolean isNullEngine(Answer answer) {
    return answer.series().engine().equals(NULL_ENGINE);
  }

  private static boolean overlap(Answer one, Answer other) {
    Optional<Estimate> first = one.interval(Metric.NANOS_PER_OP);
    Optional<Estimate> second = other.interval(Metric.NANOS_PER_OP);
    return first.isPresent()
        && second.isPresent()
        && first.get().low() <= second.get().high()
        && second.get().low() <= first.get().high();
  }
}
