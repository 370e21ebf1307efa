package dev.grantstore.equivalence.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.keyvalue.YieldPoint;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SchedulerTest {
  private static final int POINTS = 10_000;

  /** A busy machine once made a hang of it. */
  @Test
  void aLaneThatIsSlowToWakeIsNotTakenForOneThatWaits() {
    TreeMap<Integer, Integer> eachInTurn = new TreeMap<>();
    for (int decision = 0; decision < 2 * POINTS; decision++) {
      eachInTurn.put(decision, 1 + decision % 2);
    }
    AtomicInteger reached = new AtomicInteger();
    Runnable task =
        () -> {
          for (int i = 0; i < POINTS; i++) {
            YieldPoint.reached("here");
            reached.incrementAndGet();
          }
        };
    try (Scheduler scheduler = new Scheduler(2, 0, new AtomicLong(), 0)) {
      scheduler.run(List.of(task, task), Steering.along(new Schedule(eachInTurn)));
    }
    assertThat(reached).hasValue(2 * POINTS);
  }
}
