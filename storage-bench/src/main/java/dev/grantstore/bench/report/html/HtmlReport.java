package dev.grantstore.bench.report.html;

import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.EngineResult;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The page of one run: which engine is faster at what, by how much, how sure that is, and all that
 * stands behind it.
 */
public final class HtmlReport {
  /** Refuses whatever is not in the page itself, so that opening it asks nobody for anything. */
  private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final RunResult result;
  private final Marks marks;
  private final Drawings drawings = new Drawings();
  private final List<Question> questions;
  private final List<Comparison> comparisons;

  private HtmlReport(RunResult result) {
    this.result = result;
    this.marks = new Marks(result);
    this.questions = Question.of(result);
    this.comparisons = Comparison.of(result, marks);
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
        .add(Element.of("style").style(StyleSheet.text()));
  }

  private String title() {
    return result.tag().isEmpty() ? "storage-bench" : "storage-bench: " + result.tag();
  }

  private Element body() {
    ProblemSection problems = new ProblemSection(result);
    Element main = Element.of("main").add(header());
    problems.banner().ifPresent(main::add);
    main.add(new VerdictSection(result, marks, comparisons).render());
    new GlanceSection(comparisons, marks).render().ifPresent(main::add);
    if (!comparisons.isEmpty()) {
      main.add(new BenchmarkSection(marks, drawings, comparisons).render());
    }
    main.add(new SizeSection(result, marks, drawings).render());
    new CounterSection(marks, questions).render().ifPresent(main::add);
    main.add(problems.render());
    main.add(new MethodSection(result, marks, questions).render());
    main.add(
        Element.of("footer")
            .add(
                Element.of(
                    "p",
                    String.format(
                        Locale.ROOT,
                        "Made by storage-bench %s from a result of format version %d.",
                        result.toolVersion(),
                        result.formatVersion()))));
    return Element.of("body").add(main);
  }

  private Element header() {
    Element header = Element.of("header").add(Element.of("h1", title()));
    header.add(Element.styled("p", "subtitle").text(subtitle()));
    Element engines = Element.styled("p", "legend");
    for (EngineResult engine : result.engines()) {
      engines.add(
          marks
              .name(engine.name())
              .text(" ")
              .add(Element.styled("span", "note").text(engine.facts().version())));
    }
    return header.add(engines);
  }

  private String subtitle() {
    List<String> parts = new ArrayList<>();
    parts.add(TIME.format(result.startedAt()));
    Duration took = Duration.between(result.startedAt(), result.endedAt());
    parts.add("took " + Units.time(took.truncatedTo(ChronoUnit.SECONDS)));
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
}
