package dev.grantstore.equivalence.card;

import dev.grantstore.equivalence.card.Card.Claim;
import dev.grantstore.equivalence.card.Card.Outcome;
import dev.grantstore.equivalence.card.Card.RuleResult;
import dev.grantstore.equivalence.card.Card.WorkloadRuns;
import java.util.List;

/**
 * A card as JSON, for programs. Members come in a fixed order and are only ever added, so that two
 * cards can be compared line by line.
 */
public final class CardJson {
  private static final int FORMAT = 1;

  private CardJson() {}

  /**
   * {@return the object, indented, in ASCII}
   *
   * @param card what it says
   */
  public static String of(Card card) {
    return JsonText.object()
        .member("format", FORMAT)
        .member("engine", card.engine())
        .member("engineVersion", card.engineVersion())
        .member("contract", card.contract())
        .member("date", card.date().toString())
        .member("java", card.java())
        .member("system", card.system())
        .member("verdict", card.verdict().name())
        .members("capabilities", card.claims(), CardJson::claim)
        .members("topics", card.topics(), (json, topic) -> topic(json, card, topic))
        .members("workloads", card.workloads(), CardJson::workloads)
        .members("rules", card.rules(), CardJson::rule)
        .text();
  }

  private static void claim(JsonText json, Claim claim) {
    json.member("capability", claim.capability()).member("claimed", claim.isClaimed());
  }

  private static void topic(JsonText json, Card card, String topic) {
    json.member("topic", topic);
    for (Outcome outcome : Outcome.values()) {
      json.member(outcome.label(), card.count(topic, outcome));
    }
  }

  private static void workloads(JsonText json, WorkloadRuns runs) {
    json.member("name", runs.name())
        .member("origin", runs.origin())
        .member("runs", runs.runs())
        .member("operations", runs.ops())
        .members(
            "oracles",
            List.copyOf(runs.oracles().entrySet()),
            (count, entry) ->
                count.member("oracle", entry.getKey().name()).member("answers", entry.getValue()))
        .members(
            "done",
            List.copyOf(runs.coverage().facts().entrySet()).stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .toList(),
            (count, entry) ->
                count.member("fact", entry.getKey().name()).member("count", entry.getValue()));
  }

  private static void rule(JsonText json, RuleResult rule) {
    json.member("topic", rule.topic())
        .member("rule", rule.rule())
        .member("outcome", rule.outcome().label());
    if (!rule.needs().isEmpty()) {
      json.member("needs", String.join(" ", rule.needs()));
    }
    if (!rule.message().isEmpty()) {
      json.member("message", rule.message());
    }
    rule.replay().ifPresent(file -> json.member("replay", file));
  }
}
