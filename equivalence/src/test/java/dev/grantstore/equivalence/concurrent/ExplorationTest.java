package dev.grantstore.equivalence.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.WorkloadGenerator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** "All schedules up to a bound" are all, and each once: against all orders that there are. */
final class ExplorationTest {
  private static final Program PROGRAM =
      new Program(
          WorkloadGenerator.upTo(5).generate(0).withOps(List.of()),
          List.of(List.of(new Op.ListSyncs(0))));

  private final List<List<Integer>> tried = new ArrayList<>();

  @Test
  void allOrdersUpToTheBoundAreTriedOnce() {
    for (int[] steps : new int[][] {{1}, {2, 2}, {3, 2}, {0, 4}, {4, 4}, {1, 1, 1}, {2, 2, 2}}) {
      for (int bound = 0; bound <= 3; bound++) {
        tried.clear();

        Exploration.Result result =
            new Exploration(bound, Integer.MAX_VALUE, 0)
                .run(running(steps, order -> false), steps.length, 1, () -> false);

        Set<List<Integer>> expected = new HashSet<>();
        for (List<Integer> order : orders(steps)) {
          if (cuts(order, steps) <= bound) {
            expected.add(order);
          }
        }
        assertThat(tried)
            .as("%s steps, %d cuts", steps, bound)
            .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(result.schedules()).isEqualTo(expected.size());
        assertThat(result.isWhole()).isTrue();
        assertThat(result.found()).isEmpty();
      }
    }
  }

  /** The fewest cuts first, so that what is found has no cut that it does not need. */
  @Test
  void whatNeedsFewerCutsIsFoundFirst() {
    int[] steps = {3, 3};
    for (List<Integer> wrong : orders(steps)) {
      tried.clear();

      Exploration.Result result =
          new Exploration(9, Integer.MAX_VALUE, 5)
              .run(running(steps, wrong::equals), 2, 1, () -> false);

      assertThat(result.found()).isPresent();
      assertThat(result.isWhole()).isFalse();
      assertThat(result.schedules()).isEqualTo(tried.size());
      assertThat(tried.get(tried.size() - 1)).isEqualTo(wrong);
      assertThat(tried)
          .allSatisfy(
              order -> assertThat(cuts(order, steps)).isLessThanOrEqualTo(cuts(wrong, steps)));
      Steering again = Steering.along(result.found().map(Trial.Outcome::schedule).orElseThrow());
      assertThat(SteeringTest.run(again, steps)).isEqualTo(wrong);
    }
  }

  @Test
  void aLimitIsKeptAndSaid() {
    int[] steps = {3, 3};
    int all = orders(steps).size();
    for (int most = 0; most <= all + 1; most++) {
      tried.clear();

      Exploration.Result result =
          new Exploration(9, most, 3).run(running(steps, order -> false), 2, 1, () -> false);

      assertThat(result.schedules()).isEqualTo(Math.min(most, all) + 3);
      assertThat(tried).hasSize((int) result.schedules());
      assertThat(result.isWhole()).isEqualTo(most >= all);
    }
    tried.clear();
    assertThat(
            new Exploration(9, all, 3)
                .run(running(steps, order -> false), 2, 1, () -> tried.size() >= 4)
                .isWhole())
        .isFalse();
    assertThat(tried).hasSize(4);
  }

  private Function<Steering, Trial.Outcome> running(int[] steps, Predicate<List<Integer>> isWrong) {
    return steering -> {
      List<Integer> order = SteeringTest.run(steering, steps);
      tried.add(order);
      return new Trial.Outcome(
          PROGRAM,
          steering.taken(),
          List.of(),
          List.of(),
          Optional.empty(),
          isWrong.test(order) ? Optional.of("wrong") : Optional.empty());
    };
  }

  /** How often another goes on though the one before could. */
  private static int cuts(List<Integer> order, int[] steps) {
    int cuts = 0;
    for (int i = 1; i < order.size(); i++) {
      int before = order.get(i - 1);
      long done = order.subList(0, i).stream().filter(lane -> lane == before).count();
      cuts += order.get(i) != before && done < steps[before - 1] ? 1 : 0;
    }
    return cuts;
  }

  private static List<List<Integer>> orders(int[] left) {
    List<List<Integer>> orders = new ArrayList<>();
    for (int lane = 0; lane < left.length; lane++) {
      if (left[lane] > 0) {
        left[lane]--;
        for (List<Integer> rest : orders(left)) {
          List<Integer> order = new ArrayList<>(List.of(lane + 1));
          order.addAll(rest);
          orders.add(order);
        }
        left[lane]++;
      }
    }
    return orders.isEmpty() ? List.of(List.of()) : orders;
  }
}
