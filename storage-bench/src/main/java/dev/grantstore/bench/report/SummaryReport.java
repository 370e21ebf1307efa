package dev.grantstore.bench.report;

import dev.grantstore.bench.result.CellResult.Latency;
import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.RunResult;
import java.util.List;
import java.util.Map;

/** One table with the figures most people ask for first. */
final class SummaryReport {
  private static final int RATIO_COLUMN = 2;
  private static final int WORDS_COLUMN = 10;

  private SummaryReport() {}

  static String render(RunResult result, Style style) {
    StringBuilder out = new StringBuilder();
    out.append(Preamble.render(result, style)).append('\n');
    out.append(result.cells().isEmpty() ? "nothing was measured\n" : table(result, style));
    return out.append(Endnotes.render(result, style)).toString();
  }

  private static String table(RunResult result, Style style) {
    QuestionTable table =
        new QuestionTable(
                result,
                List.of(
                    "ops/s",
                    "n",
                    "vs fastest",
                    "rows/s",
                    "ns/row",
                    "p50 µs",
                    "p95 µs",
                    "p99 µs",
                    "p99.9 µs",
                    "alloc B/op",
                    "rate"))
            .lastIsText();
    Ratio ratio = new Ratio(result);
    for (Question question : Question.of(result)) {
      table.question(question);
      for (Answer answer : question.answers()) {
        table.add(
            question,
            answer,
            row(question, answer, ratio.words(question, answer)),
            Map.of(
                RATIO_COLUMN, ratio.tone(question, answer), WORDS_COLUMN, Verdicts.tone(answer)));
      }
    }
    return table.render(style) + ratio.legend();
  }

  private static List<String> row(Question question, Answer answer, String ratio) {
    return List.of(
        Numbers.short3(answer.middle(Outcome::opsPerSecond)),
        Numbers.whole(answer.forks()),
        ratio,
        Numbers.wholeOrDash(answer.middle(Outcome::rowsPerSecond)),
        Numbers.short3(answer.middle(Outcome::nanosPerRow)),
        LatencyTables.text(Scale.MICROS, answer.percentile(Latency::p50Nanos)),
        LatencyTables.text(Scale.MICROS, answer.percentile(Latency::p95Nanos)),
        LatencyTables.text(Scale.MICROS, answer.percentile(Latency::p99Nanos)),
        LatencyTables.text(Scale.MICROS, answer.percentile(Latency::p999Nanos)),
        question.first()
            ? Numbers.whole(answer.middleOfCells(cell -> cell.resources().allocatedBytesPerOp()))
            : "",
        Verdicts.words(answer));
  }
}
