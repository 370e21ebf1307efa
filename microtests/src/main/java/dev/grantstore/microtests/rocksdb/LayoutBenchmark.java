package dev.grantstore.microtests.rocksdb;

import dev.grantstore.layout.Keyspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.rocksdb.RocksDBException;

/**
 * The open questions of the layout, each answered by one read that depends on it: {@link Layout}
 * says which. 200,000 grants of the reference shape, at the last level, all in cache.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Benchmark)
public class LayoutBenchmark {
  /** Which layout. */
  @Param public Layout layout;

  private final LayoutRows rows = new LayoutRows();
  private Path folder;
  private LayoutDatabase database;
  private int at;

  /** For JMH. */
  @SuppressWarnings("NullAway.Init") // by fill, before any benchmark
  public LayoutBenchmark() {}

  /**
   * Fills a database.
   *
   * @throws IOException if there is no place for it
   * @throws RocksDBException if it cannot be filled
   */
  @Setup(Level.Trial)
  public void fill() throws IOException, RocksDBException {
    folder = Files.createTempDirectory("layout");
    database = new LayoutDatabase(layout, rows, folder);
  }

  /**
   * Removes it.
   *
   * @throws IOException if it cannot be removed
   */
  @TearDown(Level.Trial)
  public void remove() throws IOException {
    database.close();
    LayoutSizes.delete(folder);
  }

  /** {@return a grant that is there} */
  @Benchmark
  public int getHit() throws RocksDBException {
    return found(database.get(next(rows.grantKeys)), true);
  }

  /** {@return a grant that is not there, between two that are} */
  @Benchmark
  public int getMiss() throws RocksDBException {
    return found(database.get(next(rows.missingKeys)), false);
  }

  /** {@return the rows of an entitlement, about 100, per list} */
  @Benchmark
  public long listByEntitlement() throws RocksDBException {
    return database.list(Keyspace.BY_ENTITLEMENT, next(rows.entitlements));
  }

  /** {@return that somebody holds something} */
  @Benchmark
  public boolean holdsHit() throws RocksDBException {
    return database.holds(next(rows.held));
  }

  /** {@return that somebody does not hold something} */
  @Benchmark
  public boolean holdsMiss() throws RocksDBException {
    return database.holds(next(rows.notHeld));
  }

  /** {@return all grants, per row} */
  @Benchmark
  @OperationsPerInvocation(LayoutRows.GRANTS)
  public long scan() throws RocksDBException {
    return database.list(Keyspace.GRANTS, new byte[Integer.BYTES]);
  }

  private byte[] next(byte[][] keys) {
    at = at + 1 < keys.length ? at + 1 : 0;
    return keys[at];
  }

  private static int found(int length, boolean isExpected) {
    if (length >= 0 != isExpected) {
      throw new IllegalStateException("wrong answer: length=" + length);
    }
    return length;
  }
}
