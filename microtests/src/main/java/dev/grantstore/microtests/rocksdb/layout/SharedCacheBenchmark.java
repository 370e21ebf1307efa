package dev.grantstore.microtests.rocksdb.layout;

import dev.grantstore.Closing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.TickerType;

/**
 * Eight databases open at once, half of the gets to the first, a quarter to the second and so on:
 * one cache for all, or as many bytes divided among them. The cache has room for about a tenth of
 * all grants. The counters are blocks that were found in a cache, and that were not: only their
 * ratio says something.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Benchmark)
public class SharedCacheBenchmark {
  private static final int DATABASES = 8;
  private static final long CACHE_BYTES = 8L << 20;
  private static final int ASKED = 1 << 16;

  /** Whether the cache is one. */
  @Param({"true", "false"})
  public boolean shared;

  private final List<LayoutDatabase> databases = new ArrayList<>();
  private final List<Cache> caches = new ArrayList<>();
  private final int[] asked = new int[ASKED];
  private LayoutRows rows;
  private LayoutFolder folder;
  private int at;

  /** For JMH. */
  @SuppressWarnings("NullAway.Init") // by open, before any benchmark
  public SharedCacheBenchmark() {}

  /** Blocks looked for in the caches. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Blocks {
    /** Found. */
    public long found;

    /** Not found. */
    public long missed;

    private long foundBefore;
    private long missedBefore;

    /** For JMH. */
    public Blocks() {}

    /**
     * Starts to count.
     *
     * @param benchmark whose databases count
     */
    @Setup(Level.Iteration)
    public void start(SharedCacheBenchmark benchmark) {
      foundBefore = benchmark.counted(TickerType.BLOCK_CACHE_DATA_HIT);
      missedBefore = benchmark.counted(TickerType.BLOCK_CACHE_DATA_MISS);
    }

    /**
     * Takes what was counted.
     *
     * @param benchmark whose databases count
     */
    @TearDown(Level.Iteration)
    public void stop(SharedCacheBenchmark benchmark) {
      found = benchmark.counted(TickerType.BLOCK_CACHE_DATA_HIT) - foundBefore;
      missed = benchmark.counted(TickerType.BLOCK_CACHE_DATA_MISS) - missedBefore;
    }
  }

  /**
   * Opens the databases and draws the order.
   *
   * @throws IOException if there is no place for them
   * @throws RocksDBException if they cannot be filled
   */
  @Setup(Level.Trial)
  public void open() throws IOException, RocksDBException {
    RocksDB.loadLibrary();
    folder = LayoutFolder.open(Content.REFERENCE);
    rows = folder.rows(Layout.ENGINE);
    List<Path> paths = folder.databases(Layout.ENGINE, DATABASES);
    for (Path path : paths) {
      if (caches.isEmpty() || !shared) {
        caches.add(new LRUCache(shared ? CACHE_BYTES : CACHE_BYTES / DATABASES));
      }
      Cache cache = caches.get(caches.size() - 1);
      databases.add(LayoutDatabase.openCounting(Layout.ENGINE, rows, path, cache));
    }
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < ASKED; i++) {
      asked[i] = Math.min(DATABASES - 1, Integer.numberOfTrailingZeros(random.nextInt()));
    }
  }

  /**
   * Closes them.
   *
   * @throws IOException if what was only for this could not be removed
   */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    Closing.all(databases, "a database did not close");
    Closing.all(caches, "a cache did not close");
    folder.close();
  }

  /** {@return a grant that is there} */
  @Benchmark
  public int get(Blocks blocks) throws RocksDBException {
    at = at + 1 < ASKED ? at + 1 : 0;
    int length = databases.get(asked[at]).get(rows.grants[at % rows.grants.length]);
    if (length < 0) {
      throw new IllegalStateException("grant is missing");
    }
    return length;
  }

  private long counted(TickerType ticker) {
    return databases.stream().mapToLong(database -> database.counted(ticker)).sum();
  }
}
