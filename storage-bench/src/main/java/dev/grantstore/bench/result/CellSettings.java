package dev.grantstore.bench.result;

import java.time.Duration;
import java.util.Locale;

/**
 * How one cell is measured.
 *
 * @param warmup how long the loop runs, at least, before anything is kept; none in a cold cell
 * @param mostWarmup how long it may go on warming up until the rate is steady; not below {@code
 *     warmup}
 * @param duration how long it is measured; at least one operation always is
 * @param threads how many threads ask at once
 * @param missRatio the share of questions without an answer, where a benchmark can have any
 * @param seed decides the order of the questions
 * @param distribution how often which key is asked for
 * @param temperature what is in memory at the start
 * @param ratePerSecond operations per second of an open loop, all threads together; 0 for a closed
 *     loop, where each thread asks again when it has its answer
 */
public record CellSettings(
    Duration warmup,
    Duration mostWarmup,
    Duration duration,
    int threads,
    double missRatio,
    long seed,
    KeyDistribution distribution,
    Temperature temperature,
    double ratePerSecond) {

  /** The most threads a cell can have. */
  public static final int MAX_THREADS = 1024;

  private static final Duration MAX_DURATION = Duration.ofDays(7);

  /** Checks the bounds. */
  public CellSettings {
    if (warmup.isNegative() || warmup.compareTo(MAX_DURATION) > 0) {
      throw new IllegalArgumentException("warm-up must be between 0 and 7 days: " + warmup);
    }
    if (mostWarmup.compareTo(warmup) < 0 || mostWarmup.compareTo(MAX_DURATION) > 0) {
      throw new IllegalArgumentException(
          "longest warm-up must be between the warm-up and 7 days: " + mostWarmup);
    }
    if (duration.isNegative() || duration.isZero() || duration.compareTo(MAX_DURATION) > 0) {
      throw new IllegalArgumentException("duration must be over 0, at most 7 days: " + duration);
    }
    if (threads < 1 || threads > MAX_THREADS) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "threads must be between 1 and %d: %d", MAX_THREADS, threads));
    }
    if (!(missRatio >= 0 && missRatio <= 1)) {
      throw new IllegalArgumentException("miss ratio must be between 0 and 1: " + missRatio);
    }
    if (!(ratePerSecond >= 0 && ratePerSecond <= 1e9)) {
      throw new IllegalArgumentException("rate must be between 0 and 1e9: " + ratePerSecond);
    }
  }

  /**
   * {@return a closed loop on warm data, all keys alike, whose warm-up is never prolonged}
   *
   * @param warmup how long the loop runs before anything is kept
   * @param duration how long it is measured
   * @param threads how many threads ask at once
   * @param missRatio the share of questions without an answer
   * @param seed decides the order of the questions
   */
  public static CellSettings closed(
      Duration warmup, Duration duration, int threads, double missRatio, long seed) {
    return new CellSettings(
        warmup,
        warmup,
        duration,
        threads,
        missRatio,
        seed,
        KeyDistribution.UNIFORM,
        Temperature.WARM,
        0);
  }

  /**
   * {@return the same with another share of misses}
   *
   * @param other the share
   */
  public CellSettings withMissRatio(double other) {
    return new CellSettings(
        warmup,
        mostWarmup,
        duration,
        threads,
        other,
        seed,
        distribution,
        temperature,
        ratePerSecond);
  }

  /**
   * {@return the same for other lengths of time}
   *
   * @param otherWarmup instead of {@code warmup}
   * @param otherMostWarmup instead of {@code mostWarmup}
   * @param otherDuration instead of {@code duration}
   */
  public CellSettings withTimes(
      Duration otherWarmup, Duration otherMostWarmup, Duration otherDuration) {
    return new CellSettings(
        otherWarmup,
        otherMostWarmup,
        otherDuration,
        threads,
        missRatio,
        seed,
        distribution,
        temperature,
        ratePerSecond);
  }

  /** {@return whether nothing of the store is in memory at the start} */
  public boolean isCold() {
    return temperature == Temperature.COLD;
  }

  /** {@return whether start times are scheduled beforehand} */
  public boolean isOpenLoop() {
    return ratePerSecond > 0;
  }

  /**
   * {@return what is asked and how: the benchmark's name, and what of this is not as usual}
   *
   * @param benchmark the benchmark's name
   */
  public String question(String benchmark) {
    StringBuilder out = new StringBuilder(benchmark);
    if (threads > 1) {
      out.append(" threads=").append(threads);
    }
    if (distribution != KeyDistribution.UNIFORM) {
      out.append(' ').append(distribution.word());
    }
    if (temperature != Temperature.WARM) {
      out.append(' ').append(temperature.word());
    }
    if (isOpenLoop()) {
      out.append(String.format(Locale.ROOT, " rate=%.0f/s", ratePerSecond));
    }
    return out.toString();
  }
}
