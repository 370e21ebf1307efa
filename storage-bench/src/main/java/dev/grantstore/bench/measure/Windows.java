package dev.grantstore.bench.measure;

import java.time.Duration;
import java.util.Arrays;

/**
 * Cuts a measurement into windows and keeps the rate of each. A window ends with the first
 * operation that ends at or after its deadline, and its rate is over the time it really took, so
 * that long operations are never cut. One thread.
 */
final class Windows {
  private static final int LEAST = 10;
  private static final int MOST = 120;

  private final long windowNanos;
  private final boolean countsRows;
  private final double[] ratesPerSecond;
  private int closed;
  private long deadline;
  private long end;
  private long startedAt;
  private long countBefore;

  private Windows(long windowNanos, int count, boolean countsRows) {
    this.windowNanos = windowNanos;
    this.countsRows = countsRows;
    this.ratesPerSecond = new double[count];
  }

  /** {@return windows of a second, or ten where that would be fewer} */
  static Windows over(Duration duration, boolean countsRows) {
    int count = (int) Math.min(MOST, Math.max(LEAST, duration.toSeconds()));
    return new Windows(Math.max(1, duration.toNanos() / count), count, countsRows);
  }

  void start(long now, Tally hits, Tally misses) {
    startedAt = now;
    deadline = now + windowNanos;
    end = now + windowNanos * ratesPerSecond.length;
    countBefore = count(hits, misses);
  }

  boolean isFull() {
    return closed == ratesPerSecond.length || (closed > 0 && startedAt - end >= 0);
  }

  long deadline() {
    return deadline;
  }

  void close(long now, Tally hits, Tally misses) {
    long count = count(hits, misses);
    if (now - startedAt > 0) {
      ratesPerSecond[closed++] = (count - countBefore) * 1e9 / (now - startedAt);
    }
    startedAt = now;
    countBefore = count;
    long next = deadline + windowNanos;
    deadline = next - now < 0 ? now : next - end > 0 ? end : next;
  }

  double[] ratesPerSecond() {
    return Arrays.copyOf(ratesPerSecond, closed);
  }

  private long count(Tally hits, Tally misses) {
    return countsRows ? hits.rows() + misses.rows() : hits.ops() + misses.ops();
  }
}
