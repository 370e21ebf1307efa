package dev.grantstore.equivalence.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Who goes on, in runs of lanes of which each has so many steps and never waits. */
final class SteeringTest {
  /** Lane by lane, how many steps are left. */
  static List<Integer> run(Steering steering, int... steps) {
    List<Integer> order = new ArrayList<>();
    int[] left = steps.clone();
    int current = 0;
    while (true) {
      List<Integer> ready = new ArrayList<>();
      for (int lane = 0; lane < left.length; lane++) {
        if (left[lane] > 0) {
          ready.add(lane + 1);
        }
      }
      if (ready.isEmpty()) {
        return order;
      }
      current = steering.choose(ready, current);
      left[current - 1]--;
      order.add(current);
    }
  }

  @Test
  void aPlainRunLeavesNobodyBeforeItsEnd() {
    Steering steering = Steering.along(Schedule.PLAIN);

    assertThat(run(steering, 2, 0, 3)).containsExactly(1, 1, 3, 3, 3);

    assertThat(steering.taken()).isEqualTo(Schedule.PLAIN);
    assertThat(steering.decisions())
        .extracting(Steering.Decision::cutsIn)
        .containsExactly(false, true, false, true, true);
  }

  @Test
  void aSwitchToALaneThatCannotGoOnIsNone() {
    Schedule asked = Schedule.parse("1:2 2:3 4:1");
    Steering steering = Steering.along(asked);

    assertThat(run(steering, 2, 2, 0)).containsExactly(1, 2, 2, 1);

    assertThat(steering.taken()).isEqualTo(Schedule.PLAIN.with(1, 2));
  }

  /** Any drawn run, and any order there is, is repeated by the schedule that is told of it. */
  @Test
  void theScheduleThatWasTakenRepeatsTheRun() {
    Map<List<Integer>, Integer> orders = new HashMap<>();
    for (int seed = 0; seed < 600; seed++) {
      Steering drawn = Steering.random(new Random(seed), 3, 1 + seed % 4, 6);
      List<Integer> order = run(drawn, 2, 2, 2);
      orders.merge(order, 1, Integer::sum);

      Steering again = Steering.along(Schedule.parse(drawn.taken().text()));

      assertThat(run(again, 2, 2, 2)).isEqualTo(order);
      assertThat(again.taken()).isEqualTo(drawn.taken());
    }
    // Of the 90 orders those that few changes of priority make, the plain ones of all lanes too.
    assertThat(orders).hasSizeGreaterThan(40);
    assertThat(orders).containsKeys(List.of(3, 3, 1, 1, 2, 2), List.of(2, 2, 3, 3, 1, 1));
  }

  /** Without a change of priority each lane runs to its end, any of them first. */
  @Test
  void prioritiesAloneMakeEachOrderOfTheLanes() {
    Map<List<Integer>, Integer> orders = new HashMap<>();
    for (int seed = 0; seed < 600; seed++) {
      orders.merge(run(Steering.random(new Random(seed), 3, 0, 6), 2, 2, 2), 1, Integer::sum);
    }
    assertThat(orders)
        .hasSize(6)
        .allSatisfy((order, times) -> assertThat(times).isBetween(60, 140));
  }

  @Test
  void aScheduleIsReadAsItIsWritten() {
    for (Map<Integer, Integer> switches :
        List.of(
            Map.<Integer, Integer>of(),
            Map.of(0, 1),
            Map.of(9, 2, 10, 1, 1, 3),
            Map.of(999_999_999, 999_999_999))) {
      Schedule schedule = new Schedule(new TreeMap<>(switches));
      assertThat(Schedule.parse(schedule.text())).isEqualTo(schedule);
      assertThat(Schedule.parse(" " + schedule.text().replace(" ", "\t ") + " "))
          .isEqualTo(schedule);
    }
    assertThat(Schedule.parse("10:1 9:2").text()).isEqualTo("9:2 10:1");
    for (String bad : List.of("1", "1:", ":1", "1:0", "-1:1", "1:1 1:2", "1:1,2:2", "1:1x")) {
      assertThatThrownBy(() -> Schedule.parse(bad))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aScheduleEndsBehindItsLastSwitch() {
    Schedule one = Schedule.PLAIN.with(4, 2);

    assertThat(Schedule.PLAIN.end()).isZero();
    assertThat(Schedule.PLAIN.with(0, 1).end()).isEqualTo(1);
    assertThat(one.with(2, 1).end()).isEqualTo(5);
    assertThat(one.with(4, 1).switches()).isEqualTo(Map.of(4, 1));
    assertThat(one.with(2, 1).without(4).end()).isEqualTo(3);
    assertThat(one.without(3)).isEqualTo(one);
  }
}
