package dev.grantstore.bench.measure;

import dev.grantstore.bench.result.Latency;
import dev.grantstore.bench.result.Outcome;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Counts the operations of one outcome, and how long each took. One thread. */
public final class Tally {
  /** Longer operations are counted as an hour; the longest is kept as it was. */
  private static final long HIGHEST_NANOS = 3_600_000_000_000L;

  private static final int SIGNIFICANT_DIGITS = 3;

  /** With fewer operations beyond it a percentile says nothing. */
  private static final int LEAST_BEYOND = 10;

  private static final double ROUNDING = 1e-6;

  private final Histogram histogram = new Histogram(1, HIGHEST_NANOS, SIGNIFICANT_DIGITS);
  private long ops;
  private long rows;
  private long nanos;
  private long maxNanos;

  /** Starts at nothing. */
  public Tally() {}

  /**
   * Counts one operation.
   *
   * @param tookNanos how long it took
   * @param hadRows how many rows it returned
   */
  public void record(long tookNanos, long hadRows) {
    ops++;
    rows += hadRows;
    nanos += tookNanos;
    maxNanos = Math.max(maxNanos, tookNanos);
    histogram.recordValue(Math.min(tookNanos, HIGHEST_NANOS));
  }

  /**
   * Adds what another thread counted.
   *
   * @param other left as it is
   */
  public void add(Tally other) {
    ops += other.ops;
    rows += other.rows;
    nanos += other.nanos;
    maxNanos = Math.max(maxNanos, other.maxNanos);
    histogram.add(other.histogram);
  }

  /** {@return how many operations} */
  public long ops() {
    return ops;
  }

  /** {@return how many rows} */
  public long rows() {
    return rows;
  }

  private double nanosPerOp() {
    return ops == 0 ? 0 : (double) nanos / ops;
  }

  /**
   * {@return the figures of this outcome}
   *
   * @param name the outcome's name
   * @param threads how many threads the time was spent on, all alike
   */
  public Outcome outcome(String name, int threads) {
    double seconds = nanos / 1e9 / threads;
    return new Outcome(
        name,
        ops,
        rows,
        seconds == 0 ? 0 : ops / seconds,
        seconds == 0 ? 0 : rows / seconds,
        nanosPerOp(),
        rows == 0 ? 0 : (double) nanos / rows,
        latency());
  }

  private Latency latency() {
    return new Latency(
        atPercentile(50),
        atPercentile(90),
        atPercentile(99),
        atPercentile(99.9),
        atPercentile(99.99),
        maxNanos,
        encoded());
  }

  /** The histogram rounds up; nothing is longer than the longest. */
  private @Nullable Long atPercentile(double percentile) {
    double beyond = ops * (1 - percentile / 100);
    if (ops < LEAST_BEYOND || beyond < LEAST_BEYOND - ROUNDING) {
      return null;
    }
    return Math.min(histogram.getValueAtPercentile(percentile), maxNanos);
  }

  private String encoded() {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
  }
}
