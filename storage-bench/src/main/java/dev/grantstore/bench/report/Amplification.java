package dev.grantstore.bench.report;

import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellResult.ReadCounters;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.tool.ForeignText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What the engines counted in the extra pass. */
final class Amplification {
  private Amplification() {}

  static String render(RunResult result, Style style) {
    QuestionTable table =
        new QuestionTable(
            result,
            List.of(
                "counted ops", "blocks/op", "blocks/row", "steps/op", "cache hits % (from cold)"));
    List<String> others = new ArrayList<>();
    List<String> without = new ArrayList<>();
    for (Question question : Question.ofCells(result)) {
      if (question.answers().stream().anyMatch(answer -> counters(answer).isPresent())) {
        table.question(question);
      }
      for (Answer answer : question.answers()) {
        String who = question.name() + " " + answer.series().engine();
        Optional<ReadCounters> counters = counters(answer);
        if (counters.isPresent()) {
          table.add(question, answer, row(counters.get()));
          others(who, counters.get(), others);
        } else {
          without.add(who);
        }
      }
    }
    if (!without.isEmpty()) {
      others.add(ForeignText.line("no engine counters: " + String.join(", ", without)));
    }
    String lines = others.isEmpty() ? "" : String.join("\n", others) + "\n";
    return table.isEmpty() ? lines : table.render(style) + lines;
  }

  private static Optional<ReadCounters> counters(Answer answer) {
    return answer.cells().stream()
        .map(CellResult::counters)
        .filter(Objects::nonNull)
        .findFirst()
        .map(Objects::requireNonNull);
  }

  private static List<String> row(ReadCounters counters) {
    return List.of(
        Numbers.whole(counters.ops()),
        Numbers.short3(counters.blocksPerOp()),
        Numbers.short3(counters.blocksPerRow()),
        Numbers.short3((double) counters.nexts() / Math.max(1, counters.ops())),
        Numbers.oneDecimal(counters.cacheHitPercent()));
  }

  private static void others(String who, ReadCounters counters, List<String> lines) {
    List<String> figures = new ArrayList<>();
    counters.perOp().forEach((name, value) -> figures.add(name + " " + Numbers.short3(value)));
    if (!figures.isEmpty()) {
      lines.addAll(Lines.wrapped(who + " per op:", figures));
    }
  }
}
