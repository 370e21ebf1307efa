package dev.grantstore.bench.report;

import dev.grantstore.bench.report.Benchmark.Bar;
import dev.grantstore.bench.report.Table.Row;
import dev.grantstore.bench.report.Unit.Scale;
import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellResult.HarnessCost;
import dev.grantstore.bench.result.CellSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Benchmark by benchmark on the page: bars, latencies, rate over time, every figure. */
final class BenchmarkSection {
  private final View view;
  private final Drawings drawings;
  private final HtmlTable tables;

  BenchmarkSection(View view, Drawings drawings, HtmlTable tables) {
    this.view = view;
    this.drawings = drawings;
    this.tables = tables;
  }

  /** {@return where on the page a benchmark stands} */
  static String anchor(Benchmark benchmark) {
    return "question-" + benchmark.number();
  }

  /** {@return how a benchmark was measured, as small words beside its title} */
  static Element conditions(Benchmark benchmark) {
    Element line = Element.styled("p", "conditions");
    line.add(Element.styled("span", "code").text(benchmark.code()));
    benchmark.conditions().forEach(words -> line.text(" ").add(Element.of("span", words)));
    return line;
  }

  /** {@return an article for each benchmark, and one of those that had several thread counts} */
  List<Element> articles() {
    Map<Integer, List<Benchmark>> byNumber = new LinkedHashMap<>();
    for (Benchmark benchmark : view.benchmarks()) {
      byNumber.computeIfAbsent(benchmark.number(), any -> new ArrayList<>()).add(benchmark);
    }
    List<Element> articles = new ArrayList<>();
    byNumber.values().forEach(outcomes -> articles.add(article(outcomes)));
    sweeps().ifPresent(articles::add);
    return articles;
  }

  private Element article(List<Benchmark> outcomes) {
    Benchmark first = outcomes.get(0);
    Element article =
        Element.styled("article", "question")
            .with("id", anchor(first))
            .add(Element.of("h3", first.cellTitle()))
            .add(conditions(first));
    if (!first.lookedAt().isEmpty()) {
      article.add(Element.styled("p", "note").text("Looks at: " + first.lookedAt() + "."));
    }
    Element figures = Element.styled("div", "figures");
    for (Benchmark benchmark : outcomes) {
      bars(benchmark).ifPresent(figures::add);
      latencies(benchmark).ifPresent(figures::add);
    }
    figures.add(
        figure(
            first.cellTitle() + ": rate over time",
            "Each line is a fork; each engine has a scale of its own. Warm-up is left out.",
            RateChart.of(first, drawings)));
    article.add(figures);
    harnessNotes(first).forEach(article::add);
    for (Benchmark benchmark : outcomes) {
      if (benchmark.engines().stream().anyMatch(Measured::isOfUnlikeLists)) {
        String title = benchmark.title() + ": rows in an answer";
        article.add(tables.under(benchmark.table(title, Figure.LENGTHS, Scale.NANOS)));
      }
    }
    outcomes.forEach(benchmark -> article.add(tables.folded(everyFigure(benchmark))));
    return article;
  }

  private static Table everyFigure(Benchmark benchmark) {
    List<Figure> figures =
        Arrays.stream(Figure.values())
            .filter(each -> each == Figure.ROWS_PER_OP || !Figure.LENGTHS.contains(each))
            .toList();
    Table table = benchmark.table(benchmark.title() + ": every figure", figures, Scale.NANOS);
    List<Row> rows = new ArrayList<>(table.rows());
    // What is looked at stands under the title already.
    benchmark.ownFacts().rows().stream()
        .filter(row -> !benchmark.isStaged() && !row.name().equals(CellResult.LOOKS_AT))
        .forEach(rows::add);
    return new Table(table.title(), table.corner(), table.columns(), true, rows).known();
  }

  private Optional<Element> bars(Benchmark benchmark) {
    if (benchmark.stores().isEmpty()) {
      return Optional.empty();
    }
    StringBuilder note = new StringBuilder("The ");
    note.append(benchmark.drawn().higherIsBetter() ? "longer" : "shorter").append(" the better. ");
    note.append("Dots are forks, the bar is their median, the rule its 95 % interval.");
    for (Bar harness : benchmark.harness()) {
      note.append(" The harness alone: ")
          .append(benchmark.drawn(harness.figure().value()))
          .append('.');
    }
    return Optional.of(
        figure(
            benchmark.title() + ": " + benchmark.drawnTitle(),
            note.toString(),
            BarChart.ofRates(benchmark, drawings)));
  }

  private Optional<Element> latencies(Benchmark benchmark) {
    if (benchmark.isOfLimits()) {
      return Optional.empty();
    }
    String kind =
        benchmark.settings().isOpenLoop()
            ? "Solid: service time. Dashed: response time, waiting for the start included."
            : "Service time: from the call to its answer.";
    return LatencyChart.of(benchmark, drawings)
        .map(
            drawing ->
                figure(
                        benchmark.title() + ": time per operation",
                        kind + " All forks together; the lower the better.",
                        drawing)
                    .add(
                        drawings.legend(
                            benchmark.engines().stream().map(Measured::engine).toList())));
  }

  static Element figure(String title, String note, Element drawing) {
    return Element.of("figure")
        .add(
            Element.of("figcaption")
                .add(Element.of("strong", title))
                .text(" ")
                .add(Element.styled("span", "note").text(note)))
        .add(drawing);
  }

  private List<Element> harnessNotes(Benchmark cell) {
    List<String> notes = new ArrayList<>();
    for (Measured measured : cell.engines()) {
      if (measured.isHarnessDear() && !measured.isHarness()) {
        notes.add(
            String.format(
                Locale.ROOT,
                "The harness itself takes %s of %s's time here (%s per operation; the limit is"
                    + " %s): a lead or a lag of it is, if anything, larger than shown.",
                Units.percent(measured.harnessPercent()),
                measured.engine(),
                Units.nanos(measured.ofCells(c -> c.harness().nanosPerOp()).orElse(0)),
                Units.percent(HarnessCost.LIMIT_PERCENT)));
      }
    }
    for (Measured measured : cell.engines()) {
      if (measured.forks(CellResult::interrupted) > 0) {
        notes.add(measured.engine() + " was cut short.");
      }
    }
    return notes.stream().map(note -> Element.styled("p", "caveat").text(note)).toList();
  }

  /** {@return a chart for each benchmark that was measured with several numbers of threads} */
  private Optional<Element> sweeps() {
    Map<List<Object>, List<Benchmark>> groups = new LinkedHashMap<>();
    for (Benchmark benchmark : view.benchmarks()) {
      CellSettings settings = benchmark.settings();
      if (!settings.isOpenLoop()) {
        List<Object> alike =
            List.of(
                benchmark.code(),
                benchmark.outcome(),
                benchmark.drawn(),
                settings.distribution(),
                settings.temperature());
        groups.computeIfAbsent(alike, any -> new ArrayList<>()).add(benchmark);
      }
    }
    Element figures = Element.styled("div", "figures");
    groups
        .values()
        .removeIf(sweep -> sweep.stream().map(b -> b.settings().threads()).distinct().count() < 2);
    groups.values().forEach(sweep -> figures.add(sweep(sweep)));
    return groups.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Element.styled("article", "question")
                .with("id", "threads")
                .add(Element.of("h3", "More threads"))
                .add(figures));
  }

  private Element sweep(List<Benchmark> sweep) {
    Benchmark first = sweep.get(0);
    List<String> engines =
        sweep.stream()
            .flatMap(benchmark -> benchmark.stores().stream())
            .map(Bar::engine)
            .distinct()
            .toList();
    CellSettings settings = first.settings();
    return figure(
            first.plainTitle() + ": rate by number of threads",
            String.format(
                Locale.ROOT,
                "%s, %s keys; median and 95 %% interval.",
                settings.temperature().word(),
                settings.distribution().word()),
            ThreadChart.of(sweep, drawings))
        .add(drawings.legend(engines));
  }
}
