package dev.grantstore.bench.report.html;

import dev.grantstore.bench.compare.Change.Certainty;
import dev.grantstore.bench.compare.Limits;
import dev.grantstore.bench.report.html.Comparison.Rival;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.statistics.Bootstrap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The answers in plain words: which engine is faster at what, by how much, how sure. */
final class VerdictSection {
  private final RunResult result;
  private final Marks marks;
  private final List<Comparison> comparisons;

  VerdictSection(RunResult result, Marks marks, List<Comparison> comparisons) {
    this.result = result;
    this.marks = marks;
    this.comparisons = comparisons;
  }

  Element render() {
    Element section =
        Element.of("section")
            .with("id", "answer")
            .with("aria-labelledby", "answer-title")
            .add(Element.of("h2", "Which engine is faster at what").with("id", "answer-title"));
    if (comparisons.isEmpty()) {
      return section.add(Element.of("p", "Nothing was measured."));
    }
    section.add(Element.styled("p", "lead").text(summary()));
    Element list = Element.styled("ol", "verdicts");
    comparisons.forEach(comparison -> list.add(verdict(comparison)));
    return section.add(list).add(Element.styled("p", "note").text(legend()));
  }

  /** {@return how often which engine is ahead} */
  private String summary() {
    Map<String, Integer> wins = new LinkedHashMap<>();
    int undecided = 0;
    int alone = 0;
    for (Comparison comparison : comparisons) {
      List<Rival> rivals = comparison.rivals();
      if (rivals.isEmpty() || !comparison.sameGrants()) {
        alone++;
      } else if (rivals.stream().allMatch(Rival::isDifference)) {
        wins.merge(comparison.contenders().get(0).engine() + lead(comparison), 1, Integer::sum);
      } else {
        undecided++;
      }
    }
    List<String> parts = new ArrayList<>();
    wins.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .forEach(
            win -> parts.add(String.format(Locale.ROOT, "%s in %d", win.getKey(), win.getValue())));
    if (undecided > 0) {
      parts.add(String.format(Locale.ROOT, "%d undecided", undecided));
    }
    if (alone > 0) {
      parts.add(String.format(Locale.ROOT, "%d without a comparison", alone));
    }
    int all = comparisons.size();
    return String.format(
        Locale.ROOT, "Of %s: %s.", Units.count(all, "question"), String.join("; ", parts));
  }

  private static String lead(Comparison comparison) {
    return comparison.isClaimed() ? " is fastest" : " is fastest, taken alone";
  }

  private Element verdict(Comparison comparison) {
    Question question = comparison.question();
    Element heading =
        Element.styled("div", "asked")
            .add(
                Element.of("h3")
                    .add(
                        Element.of("a", question.title(comparison.outcome()))
                            .with("href", "#" + BenchmarkSection.anchor(question))))
            .add(Conditions.of(question));
    Element answer = Element.styled("div", "answer");
    headline(comparison, answer);
    absent(comparison, answer);
    failures(question, answer);
    return Element.of("li").add(heading).add(answer);
  }

  private void headline(Comparison comparison, Element answer) {
    List<Contender> contenders = comparison.contenders();
    if (contenders.isEmpty()) {
      answer.add(Element.of("p", "No store was measured."));
      return;
    }
    Contender leader = contenders.get(0);
    if (!comparison.sameGrants()) {
      answer.add(
          Element.of(
              "p", "Not compared: the engines do not hold the same grants (digests differ)."));
      return;
    }
    List<Rival> rivals = comparison.rivals();
    if (rivals.isEmpty()) {
      answer.add(
          Element.of("p")
              .add(marks.name(leader.engine()))
              .text(
                  String.format(
                      Locale.ROOT,
                      " alone: %s. Nothing to compare it with.",
                      BarChart.words(comparison.yardstick(), leader.figure()))));
      return;
    }
    Element ahead = Element.styled("p", "ahead").add(marks.name(leader.engine()));
    List<String> level =
        rivals.stream()
            .filter(rival -> !rival.isDifference())
            .map(rival -> rival.other().engine())
            .toList();
    if (rivals.stream().allMatch(rival -> rival.certainty() == Certainty.TOO_FEW)) {
      ahead.text(" was fastest here, but there are too few forks to say that it is.");
    } else if (level.isEmpty()) {
      ahead.text(lead(comparison) + ".");
    } else {
      ahead.text(" is ahead, but not told apart from " + String.join(", ", level) + ".");
    }
    answer.add(ahead);
    Element lines = Element.styled("ul", "rivals");
    rivals.forEach(rival -> lines.add(line(comparison, leader, rival)));
    answer.add(lines);
    caveats(comparison, answer);
  }

  private Element line(Comparison comparison, Contender leader, Rival rival) {
    Yardstick yardstick = comparison.yardstick();
    Contender other = rival.other();
    Element words =
        Element.of("span")
            .text(leader.engine() + " is ")
            .add(Element.of("strong", Units.times(rival.ratio().ratio())))
            .text(interval(rival) + " as fast as " + other.engine());
    String figures =
        String.format(
            Locale.ROOT,
            "%s against %s; n = %s forks; by %s%s",
            yardstick.words(leader.figure().value()),
            yardstick.words(other.figure().value()),
            forks(leader, other),
            rival.change().metric().unit(),
            rival.change().reason().isEmpty() ? "" : "; " + rival.change().reason());
    return Element.of("li")
        .add(badge(rival.certainty()))
        .text(" ")
        .add(words)
        .text(" ")
        .add(Element.styled("span", "detail").text(figures));
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

  /** {@return what the words on the page mean} */
  private String legend() {
    long pairs =
        comparisons.stream()
            .mapToLong(comparison -> comparison.standing().engines().size())
            .map(engines -> engines * (engines - 1) / 2)
            .sum();
    return String.format(
        Locale.ROOT,
        "Engines are compared by one figure for each question, round by round. Sure: the whole"
            + " %.0f %% interval of the ratio lies beyond %s (and beyond the noise floor, where one"
            + " was measured), and p, corrected for the %s compared in this run, is below 0.05."
            + " Taken alone: it would be so if no other pair had been compared. No difference: the"
            + " whole interval lies within %s. Not told apart: neither. Too few forks to say:"
            + " fewer than %d, or one was cut short.",
        Bootstrap.CONFIDENCE_PERCENT,
        Limits.USUAL_LIMIT,
        Units.count(pairs, "pair"),
        Limits.USUAL_LIMIT,
        Bootstrap.LEAST_VALUES);
  }

  private static String interval(Rival rival) {
    return rival.certainty() == Certainty.TOO_FEW
        ? ""
        : String.format(
            Locale.ROOT,
            " (%s to %s)",
            Units.times(rival.ratio().low()),
            Units.times(rival.ratio().high()));
  }

  private static String forks(Contender leader, Contender other) {
    int first = leader.figure().forks().size();
    int second = other.figure().forks().size();
    return first == second
        ? String.format(Locale.ROOT, "%d", first)
        : String.format(Locale.ROOT, "%d and %d", first, second);
  }

  private static void caveats(Comparison comparison, Element answer) {
    List<Contender> contenders = comparison.contenders();
    caveat("Cut short", contenders, Contender::cutShortForks, answer);
    caveat("Rate not steady", contenders, Contender::unsteadyForks, answer);
    caveat("Could not keep up with the rate", contenders, Contender::missedForks, answer);
  }

  private static void caveat(
      String words, List<Contender> contenders, ToLongFunction<Contender> forks, Element answer) {
    String engines =
        contenders.stream()
            .filter(contender -> forks.applyAsLong(contender) > 0)
            .map(
                contender ->
                    String.format(
                        Locale.ROOT,
                        "%s in %d of %s",
                        contender.engine(),
                        forks.applyAsLong(contender),
                        Units.count(contender.series().forks().size(), "fork")))
            .collect(Collectors.joining("; "));
    if (!engines.isEmpty()) {
      answer.add(Element.styled("p", "caveat").text(words + ": " + engines + "."));
    }
  }

  private void absent(Comparison comparison, Element answer) {
    List<String> compared = comparison.contenders().stream().map(Contender::engine).toList();
    String absent =
        comparison.question().engines().stream()
            .map(CellSeries::engine)
            .filter(engine -> !marks.isHarness(engine) && !compared.contains(engine))
            .collect(Collectors.joining(", "));
    if (!absent.isEmpty()) {
      answer.add(
          Element.styled("p", "caveat")
              .text("Not compared, because a fork has no such figure: " + absent + "."));
    }
  }

  private void failures(Question question, Element answer) {
    for (CellFailure failure : result.failures()) {
      if (failure.question().equals(question.name())) {
        answer.add(Element.styled("p", "caveat").text(ProblemSection.words(failure)));
      }
    }
  }
}
