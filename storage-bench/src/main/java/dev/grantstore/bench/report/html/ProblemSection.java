package dev.grantstore.bench.report.html;

import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.CellFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What went wrong, and what to know before using the figures. */
final class ProblemSection {
  private final RunResult result;

  ProblemSection(RunResult result) {
    this.result = result;
  }

  /** {@return what stands above all figures; none where nothing went wrong} */
  Optional<Element> banner() {
    List<Element> lines = new ArrayList<>();
    long wrong =
        result.failures().stream()
            .filter(failure -> failure.kind() == CellFailure.Kind.WRONG_ANSWER)
            .count();
    if (wrong > 0) {
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
    if (result.failures().size() + result.warnings().size() > 0) {
      lines.add(
          Element.of("p")
              .add(Element.of("a", counts()).with("href", "#problems"))
              .text(" below: read them before using the figures."));
    }
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    String style = wrong > 0 ? "banner wrong" : "banner";
    return Optional.of(Element.styled("div", style).with("role", "note").addAll(lines));
  }

  private String counts() {
    List<String> parts = new ArrayList<>();
    if (!result.failures().isEmpty()) {
      parts.add(Units.count(result.failures().size(), "failure"));
    }
    if (!result.warnings().isEmpty()) {
      parts.add(Units.count(result.warnings().size(), "warning"));
    }
    return String.join(" and ", parts);
  }

  Element render() {
    Element section =
        Element.of("section")
            .with("id", "problems")
            .with("aria-labelledby", "problems-title")
            .add(Element.of("h2", "Failures and warnings").with("id", "problems-title"));
    if (result.failures().isEmpty() && result.warnings().isEmpty()) {
      return section.add(Element.of("p", "None."));
    }
    Element list = Element.styled("ul", "problems");
    result.failures().forEach(failure -> list.add(item("Failure", words(failure))));
    result.warnings().forEach(warning -> list.add(item("Warning", warning)));
    return section.add(list);
  }

  private static Element item(String kind, String words) {
    return Element.of("li").add(Element.of("strong", kind + ": ")).text(words);
  }

  /** {@return a failure in a sentence} */
  static String words(CellFailure failure) {
    String what =
        switch (failure.kind()) {
          case UNAVAILABLE -> "is not to be had";
          case WRONG_ANSWER -> "gave a wrong answer";
          case TIMEOUT -> "did not answer in time and was ended";
          case FAILED -> "failed";
        };
    String where =
        failure.question().isEmpty()
            ? ""
            : String.format(
                Locale.ROOT, " in %s, round %d", failure.question(), failure.round() + 1);
    return String.format(
        Locale.ROOT, "%s %s%s: %s", failure.engine(), what, where, failure.reason());
  }
}
