package dev.grantstore.bench.report.html;

import dev.grantstore.bench.report.html.Comparison.Rival;
import dev.grantstore.bench.result.CellSeries;
import java.util.ArrayList;
import java.util.List;

/** All questions and all engines in one table: how many times as long each takes. */
final class GlanceSection {
  private final List<Comparison> comparisons;
  private final Marks marks;

  GlanceSection(List<Comparison> comparisons, Marks marks) {
    this.comparisons = comparisons;
    this.marks = marks;
  }

  Element render() {
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
    if (engines.isEmpty()) {
      return section.add(Element.of("p", "Nothing to show."));
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
    return section.add(table.render());
  }

  private static List<String> cells(Comparison comparison, List<String> engines) {
    List<Rival> rivals = comparison.rivals();
    List<String> cells = new ArrayList<>();
    for (String engine : engines) {
      boolean leads =
          !comparison.contenders().isEmpty()
              && comparison.contenders().get(0).engine().equals(engine);
      cells.add(
          leads
              ? "1 (fastest)"
              : rivals.stream()
                  .filter(rival -> rival.other().engine().equals(engine))
                  .findFirst()
                  .map(GlanceSection::words)
                  .orElse(Units.NOTHING));
    }
    return cells;
  }

  private static String words(Rival rival) {
    String times = Units.times(rival.ratio().ratio());
    return switch (rival.certainty()) {
      case SURE -> times;
      case LIKELY -> times + " likely";
      case NOT_SHOWN -> times + " not shown";
      case TOO_FEW -> times + " too few forks";
    };
  }
}
