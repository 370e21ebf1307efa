package dev.grantstore.bench.report.html;

import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellResult.HarnessCost;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Question by question: bars, latencies, rate over time, every figure. */
final class BenchmarkSection {
  private final Marks marks;
  private final Drawings drawings;
  private final List<Comparison> comparisons;

  BenchmarkSection(Marks marks, Drawings drawings, List<Comparison> comparisons) {
    this.marks = marks;
    this.drawings = drawings;
    this.comparisons = comparisons;
  }

  /** {@return where on the page a question stands} */
  static String anchor(Question question) {
    return "question-" + question.number();
  }

  Element render() {
    Element section =
        Element.of("section")
            .with("id", "questions")
            .with("aria-labelledby", "questions-title")
            .add(Element.of("h2", "Question by question").with("id", "questions-title"));
    Map<Question, List<Comparison>> byQuestion = new LinkedHashMap<>();
    for (Comparison comparison : comparisons) {
      byQuestion.computeIfAbsent(comparison.question(), q -> new ArrayList<>()).add(comparison);
    }
    byQuestion.forEach((question, outcomes) -> section.add(article(question, outcomes)));
    sweeps().forEach(section::add);
    return section;
  }

  private Element article(Question question, List<Comparison> outcomes) {
    Element article =
        Element.styled("article", "question")
            .with("id", anchor(question))
            .add(Element.of("h3", question.title()))
            .add(Conditions.of(question));
    Element figures = Element.styled("div", "figures");
    for (Comparison comparison : outcomes) {
      bars(comparison).ifPresent(figures::add);
      latencies(comparison).ifPresent(figures::add);
    }
    figures.add(
        figure(
            question.title() + ": rate over time",
            "Each line is a fork; each engine has a scale of its own. Warm-up is left out.",
            RateChart.of(question, marks, drawings)));
    article.add(figures);
    harnessNotes(question).forEach(article::add);
    for (Comparison comparison : outcomes) {
      LengthTable.of(question, comparison.outcome(), marks).ifPresent(article::add);
    }
    for (Comparison comparison : outcomes) {
      article.add(FigureTable.of(question, comparison.outcome(), marks).folded());
    }
    return article;
  }

  private Optional<Element> bars(Comparison comparison) {
    if (comparison.contenders().isEmpty()) {
      return Optional.empty();
    }
    String better = comparison.yardstick().higherIsBetter() ? "longer" : "shorter";
    StringBuilder note =
        new StringBuilder(String.format(Locale.ROOT, "The %s the better. ", better));
    note.append("Dots are forks, the bar is their median, the rule its 95 % interval.");
    for (Contender harness : comparison.harness()) {
      note.append(" The harness alone: ")
          .append(comparison.yardstick().words(harness.figure().value()))
          .append('.');
    }
    return Optional.of(
        figure(
            comparison.question().title(comparison.outcome())
                + ": "
                + comparison.yardstick().title(),
            note.toString(),
            BarChart.of(comparison, marks, drawings)));
  }

  private Optional<Element> latencies(Comparison comparison) {
    Question question = comparison.question();
    Optional<Element> chart = LatencyChart.of(question, comparison.outcome(), marks, drawings);
    String kind =
        question.settings().isOpenLoop()
            ? "Solid: service time. Dashed: response time, waiting for the start included."
            : "Service time: from the call to its answer.";
    return chart.map(
        drawing ->
            figure(
                    question.title(comparison.outcome()) + ": time per operation",
                    kind + " All forks together; the lower the better.",
                    drawing)
                .add(marks.legend(question.engines().stream().map(CellSeries::engine).toList())));
  }

  private static Element figure(String title, String note, Element drawing) {
    return Element.of("figure")
        .add(
            Element.of("figcaption")
                .add(Element.of("strong", title))
                .text(" ")
                .add(Element.styled("span", "note").text(note)))
        .add(drawing);
  }

  private List<Element> harnessNotes(Question question) {
    List<Element> notes = new ArrayList<>();
    for (CellSeries series : question.engines()) {
      HarnessCost harness = series.middle().harness();
      if (harness.exceedsLimit() && !marks.isHarness(series.engine())) {
        notes.add(
            Element.styled("p", "caveat")
                .text(
                    String.format(
                        Locale.ROOT,
                        "The harness itself takes %s of %s's time here (%s per operation; the limit is"
                            + " %s): a lead or a lag of it is, if anything, larger than shown.",
                        Units.percent(harness.sharePercent()),
                        series.engine(),
                        Units.nanos(harness.nanosPerOp()),
                        Units.percent(HarnessCost.LIMIT_PERCENT))));
      }
    }
    for (CellSeries series : question.engines()) {
      CellResult cell = series.middle();
      if (cell.interrupted()) {
        notes.add(Element.styled("p", "caveat").text(series.engine() + " was cut short."));
      }
    }
    return notes;
  }

  /** {@return a chart for each question that was asked with several numbers of threads} */
  private List<Element> sweeps() {
    Map<String, List<Comparison>> groups = new LinkedHashMap<>();
    for (Comparison comparison : comparisons) {
      CellSettings settings = comparison.question().settings();
      String group =
          String.join(
              "\n",
              comparison.question().benchmark(),
              comparison.outcome(),
              comparison.yardstick().name(),
              settings.distribution().word(),
              settings.temperature().word());
      if (!settings.isOpenLoop()) {
        groups.computeIfAbsent(group, name -> new ArrayList<>()).add(comparison);
      }
    }
    List<Element> figures = new ArrayList<>();
    for (List<Comparison> sweep : groups.values()) {
      if (sweep.stream().map(c -> c.question().settings().threads()).distinct().count() > 1) {
        figures.add(sweep(sweep));
      }
    }
    return figures.isEmpty()
        ? List.of()
        : List.of(
            Element.styled("article", "question")
                .with("id", "threads")
                .add(Element.of("h3", "More threads"))
                .add(Element.styled("div", "figures").addAll(figures)));
  }

  private Element sweep(List<Comparison> sweep) {
    Comparison first = sweep.get(0);
    List<String> engines =
        sweep.stream()
            .flatMap(comparison -> comparison.contenders().stream())
            .map(Contender::engine)
            .distinct()
            .toList();
    CellSettings settings = first.question().settings();
    return figure(
            first.question().plainTitle(first.outcome()) + ": rate by number of threads",
            String.format(
                Locale.ROOT,
                "%s, %s keys; median and 95 %% interval.",
                settings.temperature().word(),
                settings.distribution().word()),
            ThreadChart.of(sweep, marks, drawings))
        .add(marks.legend(engines));
  }
}
