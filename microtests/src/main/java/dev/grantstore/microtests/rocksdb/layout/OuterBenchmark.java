package dev.grantstore.microtests.rocksdb.layout;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.rocksdb.RocksDBException;

/**
 * Compressing a whole store with ZSTD, as one would to send it: its files one after the other, in
 * memory, whose blocks are compressed already or not. Per grant; what comes out is in the table of
 * sizes.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 5)
@Fork(2)
@State(Scope.Benchmark)
public class OuterBenchmark {
  /** How blocks are compressed. */
  @Param({"UNCOMPRESSED", "LZ4", "ENGINE"})
  public Layout layout;

  /** ZSTD's level around them. */
  @Param({"1", "9"})
  public int level;

  private byte[] store = {};
  private byte[] compressed = {};

  /** For JMH. */
  @SuppressWarnings("NullAway.Init") // by JMH
  public OuterBenchmark() {}

  /**
   * Reads the store.
   *
   * @throws IOException if there is no place for it
   * @throws RocksDBException if it cannot be filled
   */
  @Setup(Level.Trial)
  public void read() throws IOException, RocksDBException {
    try (LayoutFolder folder = LayoutFolder.open(Content.REFERENCE)) {
      store = LayoutSizes.tableFiles(folder.database(layout));
    }
    compressed = new byte[(int) Zstd.compressBound(store.length)];
  }

  /** {@return how many bytes come out} */
  @Benchmark
  @OperationsPerInvocation(LayoutRows.GRANTS)
  public long compress() {
    long length =
        Zstd.compressByteArray(compressed, 0, compressed.length, store, 0, store.length, level);
    if (Zstd.isError(length)) {
      throw new IllegalStateException("not compressed: " + Zstd.getErrorName(length));
    }
    return length;
  }
}
