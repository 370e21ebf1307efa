package dev.grantstore.bench.report;

import dev.grantstore.bench.result.Estimate;
import dev.grantstore.bench.result.Latency;
import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.result.Outcome;
import java.util.Comparator;
import java.util.Optional;

/**
 * How many times as long as the fastest an engine takes: by the mean time of an operation, and in
 * open loops, where the rate is given, by the response time that 99 % do not exceed.
 */
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
    Metric metric = metric(question);
    double ratio = nanos(answer, metric) / nanos(best, metric);
    return (overlap(answer, best, metric) ? UNSURE : "") + Numbers.ratio(ratio);
  }

  /** {@return the engine that takes the least time} */
  static Optional<Answer> fastest(Question question) {
    Metric metric = metric(question);
    return question.answers().stream()
        .filter(answer -> !isNullEngine(answer) && nanos(answer, metric) > 0)
        .min(Comparator.comparingDouble(answer -> nanos(answer, metric)));
  }

  /** {@return whether the engines are compared by response times} */
  static boolean isByResponse(Question question) {
    return metric(question) == Metric.RESPONSE_P99_NANOS;
  }

  /** {@return the same for every engine of a question: response times where all have them} */
  private static Metric metric(Question question) {
    boolean responses =
        question.answers().stream()
            .allMatch(
                answer ->
                    answer.series().settings().isOpenLoop()
                        && answer.response(Latency::p99Nanos).isPresent());
    return responses ? Metric.RESPONSE_P99_NANOS : Metric.NANOS_PER_OP;
  }

  private static long rivals(Question question) {
    return question.answers().stream().filter(answer -> !isNullEngine(answer)).count();
  }

  private static double nanos(Answer answer, Metric metric) {
    return metric == Metric.RESPONSE_P99_NANOS
        ? answer.response(Latency::p99Nanos).orElse(0)
        : answer.middle(Outcome::nanosPerOp);
  }

  private static boolean isNullEngine(Answer answer) {
    return answer.series().engine().equals(NULL_ENGINE);
  }

  private static boolean overlap(Answer one, Answer other, Metric metric) {
    Optional<Estimate> first = one.interval(metric);
    Optional<Estimate> second = other.interval(metric);
    return first.isPresent()
        && second.isPresent()
        && first.get().low() <= second.get().high()
        && second.get().low() <= first.get().high();
  }
}
