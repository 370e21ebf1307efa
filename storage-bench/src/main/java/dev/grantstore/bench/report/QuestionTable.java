package dev.grantstore.bench.report;

import dev.grantstore.bench.report.Style.Tone;
import dev.grantstore.bench.result.RunResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A table with a row for each engine under each question; of one engine alone, a row for each
 * question. One thread.
 */
final class QuestionTable {
  private static final String INDENT = "  ";

  private final boolean oneEngine;
  private final TextTable table;
  private int rows;

  /**
   * Starts a table.
   *
   * @param result whose engines it has
   * @param headers of the columns after the names
   */
  QuestionTable(RunResult result, List<String> headers) {
    oneEngine = result.engines().size() < 2;
    List<String> all = new ArrayList<>(List.of(oneEngine ? "question" : "engine"));
    all.addAll(headers);
    table = new TextTable(1, all);
  }

  /** {@return this, whose last column holds text} */
  QuestionTable lastIsText() {
    table.lastIsText();
    return this;
  }

  /** {@return whether there is one engine only, so that nothing can be told from another} */
  boolean isOneEngine() {
    return oneEngine;
  }

  /** Starts a question. */
  void question(Question question) {
    if (!oneEngine) {
      table.heading(name(question));
    }
  }

  /** Adds what an engine did. */
  void add(Question question, Answer answer, List<String> cells) {
    add(question, answer, cells, Map.of());
  }

  /** Adds what an engine did; some columns, counted after the names, say something. */
  void add(Question question, Answer answer, List<String> cells, Map<Integer, Tone> tones) {
    List<String> row = new ArrayList<>();
    row.add(oneEngine ? name(question) : INDENT + answer.series().engine());
    row.addAll(cells);
    Map<Integer, Tone> shifted = new HashMap<>();
    tones.forEach((column, tone) -> shifted.put(column + 1, tone));
    table.add(row, shifted);
    rows++;
  }

  /** {@return whether nothing was added} */
  boolean isEmpty() {
    return rows == 0;
  }

  /** {@return the table} */
  String render(Style style) {
    return table.render(style);
  }

  private static String name(Question question) {
    return question.name() + ": " + question.title();
  }
}
