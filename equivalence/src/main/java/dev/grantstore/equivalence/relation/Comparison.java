package dev.grantstore.equivalence.relation;

import dev.grantstore.equivalence.check.Answer;
import dev.grantstore.equivalence.check.Audit;
import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.check.History.Step;
import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.run.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Holds the history of a workload against that of its variation. Used once. */
public final class Comparison {
  private final String subject;
  private final Variation variation;
  private final Result ofBase;
  private final Result ofVaried;
  private final Answers base;
  private final Answers varied;

  private Comparison(String subject, Variation variation, Result ofBase, Result ofVaried) {
    this.subject = subject;
    this.variation = variation;
    this.ofBase = ofBase;
    this.ofVaried = ofVaried;
    this.base = new Answers(ofBase.history());
    this.varied = new Answers(ofVaried.history());
  }

  /**
   * {@return the first difference, told of the workload's operations; its signature begins with the
   * relation, unless the workload itself went wrong}
   *
   * @param subject the name of what gave the variation's history
   * @param variation what is held against what
   * @param base what came of the workload
   * @param varied what came of its variation
   */
  public static Optional<Divergence> first(
      String subject, Variation variation, Result base, Result varied) {
    return new Comparison(subject, variation, base, varied).first();
  }

  private Optional<Divergence> first() {
    Optional<Divergence> ofBaseAlone = ofBase.contradiction().or(this::lossOfBase);
    if (ofBaseAlone.isPresent()) {
      return ofBaseAlone;
    }
    SortedMap<Integer, List<Match>> matches = new TreeMap<>();
    for (Match match : variation.matches()) {
      matches.merge(match.at(), List.of(match), Comparison::both);
    }
    for (int number = 0; number <= variation.base().ops().size(); number++) {
      for (Match match : matches.getOrDefault(number, List.of())) {
        Optional<Divergence> found = differs(match);
        if (found.isPresent()) {
          return found;
        }
      }
      Optional<Divergence> found = shows(number);
      if (found.isPresent()) {
        return found;
      }
    }
    return wrongView().or(this::contradiction);
  }

  /** {@return where the run of the workload itself lost its store: an opening is never refused} */
  private Optional<Divergence> lossOfBase() {
    for (int number = 1; number <= variation.base().ops().size(); number++) {
      Optional<Answer> refusal = base.answer(number).filter(Answer::isRefused);
      if (refusal.isPresent() && Handles.isRestart(variation.base().ops().get(number - 1))) {
        Step step = new Step(number, Oracle.O9, kind(number), Answer.OK);
        return Optional.of(new Divergence(subject, step, refusal.get()));
      }
    }
    return Optional.empty();
  }

  private Optional<Divergence> differs(Match match) {
    Optional<Answer> expected = base.answer(match.of());
    Optional<Answer> actual = varied.answer(match.to());
    if (expected.isEmpty()) {
      return Optional.empty();
    }
    String kind =
        match.of().isEmpty() ? variation.variedOp(match.to().get(0)).kind() : kind(match.at());
    if (actual.isEmpty()) {
      return contradiction()
          .or(
              () ->
                  divergence(
                      match.at(), kind, expected.get(), Answer.of("Nothing: the run ended")));
    }
    return divergence(
        match.at(),
        kind,
        variation.mapping().ofBase(expected.get()),
        variation.mapping().ofVaried(actual.get()));
  }

  /** {@return what else is there after both have come to the same moment} */
  private Optional<Divergence> shows(int number) {
    Optional<Answer> expected = base.content(number);
    Optional<Answer> actual =
        Optional.ofNullable(variation.moments().get(number)).flatMap(varied::content);
    if (expected.isEmpty() || actual.isEmpty()) {
      return Optional.empty();
    }
    return divergence(
        number,
        Audit.KIND,
        variation.mapping().ofBase(expected.get()),
        variation.mapping().ofVaried(actual.get()));
  }

  /** {@return what a view shows that the store did not show just before} */
  private Optional<Divergence> wrongView() {
    for (Map.Entry<Integer, Integer> view : variation.views().entrySet()) {
      Optional<Answer> expected = varied.content(view.getKey() - 1);
      Optional<Answer> actual = varied.answer(view.getKey());
      if (expected.isPresent() && actual.isPresent()) {
        Optional<Divergence> found =
            divergence(
                view.getValue(),
                variation.variedOp(view.getKey()).kind(),
                expected.get(),
                actual.get());
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** {@return where the variation's answers contradict each other, which the workload's do not} */
  private Optional<Divergence> contradiction() {
    return ofVaried
        .contradiction()
        .flatMap(
            found ->
                divergence(
                    before(found.expected().op()),
                    found.expected().kind(),
                    found.expected().answer(),
                    found.actual()));
  }

  /** {@return the last of the workload's operations that is done when this one of the other is} */
  private int before(int variedNumber) {
    int last = 0;
    for (Map.Entry<Integer, Integer> moment : variation.moments().entrySet()) {
      if (moment.getValue() <= variedNumber) {
        last = Math.max(last, moment.getKey());
      }
    }
    return last;
  }

  private Optional<Divergence> divergence(int number, String kind, Answer expected, Answer actual) {
    return expected.equals(actual)
        ? Optional.empty()
        : Optional.of(
            new Divergence(
                subject, new Step(number, variation.relation(), kind, expected), actual));
  }

  private String kind(int number) {
    return variation.base().ops().get(number - 1).kind();
  }

  private static List<Match> both(List<Match> some, List<Match> others) {
    List<Match> both = new ArrayList<>(some);
    both.addAll(others);
    return both;
  }
}
