package dev.grantstore.bench.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.result.CellSettings.Schedule;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
  @Test
  void ofSeveralThreadsItIsTheSumAndTheLatestOfAll() {
    Schedule one = new Schedule(100, 50, 3, 7_000, 2);
    Schedule other = new Schedule(200, 70, 4, 9_000, 5);

    assertThat(one.and(other)).isEqualTo(new Schedule(300, 120, 7, 9_000, 7));
    assertThat(other.and(one)).isEqualTo(one.and(other));
  }
}
