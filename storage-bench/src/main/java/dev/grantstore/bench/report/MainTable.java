package dev.grantstore.bench.report;

import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellSeries.Estimate;
import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.result.RunResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Rates with their intervals, and which engine is faster by how much. */
final class MainTable {
  private static final int RATIO_COLUMN = 3;
  private static final int WORDS_COLUMN = 8;

  private MainTable() {}

  static String render(RunResult result, Style style) {
    QuestionTable table =
        new QuestionTable(
                result,
                List.of(
                    "ops/s",
                    "95 % interval",
                    "n",
                    "vs fastest",
                    "µs/op",
                    "p99 µs",
                    "rows/s",
                    "ns/row",
                    "rate"))
            .lastIsText();
    Ratio ratio = new Ratio(result);
    for (Question question : Question.of(result)) {
      table.question(question);
      for (Answer answer : question.answers()) {
        table.add(
            question,
            answer,
            List.of(
                Numbers.short3(answer.middle(Outcome::opsPerSecond)),
                interval(answer),
                Numbers.whole(answer.forks()),
                ratio.words(question, answer),
                Scale.MICROS.text(answer.middle(Outcome::nanosPerOp)),
                percentile(answer),
                Numbers.wholeOrDash(answer.middle(Outcome::rowsPerSecond)),
                Numbers.short3(answer.middle(Outcome::nanosPerRow)),
                Verdicts.words(answer)),
            Map.of(
                RATIO_COLUMN, ratio.tone(question, answer), WORDS_COLUMN, Verdicts.tone(answer)));
      }
    }
    return table.render(style) + ratio.legend();
  }

  private static String interval(Answer answer) {
    Optional<Estimate> interval = answer.interval(Metric.OPS_PER_SECOND);
    return interval
        .map(e -> Numbers.short3(e.low()) + " .. " + Numbers.short3(e.high()))
        .orElse("n=" + answer.forks());
  }

  private static String percentile(Answer answer) {
    OptionalDouble nanos = answer.percentile(latency -> latency.p99Nanos());
    return nanos.isPresent() ? Scale.MICROS.text(nanos.getAsDouble()) : Numbers.NOTHING;
  }
}
