package dev.grantstore.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.grantstore.bench.result.CellResult.Latency;
import dev.grantstore.bench.result.CellResult.LengthSpread;
import dev.grantstore.bench.result.CellResult.Outcome;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /** 200 operations of each length from 1 to 1,000 ns: a histogram keeps these as they are. */
  @Test
  void everyPercentileIsTheOneOfItsName() throws DataFormatException {
    Tally tally = new Tally();
    for (int nanos = 1; nanos <= 1_000; nanos++) {
      for (int i = 0; i < 200; i++) {
        tally.record(nanos, nanos + 1_000, 0);
      }
    }

    Outcome outcome = tally.outcome("all", 1);
    assertThat(outcome.latency())
        .usingRecursiveComparison()
        .ignoringFields("histogram")
        .isEqualTo(new Latency(500L, 900L, 950L, 990L, 999L, 1_000L, 1_000, ""));
    assertThat(outcome.response())
        .usingRecursiveComparison()
        .ignoringFields("histogram")
        .isEqualTo(new Latency(1_500L, 1_900L, 1_950L, 1_990L, 1_999L, 2_000L, 2_000, ""));
    Histogram kept = decoded(outcome.latency());
    for (int nanos = 1; nanos <= 1_000; nanos++) {
      assertThat(kept.getCountAtValue(nanos)).isEqualTo(200);
    }
    assertThat(kept.getTotalCount()).isEqualTo(200_000);
  }

  /** The last of so many takes twice as long: no percentile but the longest is that one. */
  @ParameterizedTest
  @CsvSource({"20, 50", "100, 90", "200, 95", "1000, 99", "10000, 99.9", "100000, 99.99"})
  void percentileIsKnownFromTenOperationsBeyondIt(int ops, double percent) {
    Tally tally = new Tally();
    for (int i = 1; i < ops; i++) {
      tally.record(1_000, 0);
    }
    assertThat(percentile(tally, percent)).isNull();
    tally.record(2_000, 0);
    assertThat(percentile(tally, percent)).isEqualTo(1_000);
    assertThat(tally.outcome("all", 1).latency().maxNanos()).isEqualTo(2_000);
  }

  private static @Nullable Long percentile(Tally tally, double percent) {
    Latency latency = tally.outcome("all", 1).latency();
    return switch (String.valueOf(percent)) {
      case "50.0" -> latency.p50Nanos();
      case "90.0" -> latency.p90Nanos();
      case "95.0" -> latency.p95Nanos();
      case "99.0" -> latency.p99Nanos();
      case "99.9" -> latency.p999Nanos();
      default -> latency.p9999Nanos();
    };
  }

  @Test
  void oneOperationIsTheLongestAndHasNoPercentile() {
    Tally tally = new Tally();
    tally.record(4_000, 3);

    Outcome outcome = tally.outcome("all", 1);
    assertThat(outcome.latency())
        .usingRecursiveComparison()
        .ignoringFields("histogram")
        .isEqualTo(new Latency(null, null, null, null, null, null, 4_000, ""));
    assertThat(outcome.response()).isNull();
    assertThat(outcome.opsPerSecond()).isEqualTo(250_000, within(1e-6));
    assertThat(outcome.rowsPerSecond()).isEqualTo(750_000, within(1e-6));
    assertThat(outcome.lengths()).isEqualTo(new LengthSpread(3, 3, 3, 3));
  }

  /** Answers of no row, of one, and of more are kept apart, and their percentiles are of all. */
  @ParameterizedTest
  @CsvSource({
    "100, 0, 0, 0, 0, 0, 0",
    "0, 100, 0, 1, 1, 1, 1",
    "0, 0, 100, 7, 7, 7, 7",
    "0, 50, 50, 1, 7, 7, 7",
    "0, 49, 51, 7, 7, 7, 7",
    "0, 90, 10, 1, 1, 7, 7",
    "0, 89, 11, 1, 7, 7, 7",
    "0, 99, 1, 1, 1, 1, 7",
    "0, 98, 2, 1, 1, 7, 7",
  })
  void lengthsAreOfAllAnswers(
      int none, int one, int seven, long p50, long p90, long p99, long max) {
    Tally tally = new Tally();
    int[] counts = {none, one, seven};
    long[] rows = {0, 1, 7};
    for (int kind = 0; kind < 3; kind++) {
      for (int i = 0; i < counts[kind]; i++) {
        tally.record(10, rows[kind]);
      }
    }

    assertThat(tally.outcome("all", 1).lengths()).isEqualTo(new LengthSpread(p50, p90, p99, max));
    assertThat(tally.rows()).isEqualTo(one + 7L * seven);
  }

  @Test
  void mergedResponsesAreThoseOfBoth() {
    Tally one = new Tally();
    Tally other = new Tally();
    Tally all = new Tally();
    for (int nanos = 1; nanos <= 1_000; nanos++) {
      (nanos % 3 == 0 ? one : other).record(nanos, 3L * nanos, nanos % 5);
      all.record(nanos, 3L * nanos, nanos % 5);
    }
    one.add(other);

    assertThat(one.outcome("all", 3)).isEqualTo(all.outcome("all", 3));
    Tally closed = new Tally();
    closed.add(all);
    assertThat(closed.outcome("all", 2.5)).isEqualTo(all.outcome("all", 2.5));
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
