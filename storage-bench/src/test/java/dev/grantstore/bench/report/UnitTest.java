package dev.grantstore.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.grantstore.bench.report.Unit.Scale;
import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.result.ReadCounters;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The numbers in columns are those that were measured, in the unit that is said. */
final class UnitTest {
  private static final double[] NUMBERS = {1, 9, 1_234, 52_428_800, 3e9};

  /** What one of each is in its column is written down here once more. */
  private static double inColumn(Unit unit, Scale scale) {
    return switch (unit) {
      case TIME ->
          switch (scale) {
            case NANOS -> 1;
            case MICROS -> 1e-3;
            case MILLIS -> 1e-6;
            case SECONDS -> 1e-9;
          };
      case MICROS -> 1e-3;
      case MILLIS -> 1e-6;
      case MEBIBYTES -> 1.0 / 1_048_576;
      case NANOS,
          OPS_PER_SECOND,
          ROWS_PER_SECOND,
          BYTES,
          BYTES_PER_GRANT,
          WHOLE_MEBIBYTES,
          PERCENT,
          CORES,
          TIMES,
          FORKS,
          OPERATIONS,
          ROWS,
          BLOCKS,
          STEPS,
          COLLECTIONS,
          NONE ->
          1;
    };
  }

  @ParameterizedTest
  @EnumSource(Unit.class)
  void aColumnHasTheNumberInItsUnit(Unit unit) {
    for (Scale scale : Scale.values()) {
      for (double number : NUMBERS) {
        double expected = number * inColumn(unit, scale);
        String text = unit.column(number, scale);
        assertThat(Double.parseDouble(text.replace(",", "")))
            .as("%s in %s: %s", number, scale, text)
            .isCloseTo(expected, within(Math.max(0.051, expected * 0.006)));
      }
    }
  }

  /** Each metric is told in the unit that it is measured in. */
  @ParameterizedTest
  @EnumSource(Metric.class)
  void aMetricHasItsUnit(Metric metric) {
    String words = Unit.of(metric).words(2_500_000);
    String expected =
        switch (metric) {
          case OPS_PER_SECOND -> "2.5 M ops/s";
          case ROWS_PER_SECOND -> "2.5 M rows/s";
          case NANOS_PER_OP,
              P50_NANOS,
              P95_NANOS,
              P99_NANOS,
              P999_NANOS,
              RESPONSE_P50_NANOS,
              RESPONSE_P95_NANOS,
              RESPONSE_P99_NANOS,
              CPU_NANOS_PER_OP ->
              "2.5 ms";
          case ALLOCATED_BYTES_PER_OP, RESIDENT_BYTES_PER_STORE, PEAK_RSS_BYTES -> "2.38 MiB";
          case SMALLEST_LIMIT_MIB -> "2.38 TiB";
        };
    assertThat(words.replace('\u00a0', ' ')).isEqualTo(expected);
  }

  @Test
  void aTableIsInTheLargestUnitThatItsMiddleTimeHasOneOf() {
    assertThat(Scale.of(new double[0])).isEqualTo(Scale.NANOS);
    assertThat(Scale.of(new double[] {0.5})).isEqualTo(Scale.NANOS);
    assertThat(Scale.of(new double[] {999.9})).isEqualTo(Scale.NANOS);
    assertThat(Scale.of(new double[] {1e3})).isEqualTo(Scale.MICROS);
    assertThat(Scale.of(new double[] {999_999})).isEqualTo(Scale.MICROS);
    assertThat(Scale.of(new double[] {1e6})).isEqualTo(Scale.MILLIS);
    assertThat(Scale.of(new double[] {1e9})).isEqualTo(Scale.SECONDS);
    assertThat(Scale.of(new double[] {1e15})).isEqualTo(Scale.SECONDS);
    assertThat(Scale.of(new double[] {5e9, 1, 2e3})).isEqualTo(Scale.MICROS);
    assertThat(Scale.of(new double[] {1, 2e6})).isEqualTo(Scale.MILLIS);
  }

  @Test
  void sharesOfReadBlocksAreOfAllThatWereRead() {
    ReadCounters counted = counters(4, 10, 30, 10);

    assertThat(counted.blocksPerOp()).isEqualTo(10);
    assertThat(counted.blocksPerRow()).isEqualTo(4);
    assertThat(counted.cacheHitPercent()).isEqualTo(75);
    assertThat(counters(0, 0, 0, 0).blocksPerOp()).isZero();
    assertThat(counters(0, 0, 3, 0).blocksPerRow()).isZero();
    assertThat(counters(1, 1, 0, 0).cacheHitPercent()).isZero();
    assertThat(counters(1, 1, 0, 9).cacheHitPercent()).isZero();
    assertThat(counters(1, 1, 1L << 40, 0).cacheHitPercent()).isEqualTo(100);
  }

  private static ReadCounters counters(long ops, long rows, long hits, long misses) {
    return new ReadCounters(ops, rows, hits, misses, 0, new TreeMap<>(Map.of()));
  }
}
