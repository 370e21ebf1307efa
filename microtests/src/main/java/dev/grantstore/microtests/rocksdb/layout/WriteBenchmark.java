package dev.grantstore.microtests.rocksdb.layout;

import dev.grantstore.folder.FolderTree;
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
 * Writing the sorted rows of all tables into files, as a bulk load does last: per grant, one
 * thread. Rows are sorted beforehand and lie in memory; files go to the folder for temporary files,
 * which microbench puts in memory too.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 5)
@Fork(2)
@State(Scope.Benchmark)
public class WriteBenchmark {
  /** Which layouts. */
  @Param({
    "UNCOMPRESSED",
    "LZ4",
    "ENGINE",
    "ZSTD_3",
    "ZSTD_6",
    "ZSTD_9",
    "ZSTD_DICTIONARY",
    "BLOCK_4K_DICTIONARY"
  })
  public Layout layout;

  /** Which grants. */
  @Param("REFERENCE")
  public Content content;

  private LayoutFiles files;
  private Path folder;

  /** For JMH. */
  @SuppressWarnings("NullAway.Init") // by sort, before any benchmark
  public WriteBenchmark() {}

  /** Sorts the rows. */
  @Setup(Level.Trial)
  public void sort() {
    Grants grants = Grants.of(content, LayoutRows.GRANTS);
    files = new LayoutFiles(layout, new LayoutRows(layout.keys(), grants));
  }

  /**
   * Makes a folder.
   *
   * @throws IOException if it cannot be made
   */
  @Setup(Level.Invocation)
  public void makeFolder() throws IOException {
    folder = Files.createTempDirectory("write");
  }

  /**
   * Removes it.
   *
   * @throws IOException if it cannot be removed
   */
  @TearDown(Level.Invocation)
  public void removeFolder() throws IOException {
    FolderTree.delete(folder);
  }

  /** {@return the files} */
  @Benchmark
  @OperationsPerInvocation(LayoutRows.GRANTS)
  public Object sortedFiles() throws RocksDBException {
    return files.write(folder);
  }
}
