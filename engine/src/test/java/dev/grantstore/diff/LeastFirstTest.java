package dev.grantstore.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class LeastFirstTest {
  private static final int STEPS = 20_000;

  @Test
  void theLeastAndTheNextAreThoseOfASortedList() {
    SplittableRandom random = new SplittableRandom(1);
    LeastFirst<int[]> heap = new LeastFirst<>(Comparator.comparingInt(element -> element[0]));
    List<Integer> sorted = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      int value = random.nextInt(50);
      switch (sorted.size() < 20 ? random.nextInt(3) : 1 + random.nextInt(2)) {
        case 0 -> {
          heap.add(new int[] {value});
          sorted.add(value);
        }
        case 1 -> {
          if (!sorted.isEmpty()) {
            assertThat(heap.removeFirst()[0]).isEqualTo(sorted.remove(0));
          }
        }
        default -> {
          if (!sorted.isEmpty()) {
            int greater = sorted.remove(0) + value;
            heap.first()[0] = greater;
            heap.firstChanged();
            sorted.add(greater);
          }
        }
      }
      Collections.sort(sorted);
      assertThat(heap.isEmpty()).isEqualTo(sorted.isEmpty());
      if (!sorted.isEmpty()) {
        assertThat(heap.first()[0]).isEqualTo(sorted.get(0));
      }
      Optional<Integer> second = sorted.size() < 2 ? Optional.empty() : Optional.of(sorted.get(1));
      assertThat(heap.second().map(element -> element[0])).isEqualTo(second);
    }
  }
}
