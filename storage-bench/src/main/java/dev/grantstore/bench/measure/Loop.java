package dev.grantstore.bench.measure;

import dev.grantstore.bench.result.CellResult.Steadiness;
import dev.grantstore.bench.result.CellResult.WarmUp;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.CellSettings.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks questions on some threads. In a closed loop each thread asks, waits for the answer, and asks
 * again; in an open loop it asks at times fixed beforehand. First warms up, which is left out, then
 * measures. Threads of a closed loop do not end together: one whose time is up goes on asking,
 * uncounted, until that of every other is up, so that whatever is counted ran beside as many
 * threads as were asked for. CPU time and traffic of the process as a whole hold these last
 * operations, too; what is counted by thread does not.
 */
public final class Loop {
  private final AnswerKey key;
  private final Supplier<Operation> operations;
  private final boolean countsRows;
  private final Halt halt;
  private final Ticker ticker;

  /**
   * Creates a loop.
   *
   * @param key the questions' right answers
   * @param operations makes an operation for each thread
   * @param countsRows whether the rate over time is of rows; else of operations
   * @param halt ends it early
   * @param ticker tells the time
   */
  public Loop(
      AnswerKey key, Supplier<Operation> operations, boolean countsRows, Halt halt, Ticker ticker) {
    this.key = key;
    this.operations = operations;
    this.countsRows = countsRows;
    this.halt = halt;
    this.ticker = ticker;
  }

  /**
   * Warms up and measures. The warm-up is closed in any case, so that it warms as fast as it can;
   * it is prolonged while the rate still rises or falls.
   *
   * @param settings how long, on how many threads, in which kind of loop
   * @param random decides the order of the questions
   * @return what was measured, at least one operation on each thread; less if halted
   * @throws UnexpectedAnswerException if an answer is wrong
   */
  public Measurement run(CellSettings settings, SplittableRandom random) {
    int threads = settings.threads();
    List<Lane> warming = new ArrayList<>();
    List<Lane> measuring = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int[] order = order(settings, i, random);
      Lane closed = new ClosedLane(operations.get(), key, order, passes(settings), halt, ticker);
      warming.add(closed);
      measuring.add(settings.isOpenLoop() ? open(settings, i, order) : closed);
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads, Loop::thread);
    try {
      WarmUp warmup = warmUp(pool, warming, settings);
      ProcessProbe probe = ProcessProbe.start();
      AtomicInteger measured = new AtomicInteger(threads);
      Phase phase =
          (lane, windows) -> {
            lane.measure(windows);
            measured.decrementAndGet();
            lane.accompany(measured);
          };
      List<Windows> windows = inParallel(pool, measuring, phase, settings.duration());
      return merge(measuring, windows, warmup, probe.read());
    } finally {
      pool.shutdown();
    }
  }

  /** Threads of a cold cell share one pass, for what one has read is warm for the others. */
  private int[] order(CellSettings settings, int lane, SplittableRandom random) {
    if (settings.isCold()) {
      SplittableRandom same = new SplittableRandom(settings.seed());
      return AskingOrder.share(AskingOrder.draw(key, settings, same), lane, settings.threads());
    }
    return AskingOrder.draw(key, settings, random.split());
  }

  private static Lane.Passes passes(CellSettings settings) {
    return settings.isCold() ? Lane.Passes.ONE : Lane.Passes.MANY;
  }

  private Lane open(CellSettings settings, int lane, int[] order) {
    int threads = settings.threads();
    double rate = settings.ratePerSecond() / threads;
    return new OpenLane(
        operations.get(),
        key,
        order,
        passes(settings),
        halt,
        ticker,
        rate,
        (double) lane / threads);
  }

  private WarmUp warmUp(ExecutorService pool, List<Lane> lanes, CellSettings settings) {
    if (settings.warmup().isZero()) {
      return WarmUp.NONE;
    }
    long start = ticker.nanos();
    Steadiness steadiness;
    double seconds;
    do {
      List<Windows> windows = inParallel(pool, lanes, Lane::warmUp, settings.warmup());
      steadiness = SteadinessCheck.of(sum(windows));
      seconds = (ticker.nanos() - start) / 1e9;
    } while (steadiness.verdict() == Steadiness.Verdict.DRIFTING
        && seconds < settings.mostWarmup().toNanos() / 1e9
        && !halt.isRequested());
    return new WarmUp(seconds, steadiness);
  }

  private static Thread thread(Runnable work) {
    return new Thread(work, "loop");
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

  private static Measurement merge(
      List<Lane> lanes, List<Windows> windows, WarmUp warmup, ProcessUse process) {
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
        hits,
        misses,
        warmup,
        schedule(lanes),
        sum(windows),
        lanes.size(),
        allocatedBytes,
        cpuNanos,
        process);
  }

  private static @Nullable Schedule schedule(List<Lane> lanes) {
    Schedule sum = null;
    for (Lane lane : lanes) {
      Schedule own = lane.schedule();
      if (own != null) {
        sum = sum == null ? own : sum.and(own);
      }
    }
    return sum;
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
