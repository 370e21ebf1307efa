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

/** How large blocks are, with all of them in cache and with a tenth. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 150, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Benchmark)
public class BlockBenchmark extends LayoutReads {
  /** Which layouts. */
  @Param({"BLOCK_4K", "BLOCK_8K", "ENGINE", "BLOCK_64K"})
  public Layout layout;

  /** How much cache. */
  @Param({"ALL", "TENTH"})
  public Room room;

  /** For JMH. */
  @SuppressWarnings("NullAway.Init") // by JMH
  public BlockBenchmark() {}

  @Override
  Layout layout() {
    return layout;
  }

  @Override
  Room room() {
    return room;
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
}
