package dev.grantstore.equivalence.card;

import static dev.grantstore.equivalence.card.Cards.aCard;
import static dev.grantstore.equivalence.card.Cards.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.equivalence.card.Card.Claim;
import dev.grantstore.equivalence.card.Card.Outcome;
import dev.grantstore.equivalence.card.Card.RuleResult;
import dev.grantstore.equivalence.card.Card.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CardTest {
  @Test
  void allRulesKeptOrNotClaimedConforms() {
    assertThat(aCard(rule("a", Outcome.PASSED), rule("b", Outcome.NOT_CLAIMED)).verdict())
        .isEqualTo(Verdict.CONFORMS);
  }

  @Test
  void whatThisMachineCannotShowIsNotHeldAgainstAnEngineButSaid() {
    Card card = aCard(rule("a", Outcome.PASSED), rule("b", Outcome.NOT_TESTABLE));

    assertThat(card.verdict()).isEqualTo(Verdict.CONFORMS);
    assertThat(card.sentence())
        .isEqualTo("Keeps every rule it claims that could be tried here; 1 could not.");
    assertThat(aCard(rule("a", Outcome.PASSED)).sentence())
        .isEqualTo("Keeps every rule it claims.");
  }

  @Test
  void aRuleThatWasAbortedLeavesItOpen() {
    Card card =
        aCard(
            rule("a", Outcome.PASSED), rule("b", Outcome.ABORTED), rule("c", Outcome.NOT_TESTABLE));

    assertThat(card.verdict()).isEqualTo(Verdict.INCOMPLETE);
    assertThat(card.sentence()).isEqualTo("Not judged: not every rule was run to its end.");
  }

  @Test
  void oneBrokenRuleBreaksTheContract() {
    assertThat(aCard(rule("a", Outcome.NOT_RUN), rule("b", Outcome.FAILED)).verdict())
        .isEqualTo(Verdict.BROKEN);
  }

  @Test
  void aRuleThatWasNotRunLeavesItOpen() {
    assertThat(aCard(rule("a", Outcome.PASSED), rule("b", Outcome.NOT_RUN)).verdict())
        .isEqualTo(Verdict.INCOMPLETE);
  }

  @Test
  void noRulesAtAllAreNoConformance() {
    assertThat(aCard().verdict()).isEqualTo(Verdict.INCOMPLETE);
  }

  @Test
  void rulesAreCountedByTheCapabilityTheyNeed() {
    Card card = aCard(rule("a", Outcome.PASSED, "READ"), rule("b", Outcome.FAILED, "READ", "LOAD"));

    assertThat(card.needing(new Claim("READ", true)))
        .isEqualTo(Map.of(Outcome.PASSED, 1L, Outcome.FAILED, 1L));
    assertThat(card.needing(new Claim("LOAD", true))).isEqualTo(Map.of(Outcome.FAILED, 1L));
    assertThat(card.needing(new Claim("OTHER", true))).isEmpty();
  }

  @Test
  void aMessageIsOneLineOfPrintableAsciiAndNotTooLong() {
    assertThat(message("\nexpected:\n  \"u\u0000\u00e9\"\n"))
        .isEqualTo("expected: \"u\\u0000\\u00e9\"");
    assertThat(message("x".repeat(10_000))).hasSizeLessThan(400).endsWith("...");
  }

  private static String message(String text) {
    return new RuleResult("topic", "rule", Outcome.FAILED, Set.of(), text, Optional.empty())
        .message();
  }

  @Test
  void topicsComeInTheOrderOfTheirFirstRules() {
    Card card = aCard(rule("b", Outcome.PASSED), rule("a", Outcome.PASSED));

    assertThat(card.topics()).isEqualTo(List.of("topic b", "topic a"));
  }
}
