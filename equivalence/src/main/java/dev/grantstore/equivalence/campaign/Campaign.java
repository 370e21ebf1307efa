package dev.grantstore.equivalence.campaign;

import dev.grantstore.equivalence.check.Coverage;
import dev.grantstore.equivalence.run.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntFunction;

/** Runs generated workloads against stores, many in a row and several at once. */
public final class Campaign {
  /** A workload takes milliseconds: one that takes this long hangs. */
  private static final Duration TRY_DEADLINE = Duration.ofMinutes(2);

  private static final Duration DEADLINE_PER_OP = Duration.ofMillis(100);

  private static final long TICK_MILLIS = 100;

  private Campaign() {}

  /**
   * {@return what came of it; stores are closed by then}
   *
   * @param plan what is done
   * @param subjects gives the stores on trial for each thread, by its number from 0; they are
   *     closed here
   * @param progress hears of it
   */
  public static CampaignResult run(
      Plan plan, IntFunction<List<Subject>> subjects, Progress progress) {
    return run(
        plan,
        subjects,
        progress,
        TRY_DEADLINE.plus(DEADLINE_PER_OP.multipliedBy(plan.generator().mostOps())));
  }

  static CampaignResult run(
      Plan plan, IntFunction<List<Subject>> subjects, Progress progress, Duration tryDeadline) {
    long start = System.nanoTime();
    Board board = new Board(plan, start + plan.mostTime().toNanos());
    List<Worker> workers = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < plan.threads(); i++) {
      int number = i;
      Worker worker = new Worker(plan, board, () -> subjects.apply(number));
      Thread thread = new Thread(worker, "equiv-" + i);
      // One that hangs must not keep the process.
      thread.setDaemon(true);
      workers.add(worker);
      threads.add(thread);
      thread.start();
    }
    OptionalLong stuck = OptionalLong.empty();
    while (stuck.isEmpty() && threads.stream().anyMatch(Thread::isAlive)) {
      join(threads, board);
      if (!progress.at(board.tries(), board.findings().size(), since(start))) {
        board.stop();
      }
      stuck = stuckSeed(workers, tryDeadline);
    }
    board.stop();
    Duration elapsed = since(start);
    long ops = 0;
    Coverage coverage = Coverage.NONE;
    for (Worker worker : workers) {
      ops += worker.ops();
      coverage = coverage.plus(worker.coverage());
    }
    return new CampaignResult(
        board.tries(), ops, elapsed, coverage, board.findings(), stuck, board.failure());
  }

  /** Waits a tick, or less when they are done. */
  private static void join(List<Thread> threads, Board board) {
    long end = System.currentTimeMillis() + TICK_MILLIS;
    try {
      for (Thread thread : threads) {
        thread.join(Math.max(1, end - System.currentTimeMillis()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      board.stop();
    }
  }

  private static OptionalLong stuckSeed(List<Worker> workers, Duration tryDeadline) {
    for (Worker worker : workers) {
      OptionalLong stuck = worker.stuckSince(System.nanoTime() - tryDeadline.toNanos());
      if (stuck.isPresent()) {
        return stuck;
      }
    }
    return OptionalLong.empty();
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
