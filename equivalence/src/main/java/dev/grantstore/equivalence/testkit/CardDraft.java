package dev.grantstore.equivalence.testkit;

import dev.grantstore.GrantStoreProvider;
import dev.grantstore.GrantStores;
import dev.grantstore.equivalence.card.Card;
import dev.grantstore.equivalence.card.Card.Claim;
import dev.grantstore.equivalence.card.Card.Outcome;
import dev.grantstore.equivalence.card.Card.RuleResult;
import dev.grantstore.equivalence.card.Card.WorkloadRuns;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a run of the contract has come to so far. Thread-safe. */
final class CardDraft {
  private final Class<?> contract;
  private final Map<String, RuleResult> rules = new LinkedHashMap<>();
  private final List<WorkloadRuns> workloads = new ArrayList<>();
  private String scheme = "";
  private Set<Capability> claims = EnumSet.noneOf(Capability.class);

  /** Starts with every rule not run. */
  CardDraft(Class<?> contract) {
    this.contract = contract;
    ContractRules.of(contract)
        .forEach(rule -> rules.put(rule.key(), RuleResult.notRun(rule.topic(), rule.words())));
  }

  synchronized void describe(GrantStoreContract engine) {
    scheme = engine.scheme();
    claims = Set.copyOf(engine.claims());
  }

  /** Takes a result; a failure stays one, whatever comes after. */
  synchronized void add(String key, RuleResult result) {
    RuleResult before = rules.get(key);
    if (before == null || before.outcome() != Outcome.FAILED) {
      rules.put(key, result);
    }
  }

  synchronized void add(WorkloadRuns runs) {
    workloads.add(runs);
  }

  /** {@return what the card's files are named after} */
  synchronized String name() {
    return scheme.isEmpty() ? contract.getSimpleName() : scheme;
  }

  synchronized Card card(LocalDate date) {
    List<Claim> claimed = new ArrayList<>();
    for (Capability capability : Capability.values()) {
      claimed.add(new Claim(capability.name(), claims.contains(capability)));
    }
    return new Card(
        name(),
        version(),
        contract.getName(),
        date,
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        String.format(
            Locale.ROOT,
            "%s %s %s",
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch")),
        claimed,
        List.copyOf(rules.values()),
        workloads);
  }

  private String version() {
    GrantStoreProvider provider = GrantStores.providers().get(scheme);
    return provider == null ? "version unknown" : provider.engineVersion();
  }
}
