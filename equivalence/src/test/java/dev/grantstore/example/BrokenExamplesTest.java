package dev.grantstore.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.grantstore.equivalence.replay.ReplayFile;
import dev.grantstore.equivalence.testkit.GrantStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Whoever breaks a rule is told which, by the test's name, its message, and the card. */
final class BrokenExamplesTest {
  @TempDir Path cards;

  @Test
  void aWrongOrderIsNamed() throws IOException {
    Map<String, String> failures = failuresOf(BrokenExamples.WrongOrder.class, "Reading");

    String rule = "by principal is ordered by entitlement type resource id and grant id";
    assertThat(failures).containsKey(rule);
    assertThat(failures.get(rule))
        .startsWith(String.format(Locale.ROOT, "WrongOrder breaks the rule \"reading: %s\"", rule));
    assertThat(cardOf(BrokenExamples.WrongOrder.class))
        .contains(
            "**Breaks the contract.**", String.format(Locale.ROOT, "- reading: **%s**\n", rule));
  }

  @Test
  void aRowLostBetweenPagesIsNamedAndAFailingWorkloadReducedAndKept() throws IOException {
    Map<String, String> failures =
        failuresOf(
            BrokenExamples.LossyToken.class,
            "Pages",
            "Concurrent",
            "RandomWorkloads",
            "ExhaustiveWorkloads");

    String rule = "pages of any size equal the cursors list";
    assertThat(failures).containsKey(rule);
    assertThat(failures.get(rule)).startsWith("LossyToken breaks the rule \"pages: " + rule);
    assertThat(cardOf(BrokenExamples.LossyToken.class))
        .contains(String.format(Locale.ROOT, "- pages: **%s**", rule));
    JsonNode card = new ObjectMapper().readTree(cards.resolve("card-LossyToken.json").toFile());
    assertThat(card.get("rules"))
        .filteredOn(kept -> kept.get("topic").asText().endsWith("workloads"))
        .hasSize(2)
        .allSatisfy(
            kept -> {
              Path replay = Path.of(kept.get("replay").asText());
              assertThat(replay).hasParent(cards);
              assertThat(ReplayFile.parse(Files.readString(replay)).workload().ops())
                  .hasSizeLessThan(8);
            });
    assertThat(card.get("workloads")).hasSize(3).allMatch(w -> w.get("runs").asInt() > 0);
  }

  @Test
  void aClaimThatIsNotKeptIsNamed() throws IOException {
    Map<String, String> failures = failuresOf(BrokenExamples.FalseClaim.class);

    assertThat(failures.get("brings in a sealed sync"))
        .startsWith("FalseClaim breaks the rule \"bulk loading: brings in a sealed sync\"")
        .contains("claimed, but UNSUPPORTED when it is used: [BULK_LOAD]");
    JsonNode card = new ObjectMapper().readTree(cards.resolve("card-FalseClaim.json").toFile());
    assertThat(card.get("verdict").asText()).isEqualTo("BROKEN");
    assertThat(card.get("rules"))
        .filteredOn(rule -> rule.get("outcome").asText().equals("failed"))
        .hasSameSizeAs(failures.keySet())
        .filteredOn(rule -> !rule.get("topic").asText().matches(".*workloads|concurrent"))
        .allMatch(rule -> rule.path("needs").asText().contains("BULK_LOAD"));
  }

  @Test
  void whatWasNotRunIsNotPassedOver() throws IOException {
    EngineTestKit.engine("junit-jupiter")
        .selectors(
            DiscoverySelectors.selectNestedClass(
                List.of(ExampleGrantStoreContractTest.class.getName()),
                GrantStoreContract.class.getName() + "$Digest"))
        .configurationParameter("equiv.cards", cards.toString())
        .execute()
        .testEvents()
        .assertStatistics(statistics -> statistics.failed(0));

    JsonNode card = new ObjectMapper().readTree(cards.resolve("card-example.json").toFile());
    assertThat(card.get("verdict").asText()).isEqualTo("INCOMPLETE");
    assertThat(card.get("topics"))
        .filteredOn(topic -> topic.get("topic").asText().equals("digest"))
        .allMatch(topic -> topic.get("passed").asInt() > 0 && topic.get("not run").asInt() == 0);
    assertThat(card.get("topics"))
        .filteredOn(topic -> !topic.get("topic").asText().equals("digest"))
        .hasSize(24)
        .allMatch(topic -> topic.get("passed").asInt() == 0 && topic.get("not run").asInt() > 0);
  }

  /**
   * {@return the messages of the tests that failed, by display name}
   *
   * @param topics to run; all if none is named
   */
  private Map<String, String> failuresOf(Class<?> contract, String... topics) {
    Map<String, String> failures = new LinkedHashMap<>();
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectors(contract, topics))
        .configurationParameter("equiv.cards", cards.toString())
        .configurationParameter("equiv.tries", "30")
        .configurationParameter("equiv.depth", "2")
        // Without it there are 24, most of what the suite then takes; they are not what breaks
        // here.
        .configurationParameter("equiv.programs", "2")
        .execute()
        .testEvents()
        .failed()
        .stream()
        .forEach(event -> failures.put(event.getTestDescriptor().getDisplayName(), message(event)));
    return failures;
  }

  private static DiscoverySelector[] selectors(Class<?> contract, String... topics) {
    return topics.length == 0
        ? new DiscoverySelector[] {DiscoverySelectors.selectClass(contract)}
        : Stream.of(topics)
            .map(
                topic ->
                    DiscoverySelectors.selectNestedClass(
                        List.of(contract.getName()),
                        GrantStoreContract.class.getName() + "$" + topic))
            .toArray(DiscoverySelector[]::new);
  }

  private static String message(Event event) {
    return event
        .getPayload(TestExecutionResult.class)
        .flatMap(TestExecutionResult::getThrowable)
        .map(Throwable::getMessage)
        .orElse("");
  }

  private String cardOf(Class<?> contract) throws IOException {
    return Files.readString(
        cards.resolve(String.format(Locale.ROOT, "card-%s.md", contract.getSimpleName())));
  }
}
