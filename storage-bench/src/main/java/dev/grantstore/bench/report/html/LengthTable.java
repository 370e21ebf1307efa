package dev.grantstore.bench.report.html;

import dev.grantstore.bench.result.CellResult.LengthSpread;
import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellSeries;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How long the lists were whose latency stands beside. */
final class LengthTable {
  private LengthTable() {}

  /**
   * {@return the lengths, in one row where they are the same for all engines; none where all lists
   * are alike}
   */
  static Optional<Element> of(Question question, String outcome, Marks marks) {
    Map<CellSeries, Outcome> outcomes = new LinkedHashMap<>();
    for (CellSeries series : question.engines()) {
      series.middle().outcomes().stream()
          .filter(each -> each.name().equals(outcome) && differ(each.lengths()))
          .findFirst()
          .ifPresent(each -> outcomes.put(series, each));
    }
    if (outcomes.isEmpty()) {
      return Optional.empty();
    }
    Table table =
        new Table(
            question.title(outcome) + ": rows in an answer",
            List.of("", "mean", "half of the answers at most", "90 %", "99 %", "the longest"));
    boolean same = outcomes.values().stream().map(Outcome::lengths).distinct().count() == 1;
    for (Map.Entry<CellSeries, Outcome> entry : outcomes.entrySet()) {
      String engine = entry.getKey().engine();
      Element name =
          Element.of("th").add(same ? Element.of("span", "all engines") : marks.name(engine));
      table.row(name, cells(entry.getValue()));
      if (same) {
        break;
      }
    }
    return Optional.of(table.render());
  }

  private static boolean differ(LengthSpread lengths) {
    return lengths.max() > lengths.p50();
  }

  private static List<String> cells(Outcome outcome) {
    LengthSpread lengths = outcome.lengths();
    return List.of(
        Units.oneDecimal(outcome.rowsPerOp()) + " rows",
        Units.count(lengths.p50(), "row"),
        Units.count(lengths.p90(), "row"),
        Units.count(lengths.p99(), "row"),
        Units.count(lengths.max(), "row"));
  }
}
