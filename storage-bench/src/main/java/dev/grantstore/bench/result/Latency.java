package dev.grantstore.bench.result;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Service or response times of the operations of one outcome, in nanoseconds.
 *
 * <p>Service time: from the call to its answer, so waiting that an open system would have seen is
 * not in it. Response time: from the moment the operation was due.
 *
 * <p>A percentile that fewer than ten operations lie beyond is null: it would be one of the
 * longest, under another name.
 *
 * @param p50Nanos half of the operations took at most this
 * @param p90Nanos 90 % took at most this
 * @param p95Nanos 95 % took at most this
 * @param p99Nanos 99 % took at most this
 * @param p999Nanos 99.9 % took at most this
 * @param p9999Nanos 99.99 % took at most this
 * @param maxNanos the longest, not rounded
 * @param histogram all of them: an HdrHistogram, V2, compressed, base64
 */
public record Latency(
    @Nullable Long p50Nanos,
    @Nullable Long p90Nanos,
    @Nullable Long p95Nanos,
    @Nullable Long p99Nanos,
    @Nullable Long p999Nanos,
    @Nullable Long p9999Nanos,
    long maxNanos,
    String histogram) {
  /** With fewer operations beyond it a percentile says nothing. */
  private static final int LEAST_BEYOND = 10;

  private static final double ROUNDING = 1e-6;

  /** Checks the bounds. */
  public Latency {
    known("p50Nanos", p50Nanos);
    known("p90Nanos", p90Nanos);
    known("p95Nanos", p95Nanos);
    known("p99Nanos", p99Nanos);
    known("p999Nanos", p999Nanos);
    known("p9999Nanos", p9999Nanos);
    Bounds.notNegative("maxNanos", maxNanos);
  }

  /**
   * {@return a percentile; null where too few are longer}
   *
   * @param times a histogram of nanoseconds, which rounds up
   * @param percent from 0 to 100
   * @param longestNanos nothing is longer
   */
  public static @Nullable Long percentile(Histogram times, double percent, long longestNanos) {
    double beyond = times.getTotalCount() * (1 - percent / 100);
    if (beyond < LEAST_BEYOND - ROUNDING) {
      return null;
    }
    return Math.min(times.getValueAtPercentile(percent), longestNanos);
  }

  /**
   * {@return all of the times}
   *
   * @throws IllegalArgumentException if what is kept of them is no histogram
   */
  public Histogram times() {
    return times(histogram);
  }

  static Histogram times(String histogram) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(histogram));
      return Histogram.decodeFromCompressedByteBuffer(bytes, 0);
    } catch (DataFormatException
        | IllegalArgumentException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | BufferUnderflowException e) {
      throw new IllegalArgumentException("histogram: is none that can be read", e);
    }
  }

  private static void known(String name, @Nullable Long nanos) {
    if (nanos != null) {
      Bounds.notNegative(name, nanos);
    }
  }
}
