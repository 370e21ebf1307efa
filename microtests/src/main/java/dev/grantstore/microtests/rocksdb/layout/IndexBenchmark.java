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
 * What rows and keys are: covering or not, ids or hashes of them, a family for each table or one
 * for all. All in cache.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 150, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Benchmark)
public class IndexBenchmark extends LayoutReads {
  /** Which layouts. */
  @Param({"ENGINE", "INDEX_AND_LOOKUP", "FLAT_KEYS", "ONE_FAMILY"})
  public Layout layout;

  /** For JMH. */
  @SuppressWarnings("NullAway.Init") // by JMH
  public IndexBenchmark() {}

  @Override
  Layout layout() {
    return layout;
  }

  @Override
  Room room() {
    return Room.ALL;
  }

  /** {@return a grant that is there} */
  @Benchmark
  public int getHit() throws RocksDBException {
    return getOneThatIsThere();
  }

  /** {@return the rows of an entitlement, about 100, per list} */
  @Benchmark
  public int listByEntitlement() throws RocksDBException {
    return listEntitlement();
  }

  /** {@return that somebody holds something} */
  @Benchmark
  public boolean holdsHit() throws RocksDBException {
    return askForHeld();
  }
}
