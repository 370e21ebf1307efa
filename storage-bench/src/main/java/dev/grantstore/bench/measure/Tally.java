package dev.grantstore.bench.measure;

import dev.grantstore.bench.result.CellResult.Latency;
import dev.grantstore.bench.result.CellResult.LengthSpread;
import dev.grantstore.bench.result.CellResult.Outcome;
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

  private static final long HIGHEST_ROWS = 1L << 40;
  private static final int LENGTH_DIGITS = 2;

  private final Histogram histogram = new Histogram(1, HIGHEST_NANOS, SIGNIFICANT_DIGITS);
  private final Histogram lengths = new Histogram(1, HIGHEST_ROWS, LENGTH_DIGITS);
  private @Nullable Histogram responses;
  private long mostResponseNanos;
  private long ops;
  private long rows;
  private long mostRows;
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
    if (hadRows > 1) {
      mostRows = Math.max(mostRows, hadRows);
      lengths.recordValue(Math.min(hadRows, HIGHEST_ROWS));
    }
  }

  /**
   * Counts one operation that was due at a time of its own.
   *
   * @param tookNanos how long it took
   * @param respondedNanos how long after it was due the answer came
   * @param hadRows how many rows it returned
   */
  public void record(long tookNanos, long respondedNanos, long hadRows) {
    record(tookNanos, hadRows);
    responses().recordValue(Math.min(respondedNanos, HIGHEST_NANOS));
    mostResponseNanos = Math.max(mostResponseNanos, respondedNanos);
  }

  private Histogram responses() {
    Histogram present = responses;
    if (present == null) {
      present = new Histogram(1, HIGHEST_NANOS, SIGNIFICANT_DIGITS);
      responses = present;
    }
    return present;
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
    mostRows = Math.max(mostRows, other.mostRows);
    histogram.add(other.histogram);
    lengths.add(other.lengths);
    if (other.responses != null) {
      responses().add(other.responses);
      mostResponseNanos = Math.max(mostResponseNanos, other.mostResponseNanos);
    }
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
   * {@return the figures of this outcome; its rate is of the time that was spent on it}
   *
   * @param name the outcome's name
   * @param threads how many threads the time was spent on, all alike
   */
  public Outcome outcome(String name, int threads) {
    return outcome(name, nanos / 1e9 / threads);
  }

  /**
   * {@return the figures of this outcome; its rate is of the time that passed, waits included}
   *
   * @param name the outcome's name
   * @param seconds that passed
   */
  public Outcome outcome(String name, double seconds) {
    return new Outcome(
        name,
        ops,
        rows,
        seconds == 0 ? 0 : ops / seconds,
        seconds == 0 ? 0 : rows / seconds,
        nanosPerOp(),
        rows == 0 ? 0 : (double) nanos / rows,
        latency(histogram, maxNanos),
        responses == null ? null : latency(responses, mostResponseNanos),
        lengthSpread());
  }

  private Latency latency(Histogram times, long longest) {
    return new Latency(
        Latency.percentile(times, 50, longest),
        Latency.percentile(times, 90, longest),
        Latency.percentile(times, 95, longest),
        Latency.percentile(times, 99, longest),
        Latency.percentile(times, 99.9, longest),
        Latency.percentile(times, 99.99, longest),
        longest,
        encoded(times));
  }

  /** Answers of no row or one are not in the histogram, so that they cost nothing in the loop. */
  private LengthSpread lengthSpread() {
    return new LengthSpread(lengthAt(50), lengthAt(90), lengthAt(99), longestLength());
  }

  private long lengthAt(double percentile) {
    long shortOnes = ops - lengths.getTotalCount();
    double wanted = Math.max(1, Math.ceil(ops * percentile / 100));
    if (wanted <= shortOnes) {
      return Math.min(1, rows);
    }
    double within = 100 * (wanted - shortOnes) / lengths.getTotalCount();
    return Math.min(lengths.getValueAtPercentile(within), mostRows);
  }

  private long longestLength() {
    return mostRows > 0 ? mostRows : Math.min(1, rows);
  }

  private static String encoded(Histogram times) {
    ByteBuffer buffer = ByteBuffer.allocate(times.getNeededByteBufferCapacity());
    int length = times.encodeIntoCompressedByteBuffer(buffer);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
  }
}
