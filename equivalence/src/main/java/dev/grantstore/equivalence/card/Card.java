package dev.grantstore.equivalence.card;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Everything that stands on a conformance card.
 *
 * @param engine the engine's name
 * @param engineVersion its version, or a word for not knowing it
 * @param contract the name of the class that ran the contract
 * @param date when
 * @param java on which Java
 * @param system on which operating system
 * @param claims what the engine says of each capability
 * @param rules every rule of the contract, topic by topic
 * @param workloads what else was tried
 */
public record Card(
    String engine,
    String engineVersion,
    String contract,
    LocalDate date,
    String java,
    String system,
    List<Claim> claims,
    List<RuleResult> rules,
    List<WorkloadRuns> workloads) {
  /** Copies the lists. */
  public Card {
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(engineVersion, "engineVersion");
    Objects.requireNonNull(contract, "contract");
    Objects.requireNonNull(date, "date");
    Objects.requireNonNull(java, "java");
    Objects.requireNonNull(system, "system");
    claims = List.copyOf(claims);
    rules = List.copyOf(rules);
    workloads = List.copyOf(workloads);
  }

  /** {@return what it all comes to} */
  public Verdict verdict() {
    if (count(Outcome.FAILED) > 0) {
      return Verdict.BROKEN;
    }
    boolean isWhole = count(Outcome.NOT_RUN) + count(Outcome.ABORTED) == 0 && !rules.isEmpty();
    return isWhole ? Verdict.CONFORMS : Verdict.INCOMPLETE;
  }

  /** {@return the verdict in words; says so where rules could not be tried on this machine} */
  public String sentence() {
    long left = count(Outcome.NOT_TESTABLE);
    return left > 0 && verdict() == Verdict.CONFORMS
        ? String.format(
            Locale.ROOT, "Keeps every rule it claims that could be tried here; %d could not.", left)
        : verdict().sentence();
  }

  /** {@return the topics, in the order of their first rules} */
  public List<String> topics() {
    return rules.stream().map(RuleResult::topic).distinct().toList();
  }

  /**
   * {@return the rules with one outcome, in order}
   *
   * @param outcome which
   */
  public List<RuleResult> rules(Outcome outcome) {
    return rules.stream().filter(rule -> rule.outcome() == outcome).toList();
  }

  /**
   * {@return how many rules had that outcome}
   *
   * @param outcome which
   */
  public long count(Outcome outcome) {
    return rules(outcome).size();
  }

  /**
   * {@return how many rules of a topic had that outcome}
   *
   * @param topic which
   * @param outcome which
   */
  public long count(String topic, Outcome outcome) {
    return rules(outcome).stream().filter(rule -> rule.topic().equals(topic)).count();
  }

  /**
   * {@return how many rules that need a capability were kept and were broken}
   *
   * @param claim the capability
   */
  public Map<Outcome, Long> needing(Claim claim) {
    Map<Outcome, Long> counts = new TreeMap<>();
    for (RuleResult rule : new ArrayList<>(rules)) {
      if (rule.needs().contains(claim.capability())) {
        counts.merge(rule.outcome(), 1L, Long::sum);
      }
    }
    return counts;
  }
}
