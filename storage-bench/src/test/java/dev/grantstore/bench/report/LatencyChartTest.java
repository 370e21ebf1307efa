package dev.grantstore.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.grantstore.bench.report.LatencyChart.Curve;
import dev.grantstore.bench.result.CellResult.Latency;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class LatencyChartTest {
  @Test
  void curveIsOfAllForksTogether() {
    Latency fast = latency(times(1_000, 100, 1));
    Latency slow = latency(times(1_000, 5_000, 1));

    Curve curve = Curve.of(List.of(fast, slow));

    assertThat(curve.points().get(0).nanos()).isCloseTo(100, within(1.0));
    assertThat(curve.at(1)).hasValueSatisfying(p -> assertThat(p.nanos()).isGreaterThan(5_000));
  }

  @Test
  void curveEndsWhereTooFewOperationsLieBeyond() {
    Curve curve = Curve.of(List.of(latency(times(10_000, 100, 1))));

    assertThat(curve.points())
        .last()
        .satisfies(p -> assertThat(p.nines()).isEqualTo(3.0, within(0.06)));
  }

  @Test
  void curveNeverFalls() {
    Curve curve = Curve.of(List.of(latency(times(100_000, 50, 3))));

    assertThat(curve.points()).extracting(Curve.Point::nanos).isSorted().hasSizeGreaterThan(50);
  }

  @Test
  void fewOperationsHaveNoCurve() {
    assertThat(Curve.of(List.of(latency(times(7, 100, 1)))).points()).isEmpty();
    assertThat(Curve.of(List.of()).points()).isEmpty();
  }

  private static Histogram times(int count, long from, long step) {
    Histogram histogram = new Histogram(1, 3_600_000_000_000L, 3);
    for (int i = 0; i < count; i++) {
      histogram.recordValue(from + i * step);
    }
    return histogram;
  }

  private static Latency latency(Histogram times) {
    ByteBuffer buffer = ByteBuffer.allocate(times.getNeededByteBufferCapacity());
    int length = times.encodeIntoCompressedByteBuffer(buffer);
    String text = Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    return new Latency(null, null, null, null, null, null, times.getMaxValue(), text);
  }
}
