package dev.grantstore.bench.report.html;

import dev.grantstore.bench.result.CellResult.ReadCounters;
import dev.grantstore.bench.result.CellResult.StoreState;
import dev.grantstore.bench.result.CellSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** What the engines say of themselves: counters of an extra pass, the shape of their files. */
final class CounterSection {
  private final Marks marks;
  private final List<Question> questions;

  CounterSection(Marks marks, List<Question> questions) {
    this.marks = marks;
    this.questions = questions;
  }

  /** {@return the section; none where no engine counts anything} */
  Optional<Element> render() {
    List<Element> parts = new ArrayList<>();
    for (Question question : questions) {
      counters(question).ifPresent(parts::add);
    }
    for (Question question : questions) {
      states(question).ifPresent(parts::add);
    }
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Element.of("section")
            .with("id", "counters")
            .with("aria-labelledby", "counters-title")
            .add(Element.of("h2", "What the engines counted").with("id", "counters-title"))
            .add(
                Element.styled("p", "note")
                    .text(
                        "From an extra pass that is not timed, because counting costs time, and that"
                            + " starts with an empty block cache; the shape of the files is from"
                            + " the timed fork in the middle."))
            .addAll(parts));
  }

  private Optional<Element> counters(Question question) {
    List<CellSeries> counting =
        question.engines().stream().filter(series -> series.middle().counters() != null).toList();
    if (counting.isEmpty()) {
      return Optional.empty();
    }
    Table table =
        Table.byEngine(
            String.format(Locale.ROOT, "%s (%s)", question.title(), question.name()),
            "each operation",
            counting.stream().map(CellSeries::engine).toList(),
            marks);
    row(table, counting, "operations counted", c -> Units.count(c.ops()));
    row(table, counting, "blocks looked at", c -> Units.amount(c.blocksPerOp(), "block"));
    row(
        table,
        counting,
        "blocks looked at, each row",
        c -> c.rows() == 0 ? Units.NOTHING : Units.amount(c.blocksPerRow(), "block"));
    row(
        table,
        counting,
        "of them in the cache",
        c -> c.blocksPerOp() == 0 ? Units.NOTHING : Units.percent(c.cacheHitPercent()));
    row(
        table,
        counting,
        "steps of iterators",
        c -> Units.amount((double) c.nexts() / Math.max(1, c.ops()), "step"));
    TreeSet<String> names = new TreeSet<>();
    counting.forEach(series -> names.addAll(perOp(series).keySet()));
    for (String name : names) {
      table.rowIfAny(
          name,
          counting.stream()
              .map(series -> perOp(series).get(name))
              .map(value -> value == null ? Units.NOTHING : Units.digits(value))
              .toList());
    }
    return Optional.of(table.folded());
  }

  private static void row(
      Table table, List<CellSeries> counting, String name, Function<ReadCounters, String> words) {
    table.rowIfAny(
        name,
        counting.stream()
            .map(
                series -> {
                  ReadCounters counters = series.middle().counters();
                  return counters == null ? Units.NOTHING : words.apply(counters);
                })
            .toList());
  }

  private static Map<String, Double> perOp(CellSeries series) {
    ReadCounters counters = series.middle().counters();
    return counters == null ? Map.of() : counters.perOp();
  }

  private static Optional<Element> states(Question question) {
    List<Element> tables = new ArrayList<>();
    for (CellSeries series : question.engines()) {
      StoreState before = series.middle().before();
      StoreState after = series.middle().after();
      Table table =
          new Table(
              String.format(
                  Locale.ROOT, "%s before and after %s", series.engine(), question.name()),
              List.of("", "before", "after"));
      for (StoreState.Keyspace keyspace : before.keyspaces()) {
        table.row(keyspace.name(), List.of(words(keyspace), words(keyspace.name(), after)));
      }
      if (before.memoryBytes() > 0 || after.memoryBytes() > 0) {
        table.row(
            "memory outside the Java heap",
            List.of(Units.bytes(before.memoryBytes()), Units.bytes(after.memoryBytes())));
      }
      TreeSet<String> names = new TreeSet<>(before.engine().keySet());
      names.addAll(after.engine().keySet());
      for (String name : names) {
        table.row(
            name,
            List.of(
                before.engine().getOrDefault(name, Units.NOTHING),
                after.engine().getOrDefault(name, Units.NOTHING)));
      }
      if (!table.isEmpty()) {
        tables.add(table.render());
      }
    }
    return tables.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Element.of("details")
                .add(Element.of("summary", question.name() + ": the stores before and after"))
                .addAll(tables));
  }

  private static String words(String name, StoreState state) {
    return state.keyspaces().stream()
        .filter(keyspace -> keyspace.name().equals(name))
        .findFirst()
        .map(CounterSection::words)
        .orElse(Units.NOTHING);
  }

  private static String words(StoreState.Keyspace keyspace) {
    return String.format(
        Locale.ROOT,
        "about %s, %s in %s",
        Units.count(keyspace.rowsEstimate(), "row"),
        Units.bytes(keyspace.fileBytes()),
        Units.count(keyspace.files(), "file"));
  }
}
