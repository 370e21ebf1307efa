package dev.grantstore.sort;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows in order, in memory or in a temporary file.
 *
 * <p>Immutable until closed; any number of threads may read it, each with its own cursors. Close it
 * when none of them reads any more: cursors fail afterwards. An interrupt of a thread that reads a
 * spilled run closes its file, as it does every {@link java.nio.channels.FileChannel}.
 */
public abstract sealed class SortedRun implements AutoCloseable permits MemoryRun, SpilledRun {
  /**
   * A run to be closed by the caller, over the rows of a sorted buffer, not copied. The buffer is
   * lent until the run is closed, which clears it.
   *
   * @param sorted sorted and not lent
   * @return the run
   * @throws IllegalStateException if the buffer is not sorted
   */
  public static SortedRun inMemory(RowBuffer sorted) {
    return new MemoryRun(sorted);
  }

  /**
   * A run to be closed by the caller, in a new temporary file with the rows of a cursor. The file
   * goes when the run is closed, or when writing fails; on Linux its name goes at once, so that
   * nothing is left behind even by a killed process.
   *
   * @param file where; must not exist
   * @param rows read to the end, from the row after the one it stands on; their source may be
   *     cleared afterwards
   * @return the run
   * @throws IOException if the file cannot be written, or {@code rows} fails
   */
  public static SortedRun spill(Path file, RowCursor rows) throws IOException {
    return SpilledRun.write(file, rows);
  }

  SortedRun() {}

  /**
   * {@return a new cursor over the rows of a key range} It finds its place in the run when it is
   * first moved.
   *
   * @param fromKeyInclusive the first key, not to be changed afterwards; null for no bound
   * @param toKeyExclusive the key to stop before, not to be changed afterwards; null for no bound
   * @throws IllegalStateException if the run is closed
   */
  public final RowCursor cursor(
      byte @Nullable [] fromKeyInclusive, byte @Nullable [] toKeyExclusive) {
    return runCursor(fromKeyInclusive, toKeyExclusive);
  }

  /** {@return how many rows} */
  public abstract long rows();

  /** {@return the heap it holds} */
  public abstract long memoryBytes();

  /** {@return the size of its file; 0 in memory} */
  public abstract long fileBytes();

  /**
   * Gives up the rows. Closing twice does nothing.
   *
   * @throws IOException if the file cannot be closed
   */
  @Override
  public abstract void close() throws IOException;

  abstract RunCursor runCursor(byte @Nullable [] from, byte @Nullable [] to);

  /**
   * Adds keys of the run at about equal distances.
   *
   * @param limit about how many, at least 1
   * @param samples added to
   */
  abstract void sample(int limit, List<KeySample> samples);
}
