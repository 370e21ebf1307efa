package dev.grantstore.keyvalue;

import dev.grantstore.BulkLoadOptions;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.sort.MergeCursor;
import dev.grantstore.sort.RowBuffer;
import dev.grantstore.sort.SortedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Turns a load's full buffers into sorted runs, on the load's threads, and keeps as many of them in
 * memory as half of the budget allows; the rest go to temporary files. The other half is for the
 * buffers that are being filled and sorted: more parts at once than about one a core may exceed it.
 * Thread-safe.
 */
public final class RunCollector implements AutoCloseable {
  private static final int BUFFERS = 24;
  private static final int MAX_BUFFER_BYTES = 16 << 20;
  private static final int LEAST_FAN_IN = 8;
  private static final int MOST_FAN_IN = 128;

  /** What a merge holds for each run in a file. */
  private static final long MERGED_RUN_BYTES = 68 << 10;

  private final Path folder;
  private final Executor workers;
  private final int bufferBytes;
  private final int keptLimit;
  private final int fanIn;
  private final Deque<RowBuffer> free = new ArrayDeque<>();
  private final Map<Keyspace, List<SortedRun>> runs = new EnumMap<>(Keyspace.class);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final AtomicInteger spilled = new AtomicInteger();
  private int kept;
  private int sorting;
  private int running;
  private boolean closed;

  RunCollector(Path folder, BulkLoadOptions options, Executor workers) {
    this.folder = folder;
    this.workers = workers;
    long budget = options.memoryBudgetBytes();
    bufferBytes = (int) Math.min(MAX_BUFFER_BYTES, budget / BUFFERS);
    keptLimit = (int) Math.min(Integer.MAX_VALUE, budget / bufferBytes / 2);
    long merging = MERGED_RUN_BYTES * (options.threads() + 1L) * 2;
    fanIn = (int) Math.max(LEAST_FAN_IN, Math.min(MOST_FAN_IN, budget / 2 / merging));
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      runs.put(keyspace, new ArrayList<>());
    }
  }

  /** An empty buffer, to be given back by {@link #sort}. */
  synchronized RowBuffer borrow() {
    RowBuffer buffer = free.poll();
    return buffer == null ? new RowBuffer(bufferBytes) : buffer;
  }

  /** Takes a filled buffer; sorts it at once on this thread if all workers are busy. */
  void sort(Keyspace keyspace, RowBuffer buffer) {
    requireNoFailure();
    synchronized (this) {
      if (closed) {
        return;
      }
      sorting++;
    }
    workers.execute(
        () -> {
          try {
            if (begin()) {
              sortNow(keyspace, buffer);
            }
          } catch (IOException | RuntimeException | Error e) {
            fail(e);
          } finally {
            synchronized (this) {
              sorting--;
              running--;
              notifyAll();
            }
          }
        });
  }

  /** Waits until every buffer taken is sorted. */
  synchronized void awaitSorted() throws InterruptedException {
    while (sorting > 0) {
      wait();
    }
    requireNoFailure();
    free.clear();
  }

  /**
   * {@return the runs of a keyspace, to be merged, once every buffer is sorted}
   *
   * @param keyspace the keyspace
   */
  public synchronized List<SortedRun> runs(Keyspace keyspace) {
    return List.copyOf(runs.getOrDefault(keyspace, List.of()));
  }

  /**
   * Gives up the runs of a keyspace that is written.
   *
   * @param keyspace the keyspace
   * @throws IOException if a file cannot be removed
   */
  public synchronized void release(Keyspace keyspace) throws IOException {
    List<SortedRun> done = runs.put(keyspace, new ArrayList<>());
    for (SortedRun run : done == null ? List.<SortedRun>of() : done) {
      run.close();
    }
  }

  /** Takes no more, and no notice of what fails from now on: the workers are to be stopped. */
  synchronized void giveUp() {
    closed = true;
  }

  /** Waits for the sorts that run; those that wait for a thread are not begun any more. */
  @Override
  public void close() throws IOException {
    giveUp();
    synchronized (this) {
      Uninterrupted.await(
          () -> {
            while (running > 0) {
              wait();
            }
          });
    }
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      release(keyspace);
    }
  }

  private synchronized void fail(Throwable e) {
    if (!closed) {
      failure.compareAndSet(null, e);
    }
  }

  private synchronized boolean begin() {
    running++;
    return !closed;
  }

  private void sortNow(Keyspace keyspace, RowBuffer buffer) throws IOException {
    buffer.sort();
    boolean keep;
    synchronized (this) {
      keep = kept < keptLimit && buffer.memoryBytes() <= bufferBytes;
      kept += keep ? 1 : 0;
    }
    SortedRun run;
    if (keep) {
      run = SortedRun.inMemory(buffer);
    } else {
      Path file = folder.resolve("run-" + spilled.incrementAndGet());
      run = SortedRun.spill(file, buffer.cursor());
      buffer.clear();
    }
    synchronized (this) {
      runs.computeIfAbsent(keyspace, k -> new ArrayList<>()).add(run);
      if (!keep) {
        free.push(buffer);
      }
    }
    mergeSome(keyspace);
  }

  /** Keeps a keyspace's runs few: each costs a file, and memory while it is merged. */
  private void mergeSome(Keyspace keyspace) throws IOException {
    List<SortedRun> some = takeSpilled(keyspace);
    if (some.isEmpty()) {
      return;
    }
    try {
      Path file = folder.resolve("run-" + spilled.incrementAndGet());
      SortedRun merged = SortedRun.spill(file, MergeCursor.over(some, null, null));
      synchronized (this) {
        runs.computeIfAbsent(keyspace, k -> new ArrayList<>()).add(merged);
      }
    } finally {
      for (SortedRun run : some) {
        run.close();
      }
    }
  }

  private synchronized List<SortedRun> takeSpilled(Keyspace keyspace) {
    List<SortedRun> all = runs.getOrDefault(keyspace, List.of());
    List<SortedRun> inFiles = all.stream().filter(run -> run.fileBytes() > 0).toList();
    if (inFiles.size() < 2 * fanIn) {
      return List.of();
    }
    List<SortedRun> some =
        inFiles.stream()
            .sorted(Comparator.comparingLong(SortedRun::fileBytes))
            .limit(fanIn)
            .toList();
    all.removeAll(some);
    return some;
  }

  private void requireNoFailure() {
    Throwable e = failure.get();
    if (e instanceof IOException io) {
      throw FileErrors.wrap("load failed earlier", io, folder);
    }
    if (e != null) {
      throw new IllegalStateException("load failed earlier: " + e, e);
    }
  }
}
