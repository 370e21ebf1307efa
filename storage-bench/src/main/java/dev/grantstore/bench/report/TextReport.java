package dev.grantstore.bench.report;

import dev.grantstore.bench.compare.Standing;
import dev.grantstore.bench.report.Style.Tone;
import dev.grantstore.bench.report.Table.Row;
import dev.grantstore.bench.report.Table.Value;
import dev.grantstore.bench.report.Unit.Scale;
import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.result.RunResult.NotApplicable;
import dev.grantstore.tool.ForeignText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Lays out a {@link View} as tables and lines of a terminal. One thread. */
final class TextReport {
  private static final int WIDTH = 110;
  private static final String INDENT = "    ";

  /** As wide as the names before the first lines. */
  private static final String MARGIN = " ".repeat(9);

  private final View view;
  private final RunResult result;
  private final Style style;
  private final boolean isOneEngine;
  private final StringBuilder out = new StringBuilder();

  private TextReport(RunResult result, Style style) {
    this.view = View.of(result);
    this.result = result;
    this.style = style;
    this.isOneEngine = result.engines().size() < 2;
  }

  /** {@return every figure: one table to compare engines by, then one for each kind of figure} */
  static String full(RunResult result, Style style) {
    TextReport report = new TextReport(result, style);
    report.preamble();
    if (result.cells().isEmpty()) {
      report.part("", "nothing was measured\n");
    } else {
      report.measured();
    }
    if (!result.engines().isEmpty()) {
      Table sizes = StoreTables.sizes(result.engines());
      report.part("On disk, closed; in memory, open and warm", report.columns(sizes));
    }
    report.part("", report.cellFacts());
    report.problems();
    return report.out.toString();
  }

  /** {@return one table with the figures most people ask for first} */
  static String summary(RunResult result, Style style) {
    TextReport report = new TextReport(result, style);
    report.preamble();
    report.part(
        "",
        result.cells().isEmpty()
            ? "nothing was measured\n"
            : report.main(Figure.SUMMARY, Scale.MICROS)
                + report.legend("--format text or the page (--html) says which"));
    report.problems();
    return report.out.toString();
  }

  private void part(String title, String text) {
    if (!text.isEmpty()) {
      out.append(out.length() == 0 ? "" : "\n").append(title).append(title.isEmpty() ? "" : "\n");
      out.append(text);
    }
  }

  private void preamble() {
    String tag = result.tag().isEmpty() ? "" : result.tag() + ", ";
    StringBuilder lines = new StringBuilder();
    named(
        "run",
        List.of(
            String.format(
                Locale.ROOT,
                "%s%s, took %s, storage-bench %s",
                tag,
                result.startedAt(),
                Units.time(view.took()),
                result.toolVersion())),
        lines);
    if (!result.command().isEmpty()) {
      named("", List.of("storage-bench " + String.join(" ", result.command())), lines);
    }
    if (!result.engines().isEmpty()) {
      named("fixture", facts(view.grants()), lines);
      if (!view.holdSameGrants()) {
        String warning = "the engines hold different grants: do not compare their figures";
        lines.append(MARGIN).append(style.paint(Tone.BAD, warning)).append('\n');
      }
      named("engines", facts(view.engines()), lines);
    }
    named("machine", facts(view.machine()), lines);
    named("method", view.method(), lines);
    part("", lines.toString());
  }

  /** Adds lines under a name, which stands before the first. */
  private static void named(String name, List<String> texts, StringBuilder lines) {
    String start = String.format(Locale.ROOT, "%-8s ", name);
    for (String text : texts) {
      lines.append(wrapped(start, MARGIN + INDENT, text));
      start = MARGIN;
    }
  }

  private void measured() {
    List<Benchmark> all = view.benchmarks();
    part("", main(Figure.MAIN, Scale.MICROS) + legend("the lines below say which"));
    if (!isOneEngine) {
      part("Which engine is faster at what", leads());
    }
    part("Whole operations, stage by stage", stages());
    List<Benchmark> timed = all.stream().filter(b -> !b.isOfLimits()).toList();
    part("Service time", byScale(Figure.SERVICE_TIME, timed));
    List<Benchmark> open = all.stream().filter(b -> holdsOfAll(b, Measured::isOpenLoop)).toList();
    if (!open.isEmpty()) {
      List<Benchmark> scheduled = open.stream().filter(Benchmark::isFirst).toList();
      part(
          "Open loop: service and response time, and how the schedule was kept",
          figures(Figure.OPEN_LOOP, open, scale(open))
              + "\n"
              + figures(Figure.SCHEDULE_KEPT, scheduled, Scale.MILLIS));
    }
    part(
        "Length of answers",
        figures(
            Figure.LENGTHS,
            all.stream().filter(b -> b.engines().stream().anyMatch(Measured::isOfLists)).toList(),
            Scale.MICROS));
    List<Benchmark> cells = timed.stream().filter(Benchmark::isFirst).toList();
    part("Resources", figures(Figure.RESOURCES, cells, Scale.MICROS));
    part("Counted by the engine, untimed pass", counters());
  }

  private static boolean holdsOfAll(Benchmark benchmark, Predicate<Measured> holds) {
    return benchmark.engines().stream().filter(Measured::isThere).allMatch(holds);
  }

  /** {@return a table for each unit of time, with the benchmarks whose times suit it} */
  private String byScale(List<Figure> figures, List<Benchmark> benchmarks) {
    Map<Scale, List<Benchmark>> byScale = new EnumMap<>(Scale.class);
    for (Benchmark each : benchmarks) {
      byScale.computeIfAbsent(scale(List.of(each)), any -> new ArrayList<>()).add(each);
    }
    List<String> tables = new ArrayList<>();
    byScale.forEach((scale, of) -> tables.add(figures(figures, of, scale)));
    return String.join("\n", tables);
  }

  private static Scale scale(List<Benchmark> benchmarks) {
    return Scale.of(
        benchmarks.stream()
            .flatMap(benchmark -> benchmark.engines().stream())
            .filter(Measured::isThere)
            .mapToDouble(Measured::typicalNanos)
            .toArray());
  }

  private String figures(List<Figure> all, List<Benchmark> benchmarks, Scale scale) {
    boolean ofLimits = benchmarks.stream().anyMatch(Benchmark::isOfLimits);
    List<Figure> figures =
        all.stream().filter(figure -> ofLimits || figure != Figure.LEAST_LIMIT).toList();
    boolean ofCells = figures.stream().allMatch(Figure::isOfCell);
    List<Table> tables = new ArrayList<>();
    for (Benchmark each : benchmarks) {
      String name = ofCells ? each.cell() : each.name();
      tables.add(each.table(name + ": " + each.workTitle(), figures, scale));
    }
    return columns(tables, scale);
  }

  /** {@return the table of all engines and questions, with what some engines cannot be asked} */
  private String main(List<Figure> figures, Scale scale) {
    StringBuilder text = new StringBuilder(figures(figures, view.benchmarks(), scale));
    for (NotApplicable what : result.notApplicable()) {
      text.append(line(View.words(what))).append('\n');
    }
    return text.toString();
  }

  /**
   * {@return tables of the same rows under one head: a line for each engine that has anything,
   * below the titles of the tables; of the only engine a line for each table}
   */
  private String columns(List<Table> tables, Scale scale) {
    if (tables.isEmpty()) {
      return "";
    }
    TextTable text = under(isOneEngine ? "benchmark" : "engine", tables.get(0));
    for (Table table : tables) {
      if (!isOneEngine) {
        text.heading(table.title());
      }
      for (int i = 0; i < table.columns().size(); i++) {
        add(isOneEngine ? table.title() : "  " + table.columns().get(i), table, i, scale, text);
      }
    }
    return text.render(style);
  }

  private String columns(Table table) {
    TextTable text = under("engine", table);
    for (int i = 0; i < table.columns().size(); i++) {
      add(table.columns().get(i), table, i, Scale.NANOS, text);
    }
    return text.render(style);
  }

  private static TextTable under(String corner, Table table) {
    List<String> heads = new ArrayList<>(List.of(corner));
    table.rows().stream().map(Row::head).filter(head -> !head.isEmpty()).forEach(heads::add);
    return new TextTable(1, heads);
  }

  private static void add(String name, Table table, int column, Scale scale, TextTable text) {
    List<String> line = new ArrayList<>(List.of(name));
    Map<Integer, Tone> tones = new HashMap<>();
    boolean isKnown = false;
    for (Row row : table.rows()) {
      if (!row.head().isEmpty()) {
        Value value = row.values().get(column);
        tones.put(line.size(), value.tone());
        line.add(value.column(scale));
        isKnown |= !value.isNothing();
      }
    }
    Row last = table.rows().get(table.rows().size() - 1);
    if (last.values().get(column).isWords()) {
      text.lastIsText();
    }
    if (isKnown) {
      text.add(line, tones);
    }
  }

  /** {@return what "vs fastest" means, in lines below its table} */
  private String legend(String which) {
    Map<Metric, List<String>> names = new EnumMap<>(Metric.class);
    boolean unsure = false;
    for (Benchmark benchmark : view.benchmarks()) {
      Standing standing = benchmark.standing();
      if (!standing.lead().isEmpty()) {
        names.computeIfAbsent(standing.metric(), any -> new ArrayList<>()).add(benchmark.name());
      }
      unsure |=
          benchmark.engines().stream()
              .anyMatch(measured -> measured.againstFastest().words().startsWith("~"));
    }
    List<String> parts = new ArrayList<>();
    names.forEach((metric, of) -> parts.add(metric.unit() + " of " + String.join(", ", of)));
    return (parts.isEmpty() ? "" : line("vs fastest: by " + String.join("; by ", parts)) + "\n")
        + (unsure
            ? "~ not claimed: too few forks, figures that scatter, or too many pairs at once; "
                + which
                + "\n"
            : "");
  }

  private String leads() {
    List<Lead> leads = view.leads();
    List<String> lines = new ArrayList<>(List.of(Lead.summary(leads)));
    for (Lead lead : leads) {
      lines.add(lead.benchmark().name() + ": " + lead.first() + lead.headline());
      if (lead.isComparison()) {
        for (Lead.Behind other : lead.others()) {
          lines.add(
              String.format(
                  Locale.ROOT,
                  "  %s: %s; %s",
                  other.change().certainty().words(),
                  other.words(),
                  lead.detail(other)));
        }
      }
      lead.caveats(view).forEach(caveat -> lines.add("  " + caveat));
    }
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line(line)).append('\n'));
    return text.append(wrapped("", "", view.legend())).toString();
  }

  private String stages() {
    StringBuilder text = new StringBuilder();
    for (StageTable stages : view.stages()) {
      Table table = stages.table().known();
      List<String> heads = new ArrayList<>(List.of(table.title()));
      heads.addAll(table.columns());
      TextTable lines = new TextTable(1, heads);
      for (Row row : table.rows()) {
        List<String> line = new ArrayList<>(List.of(row.name()));
        row.values().forEach(value -> line.add((value.text() + " " + value.interval()).strip()));
        lines.add(line);
      }
      text.append(text.isEmpty() ? "" : "\n").append(line(lines));
      stages.sentences().forEach(words -> text.append(wrapped("", INDENT, words)));
    }
    return text.toString();
  }

  private String line(TextTable lines) {
    return lines.render(style).replace('\u00a0', ' ');
  }

  private String counters() {
    List<Table> tables = new ArrayList<>();
    StringBuilder lines = new StringBuilder();
    for (Benchmark cell : view.cells()) {
      Table table = StoreTables.counters(cell);
      if (!table.columns().isEmpty()) {
        tables.add(table);
        facts(table).forEach(f -> lines.append(wrapped(cell.cell() + " per op, ", INDENT, f)));
      }
    }
    String without = StoreTables.notCounting(view.cells());
    lines.append(without.isEmpty() ? "" : wrapped("", INDENT, without));
    return columns(tables, Scale.NANOS) + lines;
  }

  /**
   * {@return what belongs to one benchmark alone: its keys, notes and figures, changes of stores}
   */
  private String cellFacts() {
    StringBuilder text = new StringBuilder();
    for (Benchmark cell : view.cells()) {
      Table own = cell.ownFacts();
      // Those of stages stand in their table.
      List<Row> rows = new ArrayList<>(cell.isStaged() ? List.of() : own.rows());
      rows.addAll(0, cell.table(cell.cell(), List.of(Figure.KEYS), Scale.MICROS).rows());
      facts(Table.ofEngines(own.title(), own.columns(), rows))
          .forEach(facts -> text.append(wrapped(cell.cell() + " ", INDENT, facts)));
      for (Measured measured : cell.engines()) {
        List<String> changes = new ArrayList<>();
        for (Row row : StoreTables.state(measured, cell.cell()).rows()) {
          Value before = row.values().get(0);
          Value after = row.values().get(1);
          if (!before.equals(after)) {
            changes.add(row.name() + " " + before.text() + " -> " + after.text());
          }
        }
        if (!changes.isEmpty()) {
          text.append(
              wrapped(
                  String.format(
                      Locale.ROOT, "%s %s store changed: ", cell.cell(), measured.engine()),
                  INDENT,
                  String.join("; ", changes)));
        }
      }
    }
    return text.toString();
  }

  /** {@return the facts of a table, those that all have in common before those of each} */
  private static List<String> facts(Table table) {
    int columns = table.columns().size();
    List<String> shared = new ArrayList<>();
    List<List<String>> own = new ArrayList<>();
    table.columns().forEach(column -> own.add(new ArrayList<>()));
    for (Row row : table.rows()) {
      if (row.head().isEmpty() && row.values().stream().distinct().count() == 1) {
        addTo(shared, row, 0);
      } else if (row.head().isEmpty()) {
        for (int i = 0; i < columns; i++) {
          addTo(own.get(i), row, i);
        }
      }
    }
    List<String> facts = new ArrayList<>();
    String all = columns > 1 ? "all: " : table.isOfEngines() ? table.columns().get(0) + ": " : "";
    if (!shared.isEmpty()) {
      facts.add(all + String.join("; ", shared));
    }
    for (int i = 0; i < columns; i++) {
      if (!own.get(i).isEmpty()) {
        facts.add(table.columns().get(i) + ": " + String.join("; ", own.get(i)));
      }
    }
    return facts;
  }

  private static void addTo(List<String> facts, Row row, int column) {
    Value value = row.values().get(column);
    if (!value.isNothing()) {
      facts.add(row.name() + " " + value.text());
    }
  }

  private void problems() {
    List<String> lines = new ArrayList<>();
    if (result.interrupted()) {
      lines.add(style.paint(Tone.DOUBTFUL, "interrupted: this is what was measured until then"));
    }
    for (CellFailure failure : result.failures()) {
      lines.add(style.paint(Tone.BAD, line("failure: " + View.words(failure))));
    }
    for (String warning : result.warnings()) {
      lines.add(style.paint(Tone.DOUBTFUL, line("warning: " + warning)));
    }
    part("", lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
  }

  private static String line(String text) {
    return ForeignText.line(text.replace('\u00a0', ' '));
  }

  /** {@return a text in lines that fit, those after the first indented; ended by a line feed} */
  private static String wrapped(String start, String indent, String text) {
    StringBuilder lines = new StringBuilder();
    StringBuilder line = new StringBuilder(line(start));
    boolean isBegun = false;
    for (String word : line(text).split(" ", -1)) {
      if (isBegun && line.length() + 1 + word.length() > WIDTH) {
        lines.append(line).append('\n');
        line = new StringBuilder(indent);
        isBegun = false;
      }
      line.append(isBegun ? " " : "").append(word);
      isBegun = true;
    }
    return lines.append(line.toString().stripTrailing()).append('\n').toString();
  }
}
