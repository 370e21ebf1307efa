package dev.grantstore.bench.result;

/**
 * How many rows the answers had.
 *
 * @param p50 half of the answers had at most this many
 * @param p90 90 % had at most this many
 * @param p99 99 % had at most this many
 * @param max the longest
 */
public record LengthSpread(long p50, long p90, long p99, long max) {
  /** Checks the bounds. */
  public LengthSpread {
    Bounds.notNegative("p50", p50);
    Bounds.notNegative("p90", p90);
    Bounds.notNegative("p99", p99);
    Bounds.notNegative("max", max);
  }
}
