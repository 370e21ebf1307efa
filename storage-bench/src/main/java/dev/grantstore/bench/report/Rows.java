package dev.grantstore.bench.report;

import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.Outcome;
import dev.grantstore.bench.result.RunResult;
import java.util.List;
import java.util.function.BiConsumer;

/** Walks over a result as tables show it: one row for each outcome of each cell. */
final class Rows {
  private Rows() {}

  static void forEach(RunResult result, BiConsumer<CellSeries, Outcome> row) {
    for (CellSeries series : result.cells()) {
      for (Outcome outcome : series.middle().outcomes()) {
        row.accept(series, outcome);
      }
    }
  }

  /** {@return the benchmark's name, with the outcome where there are two} */
  static String name(CellSeries series, Outcome outcome) {
    List<Outcome> outcomes = series.middle().outcomes();
    boolean alone = outcomes.size() == 1 && outcome.name().equals("all");
    return alone ? series.question() : series.question() + " " + outcome.name();
  }

  /** {@return whether this is the outcome in whose row a figure of the whole cell stands} */
  static boolean isFirst(CellResult cell, Outcome outcome) {
    return cell.outcomes().get(0).name().equals(outcome.name());
  }

  /** {@return whether the rate was steady, and whether the cell was cut short} */
  static String state(CellResult cell) {
    String words = cell.rate().steadiness().verdict().words();
    return cell.interrupted() ? "interrupted, " + words : words;
  }
}
