package dev.grantstore.equivalence.card;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One rule of the contract and what came of it.
 *
 * @param topic what the rule is about, in words
 * @param rule the rule, in words
 * @param outcome what came of it
 * @param needs the capabilities without which the rule does not apply
 * @param message why it failed, was aborted or was not run, on one line; else empty
 * @param replay the file of the workload that shows the failure, if there is one
 */
public record RuleResult(
    String topic,
    String rule,
    Outcome outcome,
    Set<String> needs,
    String message,
    Optional<String> replay) {
  private static final int MOST_MESSAGE = 300;

  /** Copies the set, and puts the message on one line, which is cut when it is long. */
  public RuleResult {
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(replay, "replay");
    needs = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(needs));
    message = oneLine(message);
  }

  /**
   * {@return a rule that nobody tried}
   *
   * @param topic what it is about
   * @param rule the rule
   */
  public static RuleResult notRun(String topic, String rule) {
    return new RuleResult(topic, rule, Outcome.NOT_RUN, Set.of(), "", Optional.empty());
  }

  /** Whatever is not printable ASCII is written as an escape: messages show ids of all kinds. */
  private static String oneLine(String text) {
    String plain = text.strip().replaceAll("\\s+", " ");
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (out.length() >= MOST_MESSAGE) {
        return out.append("...").toString();
      }
      if (c >= 0x20 && c < 0x7f) {
        out.append(c);
      } else {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    return out.toString();
  }
}
