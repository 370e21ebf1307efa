package dev.grantstore.microtests.rocksdb;

import dev.grantstore.fixture.Fixtures;
import dev.grantstore.layout.Keyspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksIterator;

/**
 * A scan of all grants whose file pages are not in memory, with as much read ahead as is said; 0
 * leaves it to RocksDB. Per row. Fails where pages cannot be dropped, so it is never a warm scan
 * that is reported. Linux only.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 6)
@Fork(2)
@State(Scope.Benchmark)
public class ReadAheadBenchmark {
  private static final String LEAST_READ = "bytes from disk are fewer than the rows have: ";

  /** Bytes. */
  @Param({"0", "262144", "2097152"})
  public long readAheadBytes;

  private BareDatabase bare;
  private ReadOptions options;
  private List<Path> files = List.of();
  private long readBefore;

  /** For JMH. */
  @SuppressWarnings("NullAway.Init") // by open, before any benchmark
  public ReadAheadBenchmark() {}

  /**
   * Opens the fixture's store with next to no cache.
   *
   * @throws IOException if it cannot be read
   */
  @Setup(Level.Trial)
  public void open() throws IOException {
    Path fixture = Path.of(ReadFixture.folder());
    Path database = Fixtures.open(fixture).path().resolve("store").resolve("db");
    try (Stream<Path> found = Files.list(database)) {
      files = found.filter(path -> path.toString().endsWith(".sst")).toList();
    }
    bare = BareDatabase.open(database, 1);
    options = new ReadOptions().setReadaheadSize(readAheadBytes).setFillCache(false);
  }

  /** Closes it. */
  @TearDown(Level.Trial)
  public void close() {
    options.close();
    bare.close();
  }

  /**
   * Drops the pages of all files.
   *
   * @throws IOException if it cannot be done
   */
  @Setup(Level.Invocation)
  public void dropPages() throws IOException {
    for (Path file : files) {
      DiskPages.drop(file);
    }
    readBefore = DiskPages.bytesRead();
  }

  /**
   * Checks that the rows came from disk.
   *
   * @throws IOException if it cannot be told
   */
  @TearDown(Level.Invocation)
  public void checkRead() throws IOException {
    long read = DiskPages.bytesRead() - readBefore;
    long least = bare.fileBytes(Keyspace.GRANTS) / 2;
    if (read < least) {
      throw new IllegalStateException(LEAST_READ + read + " of " + least);
    }
  }

  /** {@return a scan} */
  @Benchmark
  @OperationsPerInvocation(ReadFixture.GRANTS)
  public long coldScan() {
    try (RocksIterator it = bare.iterator(Keyspace.GRANTS, options)) {
      it.seekToFirst();
      return bare.readReused(it);
    }
  }
}
