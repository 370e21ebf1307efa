package dev.grantstore.bench.report;

import dev.grantstore.bench.report.Style.Tone;
import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellResult.Latency;
import dev.grantstore.bench.result.CellSettings.Schedule;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.statistics.Median;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** Open loops: service and response times side by side, and how well the schedule was kept. */
final class OpenLoopTables {
  private static final int WORDS_COLUMN = 4;

  private OpenLoopTables() {}

  /** {@return the tables; empty where no loop was open} */
  static String render(RunResult result, Style style) {
    List<Question> open = open(Question.of(result));
    return open.isEmpty()
        ? ""
        : times(result, open, style)
            + "\n"
            + schedule(result, open(Question.ofCells(result)), style);
  }

  private static List<Question> open(List<Question> questions) {
    return questions.stream()
        .filter(question -> question.answers().stream().allMatch(OpenLoopTables::isOpen))
        .toList();
  }

  private static boolean isOpen(Answer answer) {
    return answer.cells().stream().allMatch(cell -> cell.schedule() != null);
  }

  private static String times(RunResult result, List<Question> open, Style style) {
    Scale unit = LatencyTables.scale(open.stream().flatMap(q -> q.answers().stream()).toList());
    List<String> headers = new ArrayList<>();
    for (String percentile : List.of("p50", "p95", "p99", "p99.9")) {
      headers.add(String.format(Locale.ROOT, "service %s %s", percentile, unit.unit()));
      headers.add(String.format(Locale.ROOT, "response %s %s", percentile, unit.unit()));
    }
    QuestionTable table = new QuestionTable(result, headers);
    for (Question question : open) {
      table.question(question);
      for (Answer answer : question.answers()) {
        List<String> row = new ArrayList<>();
        for (Answer.Percentile percentile :
            List.<Answer.Percentile>of(
                Latency::p50Nanos, Latency::p95Nanos, Latency::p99Nanos, Latency::p999Nanos)) {
          row.add(LatencyTables.text(unit, answer.percentile(percentile)));
          row.add(LatencyTables.text(unit, answer.response(percentile)));
        }
        table.add(question, answer, row);
      }
    }
    return table.render(style);
  }

  private static String schedule(RunResult result, List<Question> open, Style style) {
    QuestionTable table =
        new QuestionTable(
                result,
                List.of("due ops/s", "begun late %", "latest ms", "never begun %", "schedule"))
            .lastIsText();
    for (Question question : open) {
      table.question(question);
      for (Answer answer : question.answers()) {
        boolean missed = answer.cells().stream().anyMatch(Verdicts::isMissed);
        table.add(
            question,
            answer,
            List.of(
                Numbers.short3(of(answer, Schedule::ratePerSecond)),
                percent(of(answer, s -> share(s.late(), s.scheduled()))),
                Scale.MILLIS.text(of(answer, s -> s.mostLateNanos())),
                percent(of(answer, s -> share(s.notBegun(), s.scheduled()))),
                missed ? "missed: the store cannot keep up" : "kept"),
            Map.of(WORDS_COLUMN, missed ? Tone.BAD : Tone.NEUTRAL));
      }
    }
    return table.render(style);
  }

  private static double of(Answer answer, ToDoubleFunction<Schedule> figure) {
    double[] known =
        answer.cells().stream()
            .map(CellResult::schedule)
            .filter(Objects::nonNull)
            .mapToDouble(figure)
            .toArray();
    return known.length == 0 ? 0 : Median.of(known);
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : 100.0 * part / whole;
  }

  private static String percent(double value) {
    return Numbers.digits3(value);
  }
}
