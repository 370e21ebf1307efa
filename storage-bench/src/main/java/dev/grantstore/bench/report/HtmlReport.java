package dev.grantstore.bench.report;

import dev.grantstore.Utf8;
import dev.grantstore.bench.compare.Change.Certainty;
import dev.grantstore.bench.compare.Standing;
import dev.grantstore.bench.report.Table.Row;
import dev.grantstore.bench.report.Table.Value;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.EngineResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Lays out a {@link View} as one HTML page, whole in itself: which engine is faster at what, by how
 * much, how sure that is, and all that stands behind it.
 */
public final class HtmlReport {
  /** Refuses whatever is not in the page itself, so that opening it asks nobody for anything. */
  private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

  private static final String STYLE_SHEET = "page.css";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final RunResult result;
  private final View view;
  private final List<Lead> leads;
  private final Drawings drawings;
  private final HtmlTable tables;

  private HtmlReport(RunResult result) {
    this.result = result;
    this.view = View.of(result);
    this.leads = view.leads();
    this.drawings = new Drawings(result);
    this.tables = new HtmlTable(drawings);
  }

  /**
   * {@return the page: HTML in UTF-8, well-formed as XML too, ended by a line feed; it needs no
   * script, no network and no other file}
   *
   * @param result any result, also one that was interrupted or holds nothing
   */
  public static String render(RunResult result) {
    return new HtmlReport(result).page();
  }

  private String page() {
    Element page = Element.of("html").with("lang", "en").add(head()).add(body());
    return "<!DOCTYPE html>" + page.render() + "\n";
  }

  private Element head() {
    return Element.of("head")
        .add(Element.of("meta").with("charset", "utf-8"))
        .add(
            Element.of("meta")
                .with("http-equiv", "Content-Security-Policy")
                .with("content", POLICY))
        .add(
            Element.of("meta")
                .with("name", "viewport")
                .with("content", "width=device-width, initial-scale=1"))
        .add(Element.of("meta").with("name", "color-scheme").with("content", "light dark"))
        .add(Element.of("title", title()))
        .add(Element.of("style").style(styleSheet()));
  }

  private static String styleSheet() {
    try (InputStream in = HtmlReport.class.getResourceAsStream(STYLE_SHEET)) {
      if (in == null) {
        throw new IllegalStateException("not in the jar: " + STYLE_SHEET);
      }
      return Utf8.decode(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String title() {
    return result.tag().isEmpty() ? "storage-bench" : "storage-bench: " + result.tag();
  }

  private Element body() {
    Element main = Element.of("main").add(header());
    banner().ifPresent(main::add);
    main.add(leads());
    glance().ifPresent(main::add);
    if (!view.benchmarks().isEmpty()) {
      main.add(
          section("questions", "Question by question")
              .addAll(new BenchmarkSection(view, drawings, tables).articles()));
    }
    stages().ifPresent(main::add);
    main.add(sizes());
    counters().ifPresent(main::add);
    main.add(problems()).add(method());
    String footer =
        String.format(
            Locale.ROOT,
            "Made by storage-bench %s from a result of format version %d.",
            result.toolVersion(),
            result.formatVersion());
    main.add(Element.of("footer").add(Element.of("p", footer)));
    return Element.of("body").add(main);
  }

  private static Element section(String id, String title) {
    return Element.of("section")
        .with("id", id)
        .with("aria-labelledby", id + "-title")
        .add(Element.of("h2", title).with("id", id + "-title"));
  }

  private Element header() {
    Element engines = Element.styled("p", "legend");
    for (EngineResult engine : result.engines()) {
      engines.add(
          drawings
              .name(engine.name())
              .text(" ")
              .add(Element.styled("span", "note").text(engine.facts().version())));
    }
    return Element.of("header")
        .add(Element.of("h1", title()))
        .add(Element.styled("p", "subtitle").text(subtitle()))
        .add(engines);
  }

  private String subtitle() {
    List<String> parts = new ArrayList<>();
    parts.add(TIME.format(result.startedAt()));
    parts.add("took " + Units.time(view.took()));
    result.engines().stream()
        .findFirst()
        .ifPresent(engine -> parts.add(Units.count(engine.fixture().grants(), "grant")));
    parts.add(
        result.method().forks() == 0
            ? "one JVM for all"
            : Units.count(result.method().forks(), "fork") + " for each engine and question");
    parts.add(result.environment().cpu());
    return String.join(" · ", parts);
  }

  /** {@return what stands above all figures; none where nothing went wrong} */
  private Optional<Element> banner() {
    List<Element> lines = new ArrayList<>();
    if (view.hasWrongAnswers()) {
      lines.add(
          Element.of("p")
              .add(Element.of("strong", "Wrong answers. "))
              .text("An engine did not answer as it should; its figures are worth nothing."));
    }
    if (result.interrupted()) {
      lines.add(
          Element.of("p")
              .add(Element.of("strong", "Interrupted. "))
              .text("This is what was measured until then."));
    }
    List<String> counts = new ArrayList<>();
    if (!result.failures().isEmpty()) {
      counts.add(Units.count(result.failures().size(), "failure"));
    }
    if (!result.warnings().isEmpty()) {
      counts.add(Units.count(result.warnings().size(), "warning"));
    }
    if (!counts.isEmpty()) {
      lines.add(
          Element.of("p")
              .add(Element.of("a", String.join(" and ", counts)).with("href", "#problems"))
              .text(" below: read them before using the figures."));
    }
    String style = view.hasWrongAnswers() ? "banner wrong" : "banner";
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(Element.styled("div", style).with("role", "note").addAll(lines));
  }

  private Element leads() {
    Element section = section("answer", "Which engine is faster at what");
    if (leads.isEmpty()) {
      return section.add(Element.of("p", "Nothing was measured."));
    }
    Element list = Element.styled("ol", "verdicts");
    leads.forEach(lead -> list.add(lead(lead)));
    return section
        .add(Element.styled("p", "lead").text(Lead.summary(leads)))
        .add(list)
        .add(Element.styled("p", "note").text(view.legend()));
  }

  private Element lead(Lead lead) {
    Benchmark benchmark = lead.benchmark();
    Element heading =
        Element.styled("div", "asked")
            .add(Element.of("h3").add(linked(benchmark)))
            .add(BenchmarkSection.conditions(benchmark));
    Element headline = Element.styled("p", "ahead");
    if (!lead.first().isEmpty()) {
      headline.add(drawings.name(lead.first()));
    }
    Element answer = Element.styled("div", "answer").add(headline.text(lead.headline()));
    if (lead.isComparison()) {
      Element lines = Element.styled("ul", "rivals");
      lead.others().forEach(other -> lines.add(line(lead, other)));
      answer.add(lines);
    }
    for (String caveat : lead.caveats(view)) {
      answer.add(Element.styled("p", "caveat").text(caveat));
    }
    return Element.of("li").add(heading).add(answer);
  }

  private static Element linked(Benchmark benchmark) {
    return Element.of("a", benchmark.title())
        .with("href", "#" + BenchmarkSection.anchor(benchmark));
  }

  private static Element line(Lead lead, Lead.Behind other) {
    Element words =
        other.isTie()
            ? Element.of("span", other.words())
            : Element.of("span")
                .text(other.before())
                .add(Element.of("strong", other.times()))
                .text(other.interval() + other.after());
    return Element.of("li")
        .add(badge(other.change().certainty()))
        .text(" ")
        .add(words)
        .text(" ")
        .add(Element.styled("span", "detail").text(lead.detail(other)));
  }

  private static Element badge(Certainty certainty) {
    String style =
        switch (certainty) {
          case SURE -> "sure";
          case ALONE -> "likely";
          case SAME, UNTOLD -> "same";
          case TOO_FEW -> "few";
        };
    return Element.styled("span", "badge " + style).text(certainty.words());
  }

  /** {@return all benchmarks and engines in one table; none where nothing is beside anything} */
  private Optional<Element> glance() {
    if (leads.stream().allMatch(lead -> lead.benchmark().stores().size() < 2)) {
      return Optional.empty();
    }
    List<String> engines =
        view.benchmarks().stream()
            .flatMap(benchmark -> benchmark.engines().stream())
            .filter(measured -> !measured.isHarness())
            .map(Measured::engine)
            .distinct()
            .toList();
    List<Row> rows = new ArrayList<>();
    for (Lead lead : leads) {
      List<Value> values =
          engines.stream()
              .map(
                  engine ->
                      Value.words(
                          view.isApplicable(lead, engine) ? lead.glance(engine) : "not applicable"))
              .toList();
      String link = "#" + BenchmarkSection.anchor(lead.benchmark());
      rows.add(new Row(lead.benchmark().title(), "", link, values));
    }
    String title =
        "How many times as long as the fastest each engine takes"
            + (view.benchmarks().stream().anyMatch(Benchmark::isOfLimits)
                ? "; of G8, how many times the memory"
                : "");
    Table table = new Table(title, "question", engines, true, rows);
    return Optional.of(section("glance", "At a glance").add(tables.under(table)));
  }

  /** {@return G6 to G10, a table each; none where none was measured} */
  private Optional<Element> stages() {
    List<Element> parts = new ArrayList<>();
    for (StageTable stages : view.stages()) {
      parts.add(tables.under(stages.table().known()));
      stages.sentences().forEach(words -> parts.add(Element.styled("p", "note").text(words)));
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(section("stages", "Whole operations, stage by stage").addAll(parts));
  }

  private Element sizes() {
    List<EngineResult> engines =
        result.engines().stream()
            .filter(engine -> !Standing.isNull(result, engine.name()))
            .toList();
    List<EngineResult> onDisk =
        engines.stream().filter(engine -> engine.disk().bytes() > 0).toList();
    Element section = section("size", "Size on disk and in memory");
    if (onDisk.isEmpty()) {
      section.add(
          Element.of(
              "p",
              engines.stream().allMatch(engine -> engine.disk().isKnown())
                  ? "No engine keeps grants on disk."
                  : "What stores in a cluster take is not known."));
    } else {
      section.add(
          Element.styled("div", "figures")
              .add(
                  BenchmarkSection.figure(
                      "Bytes per grant",
                      "Store closed; shades are keyspaces, in the order of the table.",
                      BarChart.ofSizes(onDisk, drawings))));
    }
    return engines.isEmpty() ? section : section.add(tables.under(StoreTables.sizes(engines)));
  }

  /** {@return what the engines say of themselves; none where no engine counts anything} */
  private Optional<Element> counters() {
    List<Element> parts = new ArrayList<>();
    for (Benchmark cell : view.cells()) {
      Table table = StoreTables.counters(cell);
      if (!table.columns().isEmpty()) {
        parts.add(tables.folded(table.known()));
      }
    }
    String without = StoreTables.notCounting(view.cells());
    if (!parts.isEmpty() && !without.isEmpty()) {
      parts.add(Element.styled("p", "note").text(without));
    }
    for (Benchmark cell : view.cells()) {
      List<Element> states =
          cell.engines().stream()
              .map(measured -> StoreTables.state(measured, cell.cell()))
              .filter(table -> !table.rows().isEmpty())
              .map(tables::under)
              .toList();
      if (!states.isEmpty()) {
        parts.add(
            Element.of("details")
                .add(Element.of("summary", cell.cell() + ": the stores before and after"))
                .addAll(states));
      }
    }
    String note =
        "From an extra pass that is not timed, because counting costs time, and that starts with an"
            + " empty block cache; the shape of the files is from the timed fork in the middle.";
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            section("counters", "What the engines counted")
                .add(Element.styled("p", "note").text(note))
                .addAll(parts));
  }

  private Element problems() {
    Element section = section("problems", "Failures and warnings");
    if (result.failures().isEmpty()
        && result.warnings().isEmpty()
        && result.notApplicable().isEmpty()) {
      return section.add(Element.of("p", "None."));
    }
    Element list = Element.styled("ul", "problems");
    result.failures().forEach(failure -> list.add(item("Failure", View.words(failure))));
    result.notApplicable().forEach(what -> list.add(item("Not asked", View.words(what))));
    result.warnings().forEach(warning -> list.add(item("Warning", warning)));
    return section.add(list);
  }

  private static Element item(String kind, String words) {
    return Element.of("li").add(Element.of("strong", kind + ": ")).text(words);
  }

  private Element method() {
    Element list = Element.of("ul");
    view.method().forEach(sentence -> list.add(Element.of("li", sentence)));
    View.explanations().forEach(sentence -> list.add(Element.of("li", sentence)));
    Element section = section("method", "How it was measured").add(list);
    if (!result.engines().isEmpty()) {
      section.add(tables.under(view.engines())).add(tables.under(view.grants()));
    }
    return section
        .add(tables.under(view.machine()))
        .add(
            Element.of("p")
                .text("Arguments: ")
                .add(Element.of("code", String.join(" ", result.command()))));
  }
}
