package dev.grantstore.equivalence.card;

import dev.grantstore.equivalence.card.Card.Claim;
import dev.grantstore.equivalence.card.Card.Outcome;
import dev.grantstore.equivalence.card.Card.RuleResult;
import dev.grantstore.equivalence.card.Card.WorkloadRuns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A card as a page of Markdown, for people. */
public final class CardMarkdown {
  private static final int MOST_RULES_SHOWN = 20;

  private CardMarkdown() {}

  /**
   * {@return the page}
   *
   * @param card what it says
   */
  public static String of(Card card) {
    StringBuilder out = new StringBuilder();
    out.append("# Conformance of ").append(cell(card.engine())).append("\n\n");
    out.append("**").append(card.sentence()).append("** ").append(counts(card));
    out.append("\n\n");
    row(out, "what", "which");
    row(out, "---", "---");
    row(out, "engine", card.engine() + ", " + card.engineVersion());
    row(out, "contract run by", card.contract());
    row(out, "date", card.date().toString());
    row(out, "Java", card.java());
    row(out, "system", card.system());
    capabilities(out, card);
    topics(out, card);
    workloads(out, card.workloads());
    rules(out, "Broken rules", card.rules(Outcome.FAILED));
    rules(out, "Given up before their end", card.rules(Outcome.ABORTED));
    rules(out, "Could not be found out here", card.rules(Outcome.NOT_TESTABLE));
    return out.toString();
  }

  /** {@return one line for a log: the engine, the verdict and the counts} */
  static String line(Card card) {
    return String.format(Locale.ROOT, "%s %s: %s", card.engine(), card.verdict(), counts(card));
  }

  private static String counts(Card card) {
    List<String> counts = new ArrayList<>();
    for (Outcome outcome : Outcome.values()) {
      counts.add(number(card.count(outcome)) + " " + outcome.label());
    }
    return String.join(", ", counts) + ".";
  }

  private static void capabilities(StringBuilder out, Card card) {
    out.append("\n## Capabilities\n\n");
    row(out, "capability", "is", "rules kept", "rules broken", "rules not claimed");
    row(out, "---", "---", "---:", "---:", "---:");
    for (Claim claim : card.claims()) {
      Map<Outcome, Long> rules = card.needing(claim);
      row(
          out,
          claim.capability(),
          claim.isClaimed() ? "claimed" : "not claimed",
          number(rules.getOrDefault(Outcome.PASSED, 0L)),
          number(rules.getOrDefault(Outcome.FAILED, 0L)),
          number(rules.getOrDefault(Outcome.NOT_CLAIMED, 0L)));
    }
  }

  private static void topics(StringBuilder out, Card card) {
    out.append("\n## Topics\n\n");
    List<String> head = new ArrayList<>(List.of("topic"));
    List<String> line = new ArrayList<>(List.of("---"));
    for (Outcome outcome : Outcome.values()) {
      head.add(outcome.label());
      line.add("---:");
    }
    row(out, head.toArray(String[]::new));
    row(out, line.toArray(String[]::new));
    for (String topic : card.topics()) {
      List<String> cells = new ArrayList<>(List.of(topic));
      for (Outcome outcome : Outcome.values()) {
        cells.add(number(card.count(topic, outcome)));
      }
      row(out, cells.toArray(String[]::new));
    }
  }

  private static void workloads(StringBuilder out, List<WorkloadRuns> workloads) {
    if (workloads.isEmpty()) {
      return;
    }
    out.append("\n## Workloads\n\n");
    row(out, "workloads", "from", "runs", "operations", "answers judged, by oracle");
    row(out, "---", "---", "---:", "---:", "---");
    for (WorkloadRuns runs : workloads) {
      String oracles =
          runs.oracles().entrySet().stream()
              .map(entry -> entry.getKey() + " " + number(entry.getValue()))
              .collect(Collectors.joining(", "));
      row(out, runs.name(), runs.origin(), number(runs.runs()), number(runs.ops()), oracles);
    }
  }

  private static void rules(StringBuilder out, String title, List<RuleResult> rules) {
    if (rules.isEmpty()) {
      return;
    }
    out.append("\n## ").append(title).append("\n\n");
    for (RuleResult rule : rules.subList(0, Math.min(rules.size(), MOST_RULES_SHOWN))) {
      out.append("- ").append(rule.topic()).append(": **").append(rule.rule()).append("**");
      if (!rule.needs().isEmpty()) {
        out.append(" (needs ").append(String.join(", ", rule.needs())).append(')');
      }
      out.append('\n');
      if (!rule.message().isEmpty()) {
        out.append("  `").append(rule.message().replace('`', '\'')).append("`\n");
      }
      rule.replay().ifPresent(file -> out.append("  replay: `").append(file).append("`\n"));
    }
    if (rules.size() > MOST_RULES_SHOWN) {
      out.append(
          String.format(
              Locale.ROOT, "- and %d more, in the JSON\n", rules.size() - MOST_RULES_SHOWN));
    }
  }

  private static void row(StringBuilder out, String... cells) {
    for (String cell : cells) {
      out.append("| ").append(cell(cell)).append(' ');
    }
    out.append("|\n");
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace('\n', ' ');
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
