package dev.grantstore.bench.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Runs a closed loop on some threads: each asks, waits for the answer, and asks again. First warms
 * up, which is left out, then measures.
 */
public final class ClosedLoop {
  private final AnswerKey key;
  private final Supplier<Operation> operations;
  private final boolean countsRows;
  private final Halt halt;

  /**
   * Creates a loop.
   *
   * @param key the questions' right answers
   * @param operations makes an operation for each thread
   * @param countsRows whether the rate over time is of rows; else of operations
   * @param halt ends it early
   */
  public ClosedLoop(AnswerKey key, Supplier<Operation> operations, boolean countsRows, Halt halt) {
    this.key = key;
    this.operations = operations;
    this.countsRows = countsRows;
    this.halt = halt;
  }

  /**
   * Warms up and measures.
   *
   * @param warmup how long to warm up; zero for not at all, else at least one operation
   * @param duration how long to measure; at least one operation on each thread
   * @param threads how many threads
   * @param missRatio the share of misses, if there are any
   * @param random decides the order of the questions
   * @return what was measured; less than asked for if halted
   * @throws UnexpectedAnswerException if an answer is wrong
   */
  public Measurement run(
      Duration warmup, Duration duration, int threads, double missRatio, SplittableRandom random) {
    List<Lane> lanes = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int[] order = AskingOrder.draw(key, missRatio, random.split());
      lanes.add(new Lane(operations.get(), key, order, halt));
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads, ClosedLoop::thread);
    try {
      if (!warmup.isZero()) {
        inParallel(pool, lanes, Lane::warmUp, warmup);
      }
      ProcessProbe probe = ProcessProbe.start();
      List<Windows> windows = inParallel(pool, lanes, Lane::measure, duration);
      return merge(lanes, windows, probe.read());
    } finally {
      pool.shutdown();
    }
  }

  private static Thread thread(Runnable work) {
    return new Thread(work, "closed-loop");
  }

  private interface Phase {
    void run(Lane lane, Windows windows);
  }

  private List<Windows> inParallel(
      ExecutorService pool, List<Lane> lanes, Phase phase, Duration duration) {
    List<Callable<Windows>> tasks = new ArrayList<>();
    for (Lane lane : lanes) {
      tasks.add(
          () -> {
            Windows windows = Windows.over(duration, countsRows);
            try {
              phase.run(lane, windows);
            } catch (RuntimeException | Error e) {
              halt.request();
              throw e;
            }
            return windows;
          });
    }
    try {
      List<Windows> ended = new ArrayList<>();
      for (Future<Windows> future : pool.invokeAll(tasks)) {
        ended.add(future.get());
      }
      return ended;
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      halt.request();
      throw new IllegalStateException("interrupted while measuring", e);
    }
  }

  private static RuntimeException unwrapped(ExecutionException e) {
    if (e.getCause() instanceof RuntimeException cause) {
      return cause;
    }
    if (e.getCause() instanceof Error cause) {
      throw cause;
    }
    return new IllegalStateException("a benchmark thread failed", e.getCause());
  }

  private static Measurement merge(List<Lane> lanes, List<Windows> windows, ProcessUse process) {
    Tally hits = new Tally();
    Tally misses = new Tally();
    long allocatedBytes = 0;
    long cpuNanos = 0;
    for (Lane lane : lanes) {
      hits.add(lane.hits());
      misses.add(lane.misses());
      allocatedBytes += lane.allocatedBytes();
      cpuNanos += lane.cpuNanos();
    }
    return new Measurement(
        hits, misses, sum(windows), lanes.size(), allocatedBytes, cpuNanos, process);
  }

  private static List<Double> sum(List<Windows> lanes) {
    int count = lanes.stream().mapToInt(w -> w.ratesPerSecond().length).min().orElse(0);
    List<Double> sums = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double sum = 0;
      for (Windows lane : lanes) {
        sum += lane.ratesPerSecond()[i];
      }
      sums.add(sum);
    }
    return sums;
  }
}
