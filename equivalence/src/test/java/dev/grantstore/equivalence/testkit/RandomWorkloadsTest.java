package dev.grantstore.equivalence.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.equivalence.check.Coverage;
import dev.grantstore.equivalence.check.Fact;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RandomWorkloadsTest {
  private static final Set<Capability> ALL = EnumSet.allOf(Capability.class);

  @Test
  void aCardOfAsManyTriesAsUsualJudgesWhetherTheyDoEnough() {
    Map<Fact, Long> minimums = RandomWorkloadsTopic.minimums(100, ALL);

    assertThat(Coverage.NONE.shortfalls(minimums))
        .hasSize(13)
        .allMatch(s -> s.startsWith("coverage (O12)"));
    assertThat(minimums).containsEntry(Fact.INSERT, 250L).containsEntry(Fact.SNAPSHOT_READ, 80L);
  }

  @Test
  void whatMayByChanceNotComeAtAllIsNotAskedOfFewTries() {
    assertThat(RandomWorkloadsTopic.minimums(100, ALL))
        .doesNotContainKeys(Fact.LARGE_GET_ALL, Fact.HELD_LOAD, Fact.CRASH)
        .containsEntry(Fact.BULK_LOAD, 2L);
    assertThat(RandomWorkloadsTopic.minimums(500, ALL))
        .containsEntry(Fact.BULK_LOAD, 12L)
        .containsEntry(Fact.LARGE_GET_ALL, 2L)
        .containsEntry(Fact.INSERT, 1_250L);
    assertThat(RandomWorkloadsTopic.minimums(500, Set.of()))
        .doesNotContainKeys(Fact.BULK_LOAD, Fact.HELD_LOAD, Fact.REOPENING, Fact.CRASH);
  }

  @Test
  void theCardSaysWhenTriesWereTooFewToBeJudged() {
    assertThat(RandomWorkloadsTopic.origin(1, 100)).isEqualTo("seeds 1 to 100");
    assertThat(RandomWorkloadsTopic.origin(1, 99))
        .startsWith("seeds 1 to 99; ")
        .contains("not judged");
    assertThat(RandomWorkloadsTopic.minimums(99, ALL)).isEmpty();
  }
}
