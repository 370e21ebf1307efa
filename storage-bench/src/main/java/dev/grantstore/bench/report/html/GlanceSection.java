package dev.grantstore.bench.report.html;

import dev.grantstore.bench.compare.Change.Certainty;
import dev.grantstore.bench.report.html.Comparison.Rival;
import dev.grantstore.bench.result.CellSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All questions and all engines in one table: how many times as long each takes. */
final class GlanceSection {
  private final List<Comparison> comparisons;
  private final Marks marks;

  GlanceSection(List<Comparison> comparisons, Marks marks) {
    this.comparisons = comparisons;
    this.marks = marks;
  }

  /** {@return the table; none where nothing is beside anything} */
  Optional<Element> render() {
    List<String> engines =
        comparisons.stream()
            .flatMap(comparison -> comparison.question().engines().stream())
            .map(CellSeries::engine)
            .filter(engine -> !marks.isHarness(engine))
            .distinct()
            .toList();
    Element section =
        Element.of("section")
            .with("id", "glance")
            .with("aria-labelledby", "glance-title")
            .add(Element.of("h2", "At a glance").with("id", "glance-title"));
    if (comparisons.stream().allMatch(comparison -> comparison.contenders().size() < 2)) {
      return Optional.empty();
    }
    Table table =
        Table.byEngine(
            "How many times as long as the fastest each engine takes", "question", engines, marks);
    for (Comparison comparison : comparisons) {
      Question question = comparison.question();
      Element name =
          Element.of("th")
              .add(
                  Element.of("a", question.title(comparison.outcome()))
                      .with("href", "#" + BenchmarkSection.anchor(question)));
      table.row(name, cells(comparison, engines));
    }
    return Optional.of(section.add(table.render()));
  }

  private static List<String> cells(Comparison comparison, List<String> engines) {
    List<String> cells = new ArrayList<>();
    engines.forEach(engine -> cells.add(cell(comparison, engine)));
    return cells;
  }

  private static String cell(Comparison comparison, String engine) {
    List<Rival> rivals = comparison.rivals();
    if (rivals.isEmpty() || !comparison.sameGrants()) {
      return Units.NOTHING;
    }
    if (comparison.contenders().get(0).engine().equals(engine)) {
      return comparison.isClaimed() ? "1 (fastest)" : "1";
    }
    return rivals.stream()
        .filter(rival -> rival.other().engine().equals(engine))
        .findFirst()
        .map(GlanceSection::words)
        .orElse(Units.NOTHING);
  }

  private static String words(Rival rival) {
    String times = Units.times(rival.ratio().ratio());
    return rival.certainty() == Certainty.SURE ? times : times + " " + rival.certainty().words();
  }
}
