package dev.grantstore.bench.measure;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * One thread's closed loop: asks, looks at the clock, compares the answer, counts. Belongs to one
 * thread at a time; nothing is allocated between two operations.
 */
final class Lane {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Operation operation;
  private final AnswerKey key;
  private final int[] order;
  private final Halt halt;

  private Tally hits = new Tally();
  private Tally misses = new Tally();
  private int at;
  private long allocatedBytes;
  private long cpuNanos;

  /**
   * Creates a lane.
   *
   * @param operation asks; this lane's own
   * @param key the right answers; shared, never written
   * @param order question numbers, gone through again and again
   * @param halt ends the loop early
   */
  Lane(Operation operation, AnswerKey key, int[] order, Halt halt) {
    this.operation = operation;
    this.key = key;
    this.order = order;
    this.halt = halt;
  }

  /** Runs the loop and keeps nothing but the place in the order. */
  void warmUp(Windows windows) {
    run(windows);
    hits = new Tally();
    misses = new Tally();
  }

  /** Runs the loop and keeps everything. */
  void measure(Windows windows) {
    long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
    long cpuBefore = THREADS.getCurrentThreadCpuTime();
    run(windows);
    cpuNanos += THREADS.getCurrentThreadCpuTime() - cpuBefore;
    allocatedBytes += THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
  }

  Tally hits() {
    return hits;
  }

  Tally misses() {
    return misses;
  }

  long allocatedBytes() {
    return allocatedBytes;
  }

  long cpuNanos() {
    return cpuNanos;
  }

  private void run(Windows windows) {
    long now = System.nanoTime();
    windows.start(now, hits, misses);
    while (!windows.isFull() && !halt.isRequested()) {
      now = askUntil(windows.deadline(), now);
      windows.close(now, hits, misses);
    }
  }

  /** The end of one operation is the start of the next: one look at the clock for each. */
  private long askUntil(long deadline, long now) {
    int firstMiss = key.firstMiss();
    long start = now;
    do {
      int question = order[at];
      at = at + 1 == order.length ? 0 : at + 1;
      long answer = operation.ask(question);
      long end = System.nanoTime();
      if (halt.isRequested()) {
        return start;
      }
      if (answer != key.answer(question)) {
        throw new UnexpectedAnswerException(question, answer);
      }
      (question < firstMiss ? hits : misses).record(end - start, key.rows(question));
      start = end;
    } while (start - deadline < 0);
    return start;
  }
}
