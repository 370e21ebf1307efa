package dev.grantstore.keyvalue;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of one load. When all are busy and as many jobs wait, whoever brings one more does it
 * himself. Thread-safe.
 */
public final class LoadWorkers implements Executor {
  private final int threads;
  private final ThreadPoolExecutor pool;

  LoadWorkers(int threads) {
    this.threads = threads;
    pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            1,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(threads),
            new ThreadPoolExecutor.CallerRunsPolicy());
    pool.allowCoreThreadTimeOut(true);
  }

  /** {@return how many there are at the most} */
  public int threads() {
    return threads;
  }

  @Override
  public void execute(Runnable job) {
    pool.execute(job);
  }

  /**
   * {@return what will come of a job}
   *
   * @param job run once, unless the load ends before its turn
   */
  public <T> Future<T> submit(Callable<T> job) {
    return pool.submit(job);
  }

  /** Returns when no worker runs: what they use is about to go. Jobs that wait are not run. */
  void stop() {
    pool.shutdownNow();
    Uninterrupted.await(
        () -> {
          boolean stopped;
          do {
            stopped = pool.awaitTermination(1, TimeUnit.DAYS);
          } while (!stopped);
        });
  }
}
