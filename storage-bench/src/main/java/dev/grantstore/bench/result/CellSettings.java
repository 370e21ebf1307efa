package dev.grantstore.bench.result;

import java.time.Duration;

/**
 * How one cell is measured.
 *
 * @param warmup how long the loop runs before anything is kept
 * @param duration how long it is measured; at least one operation always is
 * @param threads how many threads ask at once, each in its own closed loop
 * @param missRatio the share of questions without an answer, where a benchmark can have any
 * @param seed decides the order of the questions
 */
public record CellSettings(
    Duration warmup, Duration duration, int threads, double missRatio, long seed) {

  /** The most threads a cell can have. */
  public static final int MAX_THREADS = 1024;

  private static final Duration MAX_DURATION = Duration.ofDays(7);

  /** Checks the bounds. */
  public CellSettings {
    if (warmup.isNegative() || warmup.compareTo(MAX_DURATION) > 0) {
      throw new IllegalArgumentException("warm-up must be between 0 and 7 days: " + warmup);
    }
    if (duration.isNegative() || duration.isZero() || duration.compareTo(MAX_DURATION) > 0) {
      throw new IllegalArgumentException("duration must be over 0, at most 7 days: " + duration);
    }
    if (threads < 1 || threads > MAX_THREADS) {
      throw new IllegalArgumentException(
          "threads must be between 1 and %d: %d".formatted(MAX_THREADS, threads));
    }
    if (!(missRatio >= 0 && missRatio <= 1)) {
      throw new IllegalArgumentException("miss ratio must be between 0 and 1: " + missRatio);
    }
  }
}
