package dev.grantstore.sqlite;

import dev.grantstore.BulkLoadOptions;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.sort.RowBuffer;
import dev.grantstore.sort.SortedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Turns full buffers into sorted runs, on the threads that filled them, and keeps as many in memory
 * as half of the budget allows; the rest go to temporary files. The other half is for the buffers
 * that are being filled: more parts at once than about six may exceed it. Thread-safe.
 */
final class BulkRuns implements AutoCloseable {
  private static final int BUFFERS = 24;
  private static final int MAX_BUFFER_BYTES = 16 << 20;

  private final Path folder;
  private final int bufferBytes;
  private final long keptLimitBytes;
  private final Deque<RowBuffer> free = new ArrayDeque<>();
  private final Map<Keyspace, List<SortedRun>> runs = new EnumMap<>(Keyspace.class);
  private long keptBytes;
  private int spilled;
  private boolean closed;

  BulkRuns(Path folder, BulkLoadOptions options) {
    this.folder = folder;
    bufferBytes = (int) Math.min(MAX_BUFFER_BYTES, options.memoryBudgetBytes() / BUFFERS);
    keptLimitBytes = options.memoryBudgetBytes() / 2;
  }

  /** An empty buffer, to be handed to {@link #sort}. */
  synchronized RowBuffer borrow() {
    RowBuffer buffer = free.poll();
    return buffer == null ? new RowBuffer(bufferBytes) : buffer;
  }

  /** Takes a filled buffer; forgets it if the load has ended meanwhile. */
  void sort(Keyspace keyspace, RowBuffer buffer) throws IOException {
    buffer.sort();
    synchronized (this) {
      if (closed) {
        return;
      }
      SortedRun run;
      if (keptBytes + buffer.memoryBytes() <= keptLimitBytes) {
        keptBytes += buffer.memoryBytes();
        run = SortedRun.inMemory(buffer);
      } else {
        run = SortedRun.spill(folder.resolve("run-" + spilled++), buffer.cursor());
        buffer.clear();
        free.push(buffer);
      }
      runs.computeIfAbsent(keyspace, any -> new ArrayList<>()).add(run);
    }
  }

  synchronized List<SortedRun> of(Keyspace keyspace) {
    return List.copyOf(runs.getOrDefault(keyspace, List.of()));
  }

  /** Gives up the runs of a keyspace that is written. */
  synchronized void release(Keyspace keyspace) throws IOException {
    List<SortedRun> done = runs.remove(keyspace);
    for (SortedRun run : done == null ? List.<SortedRun>of() : done) {
      run.close();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    free.clear();
    for (Keyspace keyspace : Keyspace.values()) {
      release(keyspace);
    }
  }
}
