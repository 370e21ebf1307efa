package dev.grantstore.equivalence.card;

import dev.grantstore.equivalence.check.Coverage;
import dev.grantstore.equivalence.check.Oracle;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

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

  /**
   * What an engine says of one capability that it may leave out.
   *
   * @param capability its name
   * @param isClaimed whether the engine claims it
   */
  public record Claim(String capability, boolean isClaimed) {
    /** Refuses null. */
    public Claim {
      Objects.requireNonNull(capability, "capability");
    }
  }

  /** What came of one rule. */
  public enum Outcome {
    /** The rule is kept. */
    PASSED("passed"),
    /** The rule is broken. */
    FAILED("failed"),
    /** The engine does not claim to be able to do this. */
    NOT_CLAIMED("not claimed"),
    /** It was given up before its end, and the result says why. */
    ABORTED("aborted"),
    /** This machine cannot show it, and the result says why. */
    NOT_TESTABLE("not testable"),
    /** Nobody tried: it was left out of the run, or is disabled. */
    NOT_RUN("not run");

    private final String label;

    Outcome(String label) {
      this.label = label;
    }

    /** {@return the words for it on a card} */
    public String label() {
      return label;
    }
  }

  /** What a whole card comes to. */
  public enum Verdict {
    /**
     * Every rule that the engine claims was tried and is kept, but for those that this machine
     * cannot show: the card lists them and its sentence counts them.
     */
    CONFORMS("Keeps every rule it claims."),
    /** At least one rule is broken. */
    BROKEN("Breaks the contract."),
    /** Nothing is broken, but rules were left out, or were given up before their end. */
    INCOMPLETE("Not judged: not every rule was run to its end.");

    private final String sentence;

    Verdict(String sentence) {
      this.sentence = sentence;
    }

    /** {@return the sentence for it; a card knows more, see {@link Card#sentence}} */
    public String sentence() {
      return sentence;
    }
  }

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
      needs = Collections.unmodifiableSortedSet(new TreeSet<>(needs));
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

  /**
   * Many workloads, run against the engine and the reference.
   *
   * @param name what kind of workloads
   * @param origin where they came from: seeds, or depth and number of all there are
   * @param runs how many were run
   * @param coverage what they did to the engine
   * @param oracles how many answers each oracle judged
   */
  public record WorkloadRuns(
      String name, String origin, long runs, Coverage coverage, SortedMap<Oracle, Long> oracles) {
    /** Copies the map. */
    public WorkloadRuns {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(origin, "origin");
      Objects.requireNonNull(coverage, "coverage");
      oracles = Collections.unmodifiableSortedMap(new TreeMap<>(oracles));
    }

    /** {@return how many operations were done} */
    public long ops() {
      return coverage.ops().values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * {@return the sum of two maps of counts}
     *
     * @param one counts
     * @param other counts
     */
    public static SortedMap<Oracle, Long> sum(Map<Oracle, Long> one, Map<Oracle, Long> other) {
      SortedMap<Oracle, Long> sum = new TreeMap<>(one);
      other.forEach((oracle, count) -> sum.merge(oracle, count, Long::sum));
      return sum;
    }
  }
}
