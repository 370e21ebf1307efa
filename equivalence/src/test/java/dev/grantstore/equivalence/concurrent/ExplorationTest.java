package dev.grantstore.equivalence.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.equivalence.run.ForgetfulSubject;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Workload;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said to be searched whole is, by numbers that can be told beforehand. */
final class ExplorationTest {
  private static final int MANY = 100_000;

  /**
   * Without cuts the lanes go one after the other, in each order that there is: which comes next
   * where one has ended is no cut.
   */
  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 6", "4, 24"})
  void withoutCutsEachOrderOfTheLanesIsTried(int lanes, long orders) {
    Exploration.Result result = explore(lanes, 0, MANY);

    assertThat(result.schedules()).isEqualTo(orders);
    assertThat(result.isWhole()).isTrue();
    assertThat(result.found()).isEmpty();
  }

  /** Each lane comes to one point, before its call, where it can be cut. */
  @ParameterizedTest
  @CsvSource({"2, 1", "2, 2", "3, 1"})
  void withMoreCutsMoreIsTriedAndOneTooFewIsNotWhole(int lanes, int cuts) {
    long schedules = explore(lanes, cuts, MANY).schedules();

    assertThat(schedules).isGreaterThan(explore(lanes, cuts - 1, MANY).schedules());
    assertThat(explore(lanes, cuts, (int) schedules).isWhole()).isTrue();
    assertThat(explore(lanes, cuts, (int) schedules - 1).isWhole()).isFalse();
  }

  private static Exploration.Result explore(int lanes, int cuts, int most) {
    Workload setup = new Workload(1, List.of("g"), List.of("s"), List.of());
    Program program =
        new Program(setup, Collections.nCopies(lanes, List.<Op>of(new Op.ListSyncs(0))));
    try (Trial trial = new Trial(program, ForgetfulSubject.memory())) {
      return new Exploration(cuts, most, 0).run(trial, lanes, 1, () -> false);
    }
  }
}
