package dev.grantstore.bench.benchmark;

import com.sun.management.ThreadMXBean;
import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.ContentDigest;
import dev.grantstore.GrantStore;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.fixture.manifest.SyncEntry;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Writes a whole sync through {@link GrantStore#bulkLoad}, with some threads that add grants. */
final class BulkWriter {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final GrantFeed feed;
  private final SyncEntry sync;
  private final int threads;
  private final ExecutorService pool;
  private final Halt halt;

  /**
   * Creates a writer.
   *
   * @param feed gives the grants
   * @param sync what to write them as
   * @param threads how many threads add grants
   * @param pool has as many threads
   * @param halt gives up
   */
  BulkWriter(GrantFeed feed, SyncEntry sync, int threads, ExecutorService pool, Halt halt) {
    this.feed = feed;
    this.sync = sync;
    this.threads = threads;
    this.pool = pool;
    this.halt = halt;
  }

  /**
   * What one load took. The store's own threads are not in CPU time and allocation.
   *
   * @param digest of the sealed sync
   * @param nanos from the start of the load until it was sealed and durable
   * @param allocatedBytes by the threads that called the store
   * @param cpuNanos of the threads that called the store
   */
  record Load(ContentDigest digest, long nanos, long allocatedBytes, long cpuNanos) {}

  /** {@return what writing the sync took; empty if halted, and then nothing was written} */
  Optional<Load> write(GrantStore store) {
    long allocated = -THREADS.getCurrentThreadAllocatedBytes();
    long cpu = -THREADS.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    try (BulkLoad load =
        store.bulkLoad(sync.id(), sync.type(), sync.startedAt(), BulkLoadOptions.defaults())) {
      List<Callable<long[]>> tasks = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        BulkPart part = load.openPart();
        int number = i;
        tasks.add(() -> fill(part, number));
      }
      for (long[] used : inParallel(tasks)) {
        allocated += used[0];
        cpu += used[1];
      }
      if (halt.isRequested()) {
        return Optional.empty();
      }
      ContentDigest digest = load.commit(sync.endedAt()).digest().orElse(ContentDigest.EMPTY);
      long nanos = System.nanoTime() - start;
      cpu += THREADS.getCurrentThreadCpuTime();
      allocated += THREADS.getCurrentThreadAllocatedBytes();
      return Optional.of(new Load(digest, nanos, allocated, cpu));
    }
  }

  private long[] fill(BulkPart part, int number) {
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    long cpu = THREADS.getCurrentThreadCpuTime();
    try (part) {
      feed.part(
          number,
          threads,
          grant -> {
            part.add(grant);
            return !halt.isRequested();
          });
    }
    return new long[] {
      THREADS.getCurrentThreadAllocatedBytes() - allocated, THREADS.getCurrentThreadCpuTime() - cpu
    };
  }

  private List<long[]> inParallel(List<Callable<long[]>> tasks) {
    try {
      List<long[]> ended = new ArrayList<>();
      for (Future<long[]> future : pool.invokeAll(tasks)) {
        ended.add(future.get());
      }
      return ended;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a thread that adds grants failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while loading", e);
    }
  }
}
