package dev.grantstore.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.grantstore.bench.compare.Change;
import dev.grantstore.bench.compare.Comparison;
import dev.grantstore.bench.compare.Gate;
import dev.grantstore.bench.selftest.SelfTestResult;
import dev.grantstore.fixture.json.PrettyJson;
import dev.grantstore.tool.ForeignText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Comparisons and gates in print. In text, what is unlike stands in the first line. */
public final class ComparisonReport {
  private static final ObjectMapper MAPPER =
      PrettyJson.mapper().disable(MapperFeature.AUTO_DETECT_IS_GETTERS).build();

  private ComparisonReport() {}

  /**
   * {@return a comparison as a table, ended by a line feed}
   *
   * @param comparison any
   */
  public static String text(Comparison comparison) {
    return text(comparison, List.of());
  }

  /** What is told already is left out. */
  private static String text(Comparison comparison, List<String> told) {
    StringBuilder out = new StringBuilder();
    if (!comparison.unlike().isEmpty()) {
      out.append("UNLIKE, compared all the same: ")
          .append(String.join("; ", comparison.unlike()))
          .append("\n\n");
    }
    out.append("first    ").append(comparison.first()).append('\n');
    out.append("second   ").append(comparison.second()).append('\n');
    out.append("method   ").append(method(comparison)).append("\n\n");
    if (!comparison.powerless().isEmpty() && !told.contains(comparison.powerless())) {
      out.append(comparison.powerless()).append("\n\n");
    }
    out.append(comparison.changes().isEmpty() ? "nothing to compare\n" : table(comparison));
    List<String> notes = new ArrayList<>();
    for (Change change : comparison.changes()) {
      if (!change.reason().isEmpty() && !isTold(change, told)) {
        notes.add(
            String.format(
                Locale.ROOT, "%s %s: %s", engines(change), change.name(), change.reason()));
      }
    }
    notes.addAll(remarks(comparison, told));
    return notes.isEmpty()
        ? out.toString()
        : out.append('\n').append(String.join("\n", notes)).append('\n').toString();
  }

  /**
   * {@return a gate as a table, and what follows from it in the last lines, ended by a line feed}
   *
   * @param gate any
   */
  public static String text(Gate gate) {
    StringBuilder out = new StringBuilder(text(gate.comparison(), gate.reasons())).append('\n');
    gate.reasons().forEach(reason -> out.append(reason).append('\n'));
    return out.append("gate: ").append(gate.outcome().words()).append('\n').toString();
  }

  /**
   * {@return what a self-test showed, and in the last lines whether that is as it should be, ended
   * by a line feed}
   *
   * @param result any
   */
  public static String text(SelfTestResult result) {
    StringBuilder out = new StringBuilder(text(result.same())).append('\n');
    out.append(text(result.slowed())).append('\n');
    result.injected().ifPresent(delay -> out.append("injected: ").append(delay).append('\n'));
    result.problems().forEach(problem -> out.append("the gate ").append(problem).append('\n'));
    String outcome = "FAILED";
    if (result.isInconclusive()) {
      outcome = "inconclusive: the machine is too noisy to tell the delay; more --forks tell more";
    } else if (result.problems().isEmpty()) {
      outcome = "passed";
    }
    return out.append("self-test: ").append(outcome).append('\n').toString();
  }

  /**
   * {@return what follows from a gate, why, and its figures, as Markdown, ended by a line feed}
   *
   * @param gate any
   */
  public static String markdown(Gate gate) {
    StringBuilder out = new StringBuilder("### gate: " + gate.outcome().words() + "\n\n");
    gate.reasons().forEach(reason -> out.append("- ").append(escaped(reason)).append('\n'));
    return out.append(gate.reasons().isEmpty() ? "" : "\n")
        .append(markdown(gate.comparison(), gate.reasons()))
        .toString();
  }

  /**
   * {@return a comparison as a table in Markdown, ended by a line feed}
   *
   * @param comparison any
   */
  public static String markdown(Comparison comparison) {
    return markdown(comparison, List.of());
  }

  private static String markdown(Comparison comparison, List<String> told) {
    StringBuilder out =
        new StringBuilder("| bench | engine | metric | first | second | change | p | verdict |\n")
            .append("| --- | --- | --- | ---: | ---: | ---: | ---: | --- |\n");
    for (Change change : comparison.changes()) {
      String interval =
          String.format(
              Locale.ROOT,
              "%s %% (%s to %s)",
              signed(change.deltaPercent()),
              signed(change.lowPercent()),
              signed(change.highPercent()));
      List<String> cells =
          List.of(
              change.name(),
              engines(change),
              change.metric().unit(),
              Units.column(change.first()),
              Units.column(change.second()),
              interval,
              probability(change.correctedP()),
              change.verdict().words());
      out.append("| ")
          .append(cells.stream().map(ComparisonReport::escaped).collect(Collectors.joining(" | ")))
          .append(" |\n");
    }
    List<String> notes = new ArrayList<>();
    comparison.unlike().forEach(what -> notes.add("UNLIKE, compared all the same: " + what));
    if (!comparison.powerless().isEmpty() && !told.contains(comparison.powerless())) {
      notes.add(comparison.powerless());
    }
    notes.addAll(remarks(comparison, told));
    out.append(notes.isEmpty() ? "" : "\n");
    notes.forEach(note -> out.append("- ").append(escaped(note)).append('\n'));
    return out.toString();
  }

  /** A gate says why it cannot tell in the last lines, by the same words. */
  private static boolean isTold(Change change, List<String> told) {
    String words =
        String.format(
            Locale.ROOT, "%s %s: %s", change.name(), change.metric().unit(), change.reason());
    return told.stream().anyMatch(reason -> reason.endsWith(words));
  }

  private static List<String> remarks(Comparison comparison, List<String> told) {
    List<String> remarks = new ArrayList<>();
    comparison.notComparable().stream()
        .map(what -> "not comparable: " + what)
        .filter(remark -> !told.contains(remark))
        .forEach(remarks::add);
    comparison.notes().forEach(note -> remarks.add("note: " + note));
    return remarks;
  }

  /** What a table, a list or raw HTML would take for its own. */
  private static String escaped(String text) {
    return ForeignText.line(text).replaceAll("([\\\\|<>`*_\\[\\]])", "\\\\$1");
  }

  /**
   * {@return a comparison as JSON, ended by a line feed; field names are those of {@link
   * Comparison}}
   *
   * @param comparison any
   */
  public static String json(Comparison comparison) {
    return encode(comparison);
  }

  /**
   * {@return a gate as JSON, ended by a line feed; field names are those of {@link Gate}}
   *
   * @param gate any
   */
  public static String json(Gate gate) {
    return encode(gate);
  }

  private static String encode(Object value) {
    try {
      return MAPPER.writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("comparison has no JSON form", e);
    }
  }

  private static String method(Comparison comparison) {
    String forks =
        comparison.interleaved()
            ? "forks interleaved: middle of the rounds' ratios; p of signed-rank and Mann-Whitney"
            : "separate runs: ratio of the forks' middles; p of Mann-Whitney";
    return forks + ", by Holm over all rows; bootstrap intervals, 95 %";
  }

  private static String table(Comparison comparison) {
    TextTable table =
        new TextTable(
            3,
            List.of(
                "bench",
                "engine",
                "metric",
                "first",
                "second",
                "forks",
                "change %",
                "low %",
                "high %",
                "p",
                "limit %",
                "floor %",
                "verdict"));
    for (Change change : comparison.changes()) {
      table.add(
          List.of(
              change.name(),
              engines(change),
              change.metric().unit(),
              Units.column(change.first()),
              Units.column(change.second()),
              forks(change),
              signed(change.deltaPercent()),
              signed(change.lowPercent()),
              signed(change.highPercent()),
              probability(change.correctedP()),
              Units.oneDecimal(change.limit().percent()),
              change.floor() == null ? "-" : Units.oneDecimal(change.floor().percent()),
              change.verdict().words()));
    }
    return table.render();
  }

  private static String engines(Change change) {
    return change.firstEngine().equals(change.secondEngine())
        ? change.firstEngine()
        : change.firstEngine() + " -> " + change.secondEngine();
  }

  private static String forks(Change change) {
    return change.firstForks() == change.secondForks()
        ? String.valueOf(change.firstForks())
        : change.firstForks() + ", " + change.secondForks();
  }

  private static String signed(double percent) {
    return String.format(Locale.ROOT, "%+,.1f", percent == 0 ? 0.0 : percent);
  }

  private static String probability(double p) {
    return p < 0.0001 ? "<0.0001" : String.format(Locale.ROOT, "%.4f", p);
  }
}
