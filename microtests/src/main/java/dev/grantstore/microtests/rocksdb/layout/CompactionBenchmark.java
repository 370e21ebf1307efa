package dev.grantstore.microtests.rocksdb.layout;

import dev.grantstore.folder.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Rows that arrive in no order, are flushed eight times and compacted to the last level: per grant,
 * without a log, one table.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 5)
@Fork(2)
@State(Scope.Benchmark)
public class CompactionBenchmark {
  private static final int FLUSHES = 8;
  private static final long CACHE_BYTES = 1 << 20;

  /** Which layouts. */
  @Param({"ENGINE", "LZ4", "LZ4_AND_ZSTD_LAST"})
  public Layout layout;

  private LayoutFiles files;
  private Path folder;
  private NativeObjects objects;
  private RocksDB db;

  /** For JMH. */
  @SuppressWarnings("NullAway.Init") // by sort, before any benchmark
  public CompactionBenchmark() {}

  /** Makes the rows. */
  @Setup(Level.Trial)
  public void sort() {
    Grants grants = Grants.of(Content.REFERENCE, LayoutRows.GRANTS);
    files = new LayoutFiles(layout, new LayoutRows(layout.keys(), grants));
  }

  /**
   * Opens an empty database.
   *
   * @throws IOException if there is no place for it
   * @throws RocksDBException if it does not open
   */
  @Setup(Level.Invocation)
  public void openEmpty() throws IOException, RocksDBException {
    folder = Files.createTempDirectory("compaction");
    objects = new NativeObjects(CACHE_BYTES);
    ColumnFamilyOptions family = layout.options(Table.BY_ENTITLEMENT, files.rows(), objects);
    family.setDisableAutoCompactions(true);
    Options options = objects.own(new Options(objects.own(new DBOptions()), family));
    db = objects.own(RocksDB.open(options.setCreateIfMissing(true), folder.toString()));
  }

  /**
   * Removes it.
   *
   * @throws IOException if it cannot be removed
   */
  @TearDown(Level.Invocation)
  public void remove() throws IOException {
    objects.close();
    FolderTree.delete(folder);
  }

  /** {@return bytes in files, so that all is at the last level} */
  @Benchmark
  @OperationsPerInvocation(LayoutRows.GRANTS)
  public long flushAndCompact() throws RocksDBException {
    List<Row> rows = files.families().getOrDefault(Table.BY_ENTITLEMENT, List.of());
    try (WriteOptions write = new WriteOptions().setDisableWAL(true);
        WriteBatch batch = new WriteBatch();
        CompactRangeOptions all =
            new CompactRangeOptions()
                .setBottommostLevelCompaction(
                    CompactRangeOptions.BottommostLevelCompaction.kForceOptimized)) {
      for (int start = 0; start < FLUSHES; start++) {
        for (int i = start; i < rows.size(); i += FLUSHES) {
          batch.put(rows.get(i).key(), rows.get(i).value());
        }
        db.write(write, batch);
        batch.clear();
        flush();
      }
      db.compactRange(null, null, null, all);
    }
    return db.getLongProperty("rocksdb.live-sst-files-size");
  }

  private void flush() throws RocksDBException {
    try (FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
      db.flush(wait);
    }
  }
}
