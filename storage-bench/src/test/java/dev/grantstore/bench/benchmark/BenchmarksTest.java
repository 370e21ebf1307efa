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
    assertThatThrownBy(() -> Benchmarks.named(List.of("G2", "G99")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "unknown benchmark: \"G99\" known="
                + "[G1, G2, G2view, G3, G3x20, G3all, G3batch, G4, G4all, G4batch, G5, G5all, G5batch, Check, G2+writes]");
  }
}
