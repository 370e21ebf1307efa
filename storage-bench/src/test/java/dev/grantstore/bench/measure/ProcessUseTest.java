package dev.grantstore.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ProcessUseTest {
  private static final ProcessUse FIRST = new ProcessUse(1, 20, 300, 4_000, true, 50, 600, 0.5);
  private static final ProcessUse SECOND = new ProcessUse(7, 10, 100, 3_000, true, 20, 200, 1.5);

  @Test
  void severalIntervalsAreSumsTheHighestPeakAndTheMeanOfOthers() {
    assertThat(ProcessUse.joined(List.of(FIRST, SECOND)))
        .isEqualTo(new ProcessUse(8, 30, 400, 4_000, true, 70, 800, 1.0));
    assertThat(ProcessUse.joined(List.of(SECOND, FIRST)))
        .isEqualTo(ProcessUse.joined(List.of(FIRST, SECOND)));
  }

  @Test
  void whatOneIntervalDoesNotKnowIsNotKnownOfAll() {
    ProcessUse unknown = new ProcessUse(0, 0, 0, 0, false, -1, 9, 1);

    ProcessUse joined = ProcessUse.joined(List.of(FIRST, unknown));

    assertThat(joined.peakIsOfInterval()).isFalse();
    assertThat(joined.diskReadBytes()).isEqualTo(-1);
    assertThat(joined.diskWriteBytes()).isEqualTo(609);
    assertThat(ProcessUse.joined(List.of(new ProcessUse(0, 0, 0, 0, false, 3, -1, 1), FIRST)))
        .extracting(ProcessUse::diskReadBytes, ProcessUse::diskWriteBytes)
        .containsExactly(53L, -1L);
    ProcessUse alone = new ProcessUse(0, 0, 0, 0, true, 3, 4, -1);
    assertThat(ProcessUse.joined(List.of(SECOND, alone)).otherCpuCores()).isNegative();
    assertThat(ProcessUse.joined(List.of(alone, alone)).otherCpuCores()).isNegative();
  }
}
