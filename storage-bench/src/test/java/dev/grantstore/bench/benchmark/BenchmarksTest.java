package dev.grantstore.bench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class BenchmarksTest {
  @Test
  void namesAreDifferent() {
    assertThat(Benchmarks.ALL).extracting(Benchmark::name).doesNotHaveDuplicates();
  }

  @Test
  void namedGivesEachOnceInTheOrderAsked() {
    assertThat(Benchmarks.named(List.of("check", "G2", "g2")))
        .extracting(Benchmark::name)
        .containsExactly("Check", "G2");
  }

  @Test
  void unknownNameListsTheKnownOnes() {
    assertThatThrownBy(() -> Benchmarks.named(List.of("G2", "nope")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "unknown benchmark: \"nope\" known="
                + "[G1, G2, G2view, G3, G3x20, G3all, G3batch, G4, G4all, G4batch, G5, G5all, G5batch, "
                + "G6, G7, G7x50, G7x500, G7skew, G7x50skew, G7x500skew, G7base, G7rebuild, G8, G9, G10, G10x10, G10x100, G10x1000, "
                + "Check, G2+writes]");
  }
}
