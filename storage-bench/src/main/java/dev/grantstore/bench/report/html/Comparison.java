package dev.grantstore.bench.report.html;

import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.EngineResult;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.statistics.RatioInterval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The engines beside each other in one outcome of one question.
 *
 * @param question what was asked
 * @param outcome the outcome's name
 * @param yardstick what they are compared by
 * @param contenders the stores, fastest first
 * @param harness the null engine, where it was asked too
 * @param sameGrants whether all of them hold the same grants
 */
record Comparison(
    Question question,
    String outcome,
    Yardstick yardstick,
    List<Contender> contenders,
    List<Contender> harness,
    boolean sameGrants) {

  /**
   * The fastest against another.
   *
   * @param other the slower one
   * @param ratio how many times as fast the fastest is
   * @param certainty of that
   */
  record Rival(Contender other, RatioInterval ratio, Certainty certainty) {}

  static List<Comparison> of(RunResult result, Marks marks) {
    List<Comparison> all = new ArrayList<>();
    for (Question question : Question.of(result)) {
      for (String outcome : question.outcomes()) {
        all.add(of(result, question, outcome, marks));
      }
    }
    return all;
  }

  static Comparison of(RunResult result, Question question, String outcome, Marks marks) {
    Yardstick yardstick = Yardstick.of(question.engines(), outcome);
    List<Contender> contenders = new ArrayList<>();
    List<Contender> harness = new ArrayList<>();
    for (CellSeries series : question.engines()) {
      yardstick
          .figure(series, outcome)
          .filter(figure -> figure.forks().stream().allMatch(value -> value > 0))
          .map(figure -> new Contender(series, figure))
          .ifPresent(marks.isHarness(series.engine()) ? harness::add : contenders::add);
    }
    Comparator<Contender> slowestFirst = Comparator.comparingDouble(c -> c.figure().value());
    contenders.sort(yardstick.higherIsBetter() ? slowestFirst.reversed() : slowestFirst);
    return new Comparison(
        question, outcome, yardstick, contenders, harness, sameGrants(result, contenders));
  }

  /** {@return the fastest against each of the others, in order; empty where there are no others} */
  List<Rival> rivals() {
    List<Rival> rivals = new ArrayList<>();
    for (Contender other : contenders.subList(Math.min(1, contenders.size()), contenders.size())) {
      rivals.add(rival(contenders.get(0), other));
    }
    return rivals;
  }

  /** {@return one against another, which is not faster} */
  Rival rival(Contender leader, Contender other) {
    double[] leading = leader.figure().values();
    double[] behind = other.figure().values();
    RatioInterval ratio =
        yardstick.higherIsBetter()
            ? RatioInterval.ofSeparate(behind, leading)
            : RatioInterval.ofSeparate(leading, behind);
    return new Rival(other, ratio, Certainty.of(leader, other, ratio));
  }

  private static boolean sameGrants(RunResult result, List<Contender> contenders) {
    List<String> names = contenders.stream().map(Contender::engine).toList();
    return result.engines().stream()
            .filter(engine -> names.contains(engine.name()))
            .map(EngineResult::fixture)
            .map(fixture -> fixture.digest())
            .distinct()
            .count()
        <= 1;
  }
}
