package dev.grantstore.bench.report;

import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.RunResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One outcome of one question, with what each engine did.
 *
 * @param name the benchmark's, with its settings, and the outcome where there are two
 * @param cell the benchmark's, with its settings: of what all outcomes have together
 * @param title what the benchmark does
 * @param first whether figures of the whole cell stand with this outcome
 * @param answers of the engines that have one, in the order asked for; at least one
 */
record Question(String name, String cell, String title, boolean first, List<Answer> answers) {

  /** {@return the name of the outcome} */
  String outcome() {
    return answers.get(0).outcomes().get(0).name();
  }

  /** {@return the questions in the order of the result} */
  static List<Question> of(RunResult result) {
    List<Question> questions = new ArrayList<>();
    result.questions().forEach((name, series) -> add(name, series, questions));
    return questions;
  }

  /**
   * {@return the questions as tables of whole cells show them, where outcomes are not apart}
   *
   * @param result whose questions
   */
  static List<Question> ofCells(RunResult result) {
    return of(result).stream()
        .filter(Question::first)
        .map(q -> new Question(q.cell, q.cell, q.title, true, q.answers))
        .toList();
  }

  private static void add(String cell, List<CellSeries> asked, List<Question> questions) {
    Set<String> outcomes = new LinkedHashSet<>();
    asked.forEach(series -> outcomes.addAll(series.outcomes()));
    boolean alone = outcomes.equals(Set.of("all"));
    boolean first = true;
    for (String outcome : outcomes) {
      List<Answer> answers =
          asked.stream().flatMap(series -> Answer.of(series, outcome).stream()).toList();
      String full = alone ? cell : cell + " " + outcome;
      questions.add(new Question(full, cell, asked.get(0).title(), first, answers));
      first = false;
    }
  }
}
