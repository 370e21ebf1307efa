package dev.grantstore.bench.report;

import dev.grantstore.bench.result.CellResult.Latency;
import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.RunResult;
import java.util.ArrayList;
import java.util.List;

/** How many rows answers had, beside how long they took. */
final class ListTables {
  private ListTables() {}

  /** {@return a table for each unit of time; empty where no answer had more than a row} */
  static String render(RunResult result, Style style) {
    List<Question> lists =
        Question.of(result).stream()
            .filter(q -> q.answers().stream().anyMatch(ListTables::isList))
            .toList();
    List<String> tables = new ArrayList<>();
    LatencyTables.byUnit(lists)
        .forEach((unit, questions) -> tables.add(table(result, unit, questions, style)));
    return String.join("\n", tables);
  }

  private static String table(RunResult result, Scale unit, List<Question> lists, Style style) {
    String in = " " + unit.unit();
    QuestionTable table =
        new QuestionTable(
            result,
            List.of(
                "rows/op",
                "rows p50",
                "rows p90",
                "rows p99",
                "rows max",
                "p50" + in,
                "p90" + in,
                "p95" + in,
                "p99" + in,
                "max" + in,
                "ns/row"));
    for (Question question : lists) {
      table.question(question);
      for (Answer answer : question.answers()) {
        table.add(question, answer, row(unit, answer));
      }
    }
    return table.render(style);
  }

  /** One long answer alone, such as a full scan, has no distribution to look at. */
  private static boolean isList(Answer answer) {
    boolean many = answer.outcomes().stream().anyMatch(o -> o.lengths().max() > 1 && o.rows() > 0);
    return many && answer.percentile(Latency::p50Nanos).isPresent();
  }

  private static List<String> row(Scale unit, Answer answer) {
    return List.of(
        Numbers.short3(answer.middle(Outcome::rowsPerOp)),
        Numbers.whole(answer.middle(o -> o.lengths().p50())),
        Numbers.whole(answer.middle(o -> o.lengths().p90())),
        Numbers.whole(answer.middle(o -> o.lengths().p99())),
        Numbers.whole(answer.outcomes().stream().mapToLong(o -> o.lengths().max()).max().orElse(0)),
        LatencyTables.text(unit, answer.percentile(Latency::p50Nanos)),
        LatencyTables.text(unit, answer.percentile(Latency::p90Nanos)),
        LatencyTables.text(unit, answer.percentile(Latency::p95Nanos)),
        LatencyTables.text(unit, answer.percentile(Latency::p99Nanos)),
        unit.text(answer.maxNanos()),
        Numbers.short3(answer.middle(Outcome::nanosPerRow)));
  }
}
