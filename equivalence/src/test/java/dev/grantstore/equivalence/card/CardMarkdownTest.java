package dev.grantstore.equivalence.card;

import static dev.grantstore.equivalence.card.Cards.aCard;
import static dev.grantstore.equivalence.card.Cards.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.equivalence.card.Card.Outcome;
import dev.grantstore.equivalence.card.Card.RuleResult;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CardMarkdownTest {
  @Test
  void theWholePage() {
    RuleResult broken =
        new RuleResult(
            "page tokens",
            "a token is bound to its query",
            Outcome.FAILED,
            Set.of("READ"),
            "expected: `a` | `b`",
            Optional.of("target/equiv/x.replay"));

    assertThat(CardMarkdown.of(aCard(List.of(Cards.someRuns()), rule("a", Outcome.PASSED), broken)))
        .isEqualTo(
            """
            # Conformance of rocksdb

            **Breaks the contract.** 1 passed, 1 failed, 0 not claimed, 0 aborted, 0 not testable, 0 not run.

            | what | which |
            | --- | --- |
            | engine | rocksdb, rocksdbjni 11.8.1 |
            | contract run by | example.RocksTest |
            | date | 2026-11-21 |
            | Java | VM 17 |
            | system | Linux 6 amd64 |

            ## Capabilities

            | capability | is | rules kept | rules broken | rules not claimed |
            | --- | --- | ---: | ---: | ---: |
            | READ | claimed | 0 | 1 | 0 |
            | LOAD | not claimed | 0 | 0 | 0 |

            ## Topics

            | topic | passed | failed | not claimed | aborted | not testable | not run |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: |
            | topic a | 1 | 0 | 0 | 0 | 0 | 0 |
            | page tokens | 0 | 1 | 0 | 0 | 0 | 0 |

            ## Workloads

            | workloads | from | runs | operations | answers judged, by oracle |
            | --- | --- | ---: | ---: | --- |
            | generated | seeds 1 to 9 | 9 | 1,242 | O1 2,000, O3 12 |

            ## Broken rules

            - page tokens: **a token is bound to its query** (needs READ)
              `expected: 'a' | 'b'`
              replay: `target/equiv/x.replay`
            """);
  }

  @Test
  void itStaysOnePageHoweverMuchIsBroken() {
    RuleResult[] rules =
        IntStream.range(0, 300)
            .mapToObj(i -> rule(String.valueOf(i % 5), Outcome.FAILED))
            .toArray(RuleResult[]::new);

    assertThat(CardMarkdown.of(aCard(rules)))
        .contains("- and 280 more, in the JSON\n")
        .hasLineCount(52);
  }

  @Test
  void whatCouldNotBeFoundOutIsSaid() {
    RuleResult left =
        new RuleResult(
            "opening", "is refused", Outcome.NOT_TESTABLE, Set.of(), "root?", Optional.empty());

    assertThat(CardMarkdown.of(aCard(left)))
        .contains("**Keeps every rule it claims that could be tried here; 1 could not.** 0 passed")
        .contains("## Could not be found out here", "- opening: **is refused**\n  `root?`");
  }

  @Test
  void whatWasAbortedIsListedWithItsReason() {
    RuleResult aborted =
        new RuleResult(
            "opening", "is refused", Outcome.ABORTED, Set.of(), "no server", Optional.empty());

    assertThat(CardMarkdown.of(aCard(aborted)))
        .contains("**Not judged")
        .contains("## Given up before their end", "- opening: **is refused**\n  `no server`");
  }

  @Test
  void theLineForALogHasTheVerdictAndTheCounts() {
    assertThat(CardMarkdown.line(aCard(rule("a", Outcome.PASSED))))
        .isEqualTo(
            "rocksdb CONFORMS: 1 passed, 0 failed, 0 not claimed, 0 aborted, 0 not testable,"
                + " 0 not run.");
  }
}
