package dev.grantstore.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class WindowsTest {
  private final Tally hits = new Tally();
  private final Tally misses = new Tally();

  @Test
  void shortMeasurementIsCutIntoTen() {
    Windows windows = Windows.over(Duration.ofNanos(1000), false);
    windows.start(0, hits, misses);

    for (long now = 100; now <= 1000; now += 100) {
      assertThat(windows.isFull()).isFalse();
      assertThat(windows.deadline()).isEqualTo(now);
      hits.record(100, 0);
      windows.close(now, hits, misses);
    }

    assertThat(windows.isFull()).isTrue();
    assertThat(windows.ratesPerSecond()).hasSize(10).containsOnly(1e7);
  }

  @Test
  void longOperationsAreNeverCut() {
    Windows windows = Windows.over(Duration.ofNanos(1000), true);
    windows.start(0, hits, misses);
    for (long now = 400; !windows.isFull(); now += 400) {
      hits.record(400, 80);
      windows.close(now, hits, misses);
    }

    assertThat(windows.ratesPerSecond()).hasSize(3).containsOnly(2e8);
  }

  @Test
  void longMeasurementHasAWindowPerSecond() {
    Windows windows = Windows.over(Duration.ofSeconds(30), false);
    windows.start(0, hits, misses);

    assertThat(windows.deadline()).isEqualTo(1_000_000_000);
  }

  @Test
  void clockMayWrapAround() {
    long start = Long.MAX_VALUE - 50;
    Windows windows = Windows.over(Duration.ofNanos(1000), false);
    windows.start(start, hits, misses);
    for (int i = 1; i <= 10; i++) {
      assertThat(windows.isFull()).isFalse();
      hits.record(100, 0);
      windows.close(start + 100L * i, hits, misses);
    }

    assertThat(windows.ratesPerSecond()).hasSize(10).containsOnly(1e7);
  }
}
