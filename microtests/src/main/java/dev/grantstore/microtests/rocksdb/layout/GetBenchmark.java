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

/** What finds a key: the filter of grant ids, the hash index inside blocks. All in cache. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 150, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Benchmark)
public class GetBenchmark extends LayoutReads {
  /** Which layouts. */
  @Param({"ENGINE", "NO_FILTER", "HASH_INDEX"})
  public Layout layout;

  /** For JMH. */
  @SuppressWarnings("NullAway.Init") // by JMH
  public GetBenchmark() {}

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

  /** {@return a grant that is not there, between two that are} */
  @Benchmark
  public int getMiss() throws RocksDBException {
    return getOneThatIsNotThere();
  }
}
