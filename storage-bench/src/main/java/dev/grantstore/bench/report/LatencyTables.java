package dev.grantstore.bench.report;

import dev.grantstore.bench.result.CellResult.Latency;
import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.RunResult;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Service times: a table for each unit, with the questions whose times suit it. */
final class LatencyTables {
  private LatencyTables() {}

  static String render(RunResult result, Style style) {
    List<String> tables = new ArrayList<>();
    byUnit(Question.of(result))
        .forEach((unit, questions) -> tables.add(table(result, unit, questions, style)));
    return String.join("\n", tables);
  }

  /** {@return the questions by the unit that suits their times, order kept} */
  static Map<Scale, List<Question>> byUnit(List<Question> questions) {
    Map<Scale, List<Question>> byUnit = new EnumMap<>(Scale.class);
    for (Question question : questions) {
      byUnit.computeIfAbsent(scale(question.answers()), unit -> new ArrayList<>()).add(question);
    }
    return byUnit;
  }

  /** {@return the unit that suits the times of these answers} */
  static Scale scale(List<Answer> answers) {
    List<Double> times = new ArrayList<>();
    for (Answer answer : answers) {
      OptionalDouble median = answer.percentile(Latency::p50Nanos);
      times.add(median.orElse(answer.middle(Outcome::nanosPerOp)));
    }
    return Scale.of(times);
  }

  /** {@return a time in the unit, or a dash} */
  static String text(Scale unit, OptionalDouble nanos) {
    return nanos.isPresent() ? unit.text(nanos.getAsDouble()) : Numbers.NOTHING;
  }

  private static String table(RunResult result, Scale unit, List<Question> questions, Style style) {
    String in = " " + unit.unit();
    QuestionTable table =
        new QuestionTable(
            result,
            List.of(
                "n",
                "ops",
                "mean" + in,
                "p50" + in,
                "p90" + in,
                "p95" + in,
                "p99" + in,
                "p99.9" + in,
                "p99.99" + in,
                "max" + in));
    for (Question question : questions) {
      table.question(question);
      for (Answer answer : question.answers()) {
        table.add(question, answer, row(unit, answer));
      }
    }
    return table.render(style);
  }

  private static List<String> row(Scale unit, Answer answer) {
    return List.of(
        Numbers.whole(answer.forks()),
        Numbers.whole(answer.outcomes().stream().mapToLong(Outcome::ops).sum()),
        unit.text(answer.middle(Outcome::nanosPerOp)),
        text(unit, answer.percentile(Latency::p50Nanos)),
        text(unit, answer.percentile(Latency::p90Nanos)),
        text(unit, answer.percentile(Latency::p95Nanos)),
        text(unit, answer.percentile(Latency::p99Nanos)),
        text(unit, answer.percentile(Latency::p999Nanos)),
        text(unit, answer.percentile(Latency::p9999Nanos)),
        unit.text(answer.maxNanos()));
  }
}
