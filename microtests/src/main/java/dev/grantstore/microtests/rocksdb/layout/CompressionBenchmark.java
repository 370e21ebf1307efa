package dev.grantstore.microtests.rocksdb.layout;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.rocksdb.RocksDBException;

/** What reading compressed blocks costs: most of them are not in the cache. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 150, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Benchmark)
public class CompressionBenchmark extends LayoutReads {
  /** Which layouts. */
  @Param({"UNCOMPRESSED", "LZ4", "ENGINE", "ZSTD_9", "ZSTD_DICTIONARY", "BLOCK_4K_DICTIONARY"})
  public Layout layout;

  /** Which grants. */
  @Param("REFERENCE")
  public Content content;

  /** For JMH. */
  @SuppressWarnings("NullAway.Init") // by JMH
  public CompressionBenchmark() {}

  @Override
  Layout layout() {
    return layout;
  }

  @Override
  Content content() {
    return content;
  }

  @Override
  Room room() {
    return Room.TENTH;
  }

  /** {@return a grant that is there} */
  @Benchmark
  public int getHit() throws RocksDBException {
    return getOneThatIsThere();
  }

  /** {@return all grants, per row} */
  @Benchmark
  @OperationsPerInvocation(LayoutRows.GRANTS)
  public int scan() throws RocksDBException {
    return scanAll();
  }
}
