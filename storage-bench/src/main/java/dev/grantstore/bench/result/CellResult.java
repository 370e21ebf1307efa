package dev.grantstore.bench.result;

import dev.grantstore.bench.result.CellSettings.Schedule;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One benchmark, measured once on one fixture with one set of options.
 *
 * @param benchmark its name, such as {@code G2}
 * @param title what it does, in a few words
 * @param settings how it was measured
 * @param interrupted whether it was cut short; what is here was measured all the same
 * @param warmup what was run before
 * @param keys how many different keys the loop went through
 * @param outcomes the figures, hits and misses apart
 * @param schedule how well start times were kept; null in a closed loop
 * @param rate the rate over time
 * @param resources memory, CPU, collections
 * @param harness what the harness costs
 * @param before the store before the cell
 * @param after the store after the cell
 * @param figures further figures of this benchmark alone, unit in the name
 * @param notes further facts of this benchmark alone, in words
 * @param counters the engine's own, from an extra pass; null where it has none
 */
public record CellResult(
    String benchmark,
    String title,
    CellSettings settings,
    boolean interrupted,
    WarmUp warmup,
    KeyCount keys,
    List<Outcome> outcomes,
    @Nullable Schedule schedule,
    RateSeries rate,
    Resources resources,
    HarnessCost harness,
    StoreState before,
    StoreState after,
    SortedMap<String, Double> figures,
    SortedMap<String, String> notes,
    @Nullable ReadCounters counters) {
  /** The note that says by how much operations were prolonged on purpose, where they were. */
  public static final String INJECTED_DELAY = "injected delay";

  /** The figure with the smallest limit of memory, in MiB, with which a JVM passed. */
  public static final String SMALLEST_LIMIT = "smallestLimitMiB";

  /**
   * The figure with the largest limit, in MiB, where a JVM passed with none of them. It stands in
   * the place of {@link #SMALLEST_LIMIT}: how much is needed was not tried, and is no number.
   */
  public static final String MORE_THAN = "moreThanMiB";

  /** The note that says what a benchmark that reads looks at in each answer. */
  public static final String LOOKS_AT = "looks at";

  /** Copies the list and checks the bounds. */
  public CellResult {
    outcomes = List.copyOf(outcomes);
    Bounds.finite("figures", figures);
  }

  /** {@return what is asked and how, but not of whom} */
  public String question() {
    return settings.question(benchmark);
  }

  /** {@return whether it is a way down limits of memory, of which the smallest is the answer} */
  public boolean isOfLimits() {
    return figures.containsKey(SMALLEST_LIMIT) || figures.containsKey(MORE_THAN);
  }

  /**
   * {@return the same with counters}
   *
   * @param other null where there are none
   */
  public CellResult withCounters(@Nullable ReadCounters other) {
    return new CellResult(
        benchmark,
        title,
        settings,
        interrupted,
        warmup,
        keys,
        outcomes,
        schedule,
        rate,
        resources,
        harness,
        before,
        after,
        figures,
        notes,
        other);
  }

  /**
   * The operations of one cell that had one kind of answer, or one stage; they are never added up.
   *
   * @param name {@code all}, {@code hit}, {@code miss} or the name of a stage
   * @param ops operations, each with a checked answer
   * @param rows rows they returned
   * @param opsPerSecond operations per second spent on operations of this outcome, all threads; in
   *     an open loop, whose threads wait between operations, of each second that passed
   * @param rowsPerSecond rows per second, likewise
   * @param nanosPerOp mean time of an operation on its thread
   * @param nanosPerRow mean time of a row on its thread; 0 where there were no rows
   * @param latency how the service times are distributed
   * @param response how the response times are distributed, from the scheduled start to the answer;
   *     null in a closed loop, which has none
   * @param lengths how many rows the answers had
   */
  public record Outcome(
      String name,
      long ops,
      long rows,
      double opsPerSecond,
      double rowsPerSecond,
      double nanosPerOp,
      double nanosPerRow,
      Latency latency,
      @Nullable Latency response,
      LengthSpread lengths) {
    /** Checks the bounds. */
    public Outcome {
      Bounds.notNegative("ops", ops);
      Bounds.notNegative("rows", rows);
      Bounds.notNegative("opsPerSecond", opsPerSecond);
      Bounds.notNegative("rowsPerSecond", rowsPerSecond);
      Bounds.notNegative("nanosPerOp", nanosPerOp);
      Bounds.notNegative("nanosPerRow", nanosPerRow);
    }

    /** {@return rows in the answer to one operation, on average} */
    public double rowsPerOp() {
      return ops == 0 ? 0 : (double) rows / ops;
    }
  }

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

  /**
   * What the operations used besides time.
   *
   * @param allocatedBytesPerOp Java heap allocated by the benchmark's threads, per operation
   * @param threadCpuNanosPerOp CPU time of the benchmark's threads, per operation
   * @param processCpuNanosPerOp CPU time of the whole process (collector, compiler, engine
   *     threads), per operation
   * @param gcCount garbage collections
   * @param gcMillis time in garbage collections
   * @param peakRssBytes the most memory that was resident, native memory included; 0 where unknown
   * @param peakRssIsOfCell whether that peak is of this cell; else it is of the process so far
   * @param diskReadBytes what the process had read from the device; negative where unknown
   * @param diskWriteBytes what the process had to be written to the device; negative where unknown
   * @param otherCpuCores how many cores other processes kept busy meanwhile; negative where unknown
   */
  public record Resources(
      double allocatedBytesPerOp,
      double threadCpuNanosPerOp,
      double processCpuNanosPerOp,
      long gcCount,
      long gcMillis,
      long peakRssBytes,
      boolean peakRssIsOfCell,
      long diskReadBytes,
      long diskWriteBytes,
      double otherCpuCores) {
    /** Checks the bounds. */
    public Resources {
      Bounds.notNegative("allocatedBytesPerOp", allocatedBytesPerOp);
      Bounds.notNegative("threadCpuNanosPerOp", threadCpuNanosPerOp);
      Bounds.notNegative("processCpuNanosPerOp", processCpuNanosPerOp);
      Bounds.notNegative("gcCount", gcCount);
      Bounds.notNegative("gcMillis", gcMillis);
      Bounds.notNegative("peakRssBytes", peakRssBytes);
      Bounds.finite("otherCpuCores", otherCpuCores);
    }
  }

  /**
   * Whether the rate stayed the same while it was measured.
   *
   * @param verdict the answer
   * @param driftPercent how far a straight line through the windows rises (or falls) from the first
   *     to the last, in percent of the mean
   * @param spreadPercent standard deviation of the windows around that line, in percent of the mean
   */
  public record Steadiness(Verdict verdict, double driftPercent, double spreadPercent) {
    /** Checks the bounds. */
    public Steadiness {
      Bounds.finite("driftPercent", driftPercent);
      Bounds.finite("spreadPercent", spreadPercent);
    }

    /** What the test says. */
    public enum Verdict {
      /** Neither drift nor spread is over its limit. */
      STEADY("steady"),
      /** The rate was still rising or falling. */
      DRIFTING("not steady: drifting"),
      /** The rate went up and down. */
      UNEVEN("not steady: uneven"),
      /** Too few windows to say. */
      TOO_SHORT("too short to say");

      private final String words;

      Verdict(String words) {
        this.words = words;
      }

      /** {@return the verdict as reports print it} */
      public String words() {
        return words;
      }
    }
  }

  /**
   * What was run before anything was kept.
   *
   * @param seconds how long
   * @param steadiness of the rate in its last part, which decided whether to go on; {@code
   *     TOO_SHORT} where there was no warm-up
   */
  public record WarmUp(double seconds, Steadiness steadiness) {
    /** No warm-up. */
    public static final WarmUp NONE =
        new WarmUp(0, new Steadiness(Steadiness.Verdict.TOO_SHORT, 0, 0));

    /** Checks the bounds. */
    public WarmUp {
      Bounds.notNegative("seconds", seconds);
    }
  }

  /**
   * The rate over time, warm-up left out.
   *
   * @param unit what is counted: {@code ops} or {@code rows}
   * @param windowsPerSecond the rate in each window, in order, all threads together
   * @param steadiness whether it stayed the same
   */
  public record RateSeries(String unit, List<Double> windowsPerSecond, Steadiness steadiness) {
    /** Copies the list. */
    public RateSeries {
      windowsPerSecond = List.copyOf(windowsPerSecond);
    }
  }

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

  /**
   * What the harness itself costs: the same loop, questions and checks on a null engine, whose rows
   * are ready made.
   *
   * @param nanosPerOp CPU time per operation, on each thread
   * @param sharePercent of the time an operation of the cell's fastest outcome takes
   */
  public record HarnessCost(double nanosPerOp, double sharePercent) {
    /** Over this share a report warns. */
    public static final double LIMIT_PERCENT = 5;

    /** Checks the bounds. */
    public HarnessCost {
      Bounds.notNegative("nanosPerOp", nanosPerOp);
      Bounds.notNegative("sharePercent", sharePercent);
    }

    /** {@return whether the harness costs more than it should} */
    public boolean exceedsLimit() {
      return sharePercent > LIMIT_PERCENT;
    }
  }

  /**
   * How many different keys a cell asked for, of how many there are.
   *
   * @param asked keys of rows that exist; 0 where a benchmark has no keys
   * @param missesAsked keys without an answer
   * @param present how many keys the sync has
   */
  public record KeyCount(long asked, long missesAsked, long present) {
    /** Of a benchmark that has no keys. */
    public static final KeyCount NONE = new KeyCount(0, 0, 0);

    /** What one read of a key brings into the cache, at most about. */
    private static final long BYTES_PER_KEY = 16 << 10;

    /** Checks the bounds. */
    public KeyCount {
      Bounds.notNegative("asked", asked);
      Bounds.notNegative("missesAsked", missesAsked);
      Bounds.notNegative("present", present);
    }

    /**
     * {@return whether some keys are never asked for, and the others' blocks fit into the cache}
     *
     * @param cacheBytes memory for cached blocks
     */
    public boolean fitsCache(long cacheBytes) {
      return asked > 0 && asked < present && asked <= cacheBytes / BYTES_PER_KEY;
    }

    /**
     * {@return whether the blocks of all keys without an answer fit into the cache}
     *
     * @param cacheBytes memory for cached blocks
     */
    public boolean missesFitCache(long cacheBytes) {
      return missesAsked > 0 && missesAsked < present && missesAsked <= cacheBytes / BYTES_PER_KEY;
    }
  }

  /**
   * The store's own figures at one moment: the shape of its files, its memory.
   *
   * @param keyspaces one entry per keyspace, in the engine's order
   * @param memoryBytes what the engine holds outside the Java heap, as far as it says
   * @param engine further figures by the engine's own names
   */
  public record StoreState(
      List<Keyspace> keyspaces, long memoryBytes, SortedMap<String, String> engine) {

    /**
     * The primary rows, or one index.
     *
     * @param name the engine's name for it
     * @param rowsEstimate about how many rows
     * @param fileBytes what its files take
     * @param files how many files
     */
    public record Keyspace(String name, long rowsEstimate, long fileBytes, int files) {
      /** Checks the bounds. */
      public Keyspace {
        Bounds.notNegative("fileBytes", fileBytes);
        Bounds.notNegative("files", files);
      }
    }

    /** Copies the list and checks the bounds. */
    public StoreState {
      keyspaces = List.copyOf(keyspaces);
      Bounds.notNegative("memoryBytes", memoryBytes);
    }
  }
}
