package dev.grantstore.equivalence.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.equivalence.check.Answer;
import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.check.History.Step;
import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Workload;
import dev.grantstore.equivalence.workload.WorkloadGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ReducerTest {
  /** Time stands still, so that reductions end by their number of runs on any machine. */
  private static final Clock STOPPED = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  private static final Workload LONG =
      LongStream.iterate(8, seed -> seed + 1)
          .mapToObj(WorkloadGenerator.exactly(200)::generate)
          .filter(workload -> fails(workload).isPresent())
          .findFirst()
          .orElseThrow();

  @Test
  void onlyWhatMakesItFailIsLeft() {
    Reduction reduction = reduce(LONG, Budget.DEFAULT);

    assertThat(reduction.workload().ops().stream().map(Op::kind)).containsExactly("put", "delete");
    assertThat(reduction.workload().ids()).containsExactly("a");
    assertThat(reduction.workload().syncs()).containsExactly("s");
    assertThat(reduction.isComplete()).isTrue();
  }

  @Test
  void theBudgetOfRunsIsKept() {
    Reduction reduction = reduce(LONG, new Budget(3, Duration.ofHours(1)));

    assertThat(reduction.runs()).isEqualTo(3);
    assertThat(reduction.isComplete()).isFalse();
    assertThat(fails(reduction.workload())).isPresent();
  }

  @Test
  void theBudgetOfTimeIsKept() {
    assertThat(reduce(LONG, new Budget(1_000, Duration.ZERO)).runs()).isZero();
  }

  @Test
  void anotherFailureIsNotAccepted() {
    Divergence other =
        new Divergence("test", new Step(200, Oracle.O2, "audit", Answer.OK), Answer.of("x"));

    Reduction reduction =
        new Reducer(ReducerTest::fails, Budget.DEFAULT, STOPPED).reduce(LONG, other);

    assertThat(reduction.workload()).isEqualTo(LONG);
    assertThat(reduction.divergence()).isEqualTo(other);
  }

  private static Reduction reduce(Workload workload, Budget budget) {
    Divergence found = fails(workload).orElseThrow();
    return new Reducer(ReducerTest::fails, budget, STOPPED).reduce(workload, found);
  }

  /** Fails where a delete comes after a put, whatever of. */
  private static Optional<Divergence> fails(Workload workload) {
    boolean isPut = false;
    for (int i = 0; i < workload.ops().size(); i++) {
      Op op = workload.ops().get(i);
      isPut |= op instanceof Op.Put;
      if (isPut && op instanceof Op.Delete) {
        Step step = new Step(i + 1, Oracle.O1, "delete", Answer.OK);
        return Optional.of(new Divergence("test", step, Answer.of("x")));
      }
    }
    return Optional.empty();
  }
}
