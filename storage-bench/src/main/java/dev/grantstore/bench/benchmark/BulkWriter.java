package dev.grantstore.bench.benchmark;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.ContentDigest;
import dev.grantstore.GrantStore;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.measure.Ticker;
import dev.grantstore.fixture.manifest.Manifest.SyncEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Writes a whole sync through {@link GrantStore#bulkLoad}, with some threads that add grants. */
final class BulkWriter {
  private final GrantFeed feed;
  private final SyncEntry sync;
  private final int threads;
  private final ExecutorService pool;
  private final Halt halt;
  private final Ticker ticker;

  /**
   * Creates a writer.
   *
   * @param feed gives the grants
   * @param sync what to write them as
   * @param threads how many threads add grants
   * @param pool has as many threads
   * @param halt gives up
   * @param ticker tells the time
   */
  BulkWriter(
      GrantFeed feed, SyncEntry sync, int threads, ExecutorService pool, Halt halt, Ticker ticker) {
    this.feed = feed;
    this.sync = sync;
    this.threads = threads;
    this.pool = pool;
    this.halt = halt;
    this.ticker = ticker;
  }

  /** {@return the same sync under another id} */
  static SyncEntry renamed(SyncEntry sync, String id) {
    return new SyncEntry(
        id,
        sync.type(),
        sync.startedAt(),
        sync.endedAt(),
        sync.finished(),
        sync.all(),
        sync.needingExpansion(),
        sync.distinctEntitlements(),
        sync.distinctPrincipals(),
        sync.canonicalBytes(),
        sync.rowsRead());
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
    long allocated = -ticker.allocatedBytes();
    long cpu = -ticker.cpuNanos();
    long start = ticker.nanos();
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
      long nanos = ticker.nanos() - start;
      cpu += ticker.cpuNanos();
      allocated += ticker.allocatedBytes();
      return Optional.of(new Load(digest, nanos, allocated, cpu));
    }
  }

  private long[] fill(BulkPart part, int number) {
    long allocated = ticker.allocatedBytes();
    long cpu = ticker.cpuNanos();
    try (part) {
      feed.part(
          number,
          threads,
          grant -> {
            part.add(grant);
            return !halt.isRequested();
          });
    }
    return new long[] {ticker.allocatedBytes() - allocated, ticker.cpuNanos() - cpu};
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
