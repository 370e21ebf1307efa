package dev.grantstore.bench.report.html;

import dev.grantstore.bench.compare.Change;
import dev.grantstore.bench.compare.Change.Certainty;
import dev.grantstore.bench.compare.Standing;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.EngineResult;
import dev.grantstore.bench.statistics.RatioInterval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The engines beside each other in one outcome of one question.
 *
 * @param question what was asked
 * @param outcome the outcome's name
 * @param yardstick what is drawn of them
 * @param standing what is said of them
 * @param contenders the stores, in the order in which they stand
 * @param harness the null engine, where it was asked too
 * @param sameGrants whether all of them hold the same grants
 */
record Comparison(
    Question question,
    String outcome,
    Yardstick yardstick,
    Standing standing,
    List<Contender> contenders,
    List<Contender> harness,
    boolean sameGrants) {

  /**
   * The fastest against another.
   *
   * @param other the slower one
   * @param change from the fastest to the other
   */
  record Rival(Contender other, Change change) {
    RatioInterval ratio() {
      return change.ratio();
    }

    Certainty certainty() {
      return change.certainty();
    }

    /** {@return whether there is a difference to speak of} */
    boolean isDifference() {
      return certainty() == Certainty.SURE || certainty() == Certainty.ALONE;
    }
  }

  static List<Comparison> of(RunResult result, Marks marks) {
    List<Comparison> all = new ArrayList<>();
    List<Standing> standings = Standing.of(result);
    for (Question question : Question.of(result)) {
      for (String outcome : question.outcomes()) {
        Standing standing = Standing.in(standings, question.name(), outcome);
        all.add(of(result, question, standing, marks));
      }
    }
    return all;
  }

  private static Comparison of(
      RunResult result, Question question, Standing standing, Marks marks) {
    String outcome = standing.outcome();
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
    contenders.sort(Comparator.comparingInt(contender -> place(standing, contender)));
    return new Comparison(
        question,
        outcome,
        yardstick,
        standing,
        contenders,
        harness,
        sameGrants(result, contenders));
  }

  /** {@return the fastest against each of the others, in order; empty where there are no others} */
  List<Rival> rivals() {
    List<Rival> rivals = new ArrayList<>();
    for (Contender other : contenders) {
      standing.lead(other.engine()).ifPresent(change -> rivals.add(new Rival(other, change)));
    }
    return rivals;
  }

  /** {@return whether the fastest is claimed to be} */
  boolean isClaimed() {
    return standing.isFastest(contenders.get(0).engine());
  }

  /** Those that do not stand anywhere come last. */
  private static int place(Standing standing, Contender contender) {
    int place = standing.engines().indexOf(contender.engine());
    return place < 0 ? standing.engines().size() : place;
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
