package dev.grantstore.microtests.harness;

import dev.grantstore.EntitlementRef;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.IdField;
import dev.grantstore.PrincipalRef;
import dev.grantstore.bench.measure.Tally;
import dev.grantstore.bench.nullengine.NullStore;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What storage-bench adds to each operation it times, part by part, and what it takes to ask the
 * engine that does nothing. Latencies to record are drawn beforehand, from 1 to 20 microseconds.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Thread)
public class HarnessBenchmark {
  private static final int LATENCIES = 1 << 12;
  private static final int ROWS = 100;
  private static final long HOUR_NANOS = 3_600_000_000_000L;
  private static final PrincipalRef PRINCIPAL = new PrincipalRef("user", "u");
  private static final EntitlementRef ENTITLEMENT = new EntitlementRef("app", "a", "e");

  private final GrantQuery query = new GrantQuery.ByPrincipal("s", PRINCIPAL);
  private final NullStore store = new NullStore(ROWS);
  private final Histogram histogram = new Histogram(1, HOUR_NANOS, 3);
  private final Tally tally = new Tally();
  private final long[] latencies =
      new SplittableRandom(1).longs(LATENCIES, 1_000, 20_000).toArray();
  private long last = System.nanoTime();
  private int at;

  /** For JMH. */
  public HarnessBenchmark() {}

  /** {@return the clock} */
  @Benchmark
  public long clock() {
    return System.nanoTime();
  }

  /** {@return the histogram, one value richer} */
  @Benchmark
  public Histogram histogram() {
    histogram.recordValue(next());
    return histogram;
  }

  /** {@return what storage-bench counts an operation in: the histogram and three sums} */
  @Benchmark
  public Tally tally() {
    tally.record(next(), 1);
    return tally;
  }

  /** {@return what it does for each operation besides asking: clock and tally} */
  @Benchmark
  public Tally clockAndTally() {
    long now = System.nanoTime();
    tally.record(now - last, 1);
    last = now;
    return tally;
  }

  /** {@return a get of the null engine} */
  @Benchmark
  public Object nullGet() {
    return store.get("s", "g");
  }

  /** {@return a check of the null engine} */
  @Benchmark
  public boolean nullHolds() {
    return store.holds("s", PRINCIPAL, ENTITLEMENT);
  }

  /** {@return a list of 100 rows of the null engine, one byte of each looked at} */
  @Benchmark
  public long nullList() {
    long seen = 0;
    try (GrantCursor cursor = store.cursor(query)) {
      while (cursor.next()) {
        seen += cursor.id(IdField.GRANT_ID).at(0);
      }
    }
    return seen;
  }

  private long next() {
    at = (at + 1) & (LATENCIES - 1);
    return latencies[at];
  }
}
