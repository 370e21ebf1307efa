package dev.grantstore.microtests.rocksdb.layout;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.rocksdb.RocksDBException;

/**
 * Filters for what is not there: none, of principals, of principal with entitlement, and a row of
 * its own for each of these. All in cache.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 150, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Benchmark)
public class HoldsBenchmark extends LayoutReads {
  /** Which layouts. */
  @Param({"ENGINE", "PRINCIPAL_FILTER", "HOLDING_FILTER", "HOLDING_ROWS"})
  public Layout layout;

  /** For JMH. */
  @SuppressWarnings("NullAway.Init") // by JMH
  public HoldsBenchmark() {}

  @Override
  Layout layout() {
    return layout;
  }

  @Override
  Room room() {
    return Room.ALL;
  }

  /** {@return that somebody holds something} */
  @Benchmark
  public boolean holdsHit() throws RocksDBException {
    return askForHeld();
  }

  /** {@return whether somebody holds what hardly anybody does} */
  @Benchmark
  public boolean holdsMiss() throws RocksDBException {
    return askForNotHeld();
  }

  /** {@return the rows of a principal who has none} */
  @Benchmark
  public int listNobody() throws RocksDBException {
    return readNobody();
  }
}
