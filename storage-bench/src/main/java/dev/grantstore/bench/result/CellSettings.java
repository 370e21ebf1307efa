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

  /**
   * How well the start times of an open loop were kept.
   *
   * @param ratePerSecond operations per second that were scheduled, all threads together
   * @param scheduled operations whose time came
   * @param late those that began after their time, because the ones before took too long
   * @param mostLateNanos how long the one that began latest had waited
   * @param notBegun operations whose time came and that were not begun when the time was up
   */
  public record Schedule(
      double ratePerSecond, long scheduled, long late, long mostLateNanos, long notBegun) {
    /** Over this share of operations not begun the store cannot keep up with the rate. */
    private static final double LIMIT = 0.01;

    /** Checks the bounds. */
    public Schedule {
      Bounds.positive("ratePerSecond", ratePerSecond);
      Bounds.notNegative("scheduled", scheduled);
      Bounds.notNegative("late", late);
      Bounds.notNegative("mostLateNanos", mostLateNanos);
      Bounds.notNegative("notBegun", notBegun);
    }

    /** {@return how long it went on, until the last operation ended} */
    public double seconds() {
      return scheduled / ratePerSecond;
    }

    /**
     * {@return both together}
     *
     * @param other of another thread
     */
    public Schedule and(Schedule other) {
      return new Schedule(
          ratePerSecond + other.ratePerSecond,
          scheduled + other.scheduled,
          late + other.late,
          Math.max(mostLateNanos, other.mostLateNanos),
          notBegun + other.notBegun);
    }

    /** {@return whether the store could not keep up with the rate} */
    public boolean isMissed() {
      return notBegun > LIMIT * scheduled;
    }
  }

  /** How often which key is asked for. */
  public enum KeyDistribution {
    /** Every key as often as any other. */
    UNIFORM("uniform"),
    /** Key of rank r in proportion to 1/r^0.99, ranks scattered over the keys. */
    ZIPF("zipf"),
    /** 80 % of the questions are about 20 % of the keys, scattered. */
    HOTSPOT("hotspot"),
    /** As {@link #ZIPF}, but the keys made last are asked for most. */
    LATEST("latest");

    private final String word;

    KeyDistribution(String word) {
      this.word = word;
    }

    /** {@return its name on the command line and in reports} */
    public String word() {
      return word;
    }
  }

  /** What is in memory when measuring starts. */
  public enum Temperature {
    /** What the warm-up left there. */
    WARM("warm"),
    /**
     * Nothing of the store: a new process, an empty block cache, and its files' pages dropped from
     * the system's cache. There is no warm-up, of Java neither. What is read once is warm, so no
     * key is asked for twice, but for what a skewed distribution draws again: the cell ends when
     * all keys were asked for, after {@value #MOST_COLD_OPS} operations of each thread, or when the
     * time is up, whichever is first. Its rate rises as it goes and is never called steady.
     */
    COLD("cold");

    /**
     * The most operations of a thread in a cold cell. Upper index blocks and neighbours of rows
     * that were read are in memory soon, and Java has compiled its paths after some thousand calls;
     * fewer than 1,000 operations have no 99th percentile.
     */
    public static final int MOST_COLD_OPS = 2_000;

    private final String word;

    Temperature(String word) {
      this.word = word;
    }

    /** {@return its name on the command line and in reports} */
    public String word() {
      return word;
    }
  }
}
