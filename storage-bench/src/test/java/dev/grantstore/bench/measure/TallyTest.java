package dev.grantstore.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.grantstore.bench.result.Latency;
import dev.grantstore.bench.result.Outcome;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class TallyTest {
  @Test
  void mergedTalliesEqualOneThatCountedEverything() {
    Tally odd = new Tally();
    Tally even = new Tally();
    Tally all = new Tally();
    for (int nanos = 1; nanos <= 100_000; nanos++) {
      (nanos % 2 == 0 ? even : odd).record(nanos, 3);
      all.record(nanos, 3);
    }
    odd.add(even);

    assertThat(odd.outcome("all", 1)).isEqualTo(all.outcome("all", 1));
  }

  @Test
  void percentilesAreWithinAThousandth() throws DataFormatException {
    Tally tally = new Tally();
    for (int nanos = 1; nanos <= 100_000; nanos++) {
      tally.record(nanos, 0);
    }

    Latency latency = tally.outcome("all", 1).latency();

    assertThat(latency.p50Nanos()).isBetween(50_000L, 50_100L);
    assertThat(latency.p99Nanos()).isBetween(99_000L, 99_200L);
    assertThat(latency.p9999Nanos()).isBetween(99_990L, 100_200L);
    assertThat(decoded(latency).getTotalCount()).isEqualTo(100_000);
  }

  @Test
  void longestIsKeptAsItWas() {
    Tally tally = new Tally();
    tally.record(7_200_000_000_123L, 0);

    assertThat(tally.outcome("all", 1).latency().maxNanos()).isEqualTo(7_200_000_000_123L);
  }

  @Test
  void noPercentileIsAboveTheLongest() {
    Tally tally = new Tally();
    for (int i = 0; i < 20; i++) {
      tally.record(6_160_612_355L, 0);
    }

    assertThat(tally.outcome("all", 1).latency().p50Nanos()).isEqualTo(6_160_612_355L);
  }

  @Test
  void percentileWithFewerThanTenOperationsBeyondItIsNone() {
    Tally tally = new Tally();
    for (int i = 0; i < 1_000; i++) {
      tally.record(1_000, 0);
    }

    Latency latency = tally.outcome("all", 1).latency();

    assertThat(latency.p99Nanos()).isNotNull();
    assertThat(latency.p999Nanos()).isNull();
  }

  @Test
  void ratesAreOverTheTimeSpentOnTheOutcomeByAllThreads() {
    Tally tally = new Tally();
    for (int i = 0; i < 2000; i++) {
      tally.record(1_000_000, 5);
    }

    Outcome outcome = tally.outcome("hit", 2);

    assertThat(outcome.opsPerSecond()).isEqualTo(2000);
    assertThat(outcome.rowsPerSecond()).isEqualTo(10_000);
    assertThat(outcome.nanosPerOp()).isEqualTo(1_000_000);
    assertThat(outcome.nanosPerRow()).isEqualTo(200_000);
  }

  @Test
  void nothingCountedGivesZeros() {
    Outcome outcome = new Tally().outcome("miss", 1);

    assertThat(outcome.opsPerSecond()).isZero();
    assertThat(outcome.nanosPerRow()).isZero();
    assertThat(outcome.latency().maxNanos()).isZero();
  }

  private static Histogram decoded(Latency latency) throws DataFormatException {
    byte[] bytes = Base64.getDecoder().decode(latency.histogram());
    return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), 1);
  }

  @Test
  void rateIsOfTheTimeThatPassedWhereThatIsGiven() {
    Tally tally = new Tally();
    for (int i = 0; i < 20; i++) {
      tally.record(1_000_000, 2);
    }

    assertThat(tally.outcome("all", 1).opsPerSecond()).isEqualTo(1_000, within(1e-6));
    assertThat(tally.outcome("all", 2.0).opsPerSecond()).isEqualTo(10, within(1e-9));
    assertThat(tally.outcome("all", 2.0).rowsPerSecond()).isEqualTo(20, within(1e-9));
    assertThat(tally.outcome("all", 2.0).nanosPerOp()).isEqualTo(1_000_000);
  }
}
