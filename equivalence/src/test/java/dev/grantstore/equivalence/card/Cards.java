package dev.grantstore.equivalence.card;

import dev.grantstore.equivalence.card.Card.Claim;
import dev.grantstore.equivalence.card.Card.Outcome;
import dev.grantstore.equivalence.card.Card.RuleResult;
import dev.grantstore.equivalence.card.Card.WorkloadRuns;
import dev.grantstore.equivalence.check.Coverage;
import dev.grantstore.equivalence.check.Fact;
import dev.grantstore.equivalence.check.Oracle;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Cards to test with. */
final class Cards {
  private Cards() {}

  static Card aCard(RuleResult... rules) {
    return aCard(List.of(), rules);
  }

  static Card aCard(List<WorkloadRuns> workloads, RuleResult... rules) {
    return new Card(
        "rocksdb",
        "rocksdbjni 11.8.1",
        "example.RocksTest",
        LocalDate.of(2026, 11, 21),
        "VM 17",
        "Linux 6 amd64",
        List.of(new Claim("READ", true), new Claim("LOAD", false)),
        List.of(rules),
        workloads);
  }

  static RuleResult rule(String name, Outcome outcome, String... needs) {
    return new RuleResult(
        "topic " + name, "rule " + name, outcome, Set.of(needs), "", Optional.empty());
  }

  static WorkloadRuns someRuns() {
    Coverage coverage =
        new Coverage(
            Map.of(Fact.SEAL, 3L, Fact.INSERT, 7L),
            new TreeMap<>(Map.of("put ok", 7L, "seal ok", 1_235L)),
            new TreeMap<>());
    return new WorkloadRuns(
        "generated",
        "seeds 1 to 9",
        9,
        coverage,
        new TreeMap<>(Map.of(Oracle.O3, 12L, Oracle.O1, 2_000L)));
  }
}
