package dev.grantstore.equivalence.relation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.equivalence.check.Answer;
import dev.grantstore.equivalence.check.Coverage;
import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.check.History;
import dev.grantstore.equivalence.check.History.Step;
import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.run.Result;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Of which operation of the workload it is told that the variation went wrong. */
final class ComparisonTest {
  private static final Workload BASE = workload(3);
  private static final Answer WRONG = Answer.of("wrong");

  /** Behind the second operation the variation has two of its own. */
  private static final Variation VARIED =
      new Variation(
          Oracle.R3,
          BASE,
          workload(5),
          List.of(match(1, 1), match(2, 2), match(3, 5)),
          new TreeMap<>(Map.of(0, 0, 1, 1, 2, 2, 3, 5)),
          new TreeMap<>(),
          Mapping.SAME);

  @Test
  void aContradictionIsToldOfTheLastOperationThatWasDone() {
    int[] told = {1, 2, 2, 2, 3};
    for (int at = 1; at <= 5; at++) {
      assertThat(first(result(3, 0), contradicting(at))).contains(divergence(told[at - 1]));
    }
  }

  @Test
  void anotherAnswerIsToldOfTheOperationThatIsAnsweredAlike() {
    Map<Integer, Integer> told = Map.of(1, 1, 2, 2, 5, 3);
    for (int wrong = 1; wrong <= 5; wrong++) {
      assertThat(first(result(3, 0), result(5, wrong)))
          .isEqualTo(Optional.ofNullable(told.get(wrong)).map(ComparisonTest::divergence));
    }
  }

  @Test
  void whereNothingDiffersNothingIsTold() {
    assertThat(first(result(3, 0), result(5, 0))).isEmpty();
  }

  private static Optional<Divergence> first(Result base, Result varied) {
    return Comparison.first("subject", VARIED, base, varied);
  }

  private static Divergence divergence(int number) {
    return new Divergence("subject", new Step(number, Oracle.R3, "flush", Answer.OK), WRONG);
  }

  private static Result result(int ops, int wrong) {
    List<Step> steps = new ArrayList<>();
    for (int number = 1; number <= ops; number++) {
      steps.add(new Step(number, Oracle.O1, "flush", number == wrong ? WRONG : Answer.OK));
    }
    return new Result(new History(steps), Coverage.NONE, Optional.empty());
  }

  private static Result contradicting(int at) {
    Step right = new Step(at, Oracle.O1, "flush", Answer.OK);
    return new Result(
        result(5, 0).history(),
        Coverage.NONE,
        Optional.of(new Divergence("subject", right, WRONG)));
  }

  private static Match match(int base, int varied) {
    return new Match(base, List.of(base), List.of(varied));
  }

  private static Workload workload(int flushes) {
    List<Op> ops = new ArrayList<>();
    for (int i = 0; i < flushes; i++) {
      ops.add(new Op.Flush());
    }
    return new Workload(0, List.of(), List.of(), ops);
  }
}
