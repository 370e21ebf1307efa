package dev.grantstore.equivalence.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a test's threads, and fails rather than waiting for ever. */
final class Threads implements AutoCloseable {
  private static final long DEADLINE_SECONDS = 300;

  /** What a thread does. */
  interface Work {
    void run() throws Exception;
  }

  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final List<Future<?>> running = new ArrayList<>();

  <T> Future<T> start(Callable<T> work) {
    Future<T> future = pool.submit(work);
    running.add(future);
    return future;
  }

  void run(Work work) {
    running.add(
        pool.submit(
            () -> {
              work.run();
              return work;
            }));
  }

  /** {@return what the thread returned; what it threw is thrown here} */
  static <T> T await(Future<T> future) throws Exception {
    try {
      return future.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("a thread of the test failed", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("a thread of the test hangs", e);
    }
  }

  void awaitAll() throws Exception {
    for (Future<?> future : running) {
      await(future);
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
