package dev.grantstore.equivalence.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SettingsAxesTest {
  /** A row that has neither value of a pair says nothing about it. */
  @Test
  void anyTwoOptionsComeTogetherInEveryCombination() {
    SettingsAxes few =
        new SettingsAxes(
            new TreeMap<>(
                Map.of("a", List.of("1", "2", "3"), "b", List.of("1", "2"), "c", List.of("1"))),
            List.of());
    for (SettingsAxes axes : List.of(few, SettingsAxes.ALL)) {
      List<Settings> rows = axes.pairs();
      List<String> missing = new ArrayList<>();
      int pairs = 0;
      for (String name : axes.axes().keySet()) {
        for (String other : axes.axes().tailMap(name + "\0").keySet()) {
          for (String value : axes.axes().getOrDefault(name, List.of())) {
            for (String beside : axes.axes().getOrDefault(other, List.of())) {
              pairs++;
              Map<String, String> pair = Map.of(name, value, other, beside);
              if (rows.stream().noneMatch(row -> has(row, pair))) {
                missing.add(pair.toString());
              }
            }
          }
        }
      }
      assertThat(missing).isEmpty();
      assertThat(rows).doesNotHaveDuplicates().hasSizeLessThan(pairs);
    }
  }

  @Test
  void withoutOptionsThereAreNoPairs() {
    assertThat(SettingsAxes.NONE.pairs()).isEmpty();
  }

  private static boolean has(Settings row, Map<String, String> pair) {
    return row.values().entrySet().containsAll(pair.entrySet());
  }
}
