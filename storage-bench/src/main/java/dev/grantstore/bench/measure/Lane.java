package dev.grantstore.bench.measure;

import com.sun.management.ThreadMXBean;
import dev.grantstore.bench.result.Schedule;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * One thread's loop: asks, looks at the clock, compares the answer, counts. Belongs to one thread
 * at a time; nothing is allocated between two operations. Its kinds differ in when they ask.
 */
abstract class Lane {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Operation operation;
  private final AnswerKey key;
  private final int[] order;
  private final Halt halt;
  private final int firstMiss;

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
    this.firstMiss = key.firstMiss();
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

  /** {@return how well start times were kept; null where there are none} */
  abstract @Nullable Schedule schedule();

  /**
   * Asks until the first moment at or after the deadline between two operations, or until halted.
   *
   * @param now the last look at the clock
   * @return the last look at the clock
   */
  abstract long askUntil(long deadline, long now);

  /** Called before the first question of each phase. */
  void begin(long now) {}

  /** {@return the number of the next question} */
  final int next() {
    int question = order[at];
    at = at + 1 == order.length ? 0 : at + 1;
    return question;
  }

  final long ask(int question) {
    return operation.ask(question);
  }

  final boolean isHalted() {
    return halt.isRequested();
  }

  /** Compares an answer and says where it counts. */
  final Tally checked(int question, long answer) {
    if (answer != key.answer(question)) {
      throw new UnexpectedAnswerException(question, answer);
    }
    return question < firstMiss ? hits : misses;
  }

  final long rows(int question) {
    return key.rows(question);
  }

  private void run(Windows windows) {
    long now = System.nanoTime();
    begin(now);
    windows.start(now, hits, misses);
    while (!windows.isFull() && !halt.isRequested()) {
      now = askUntil(windows.deadline(), now);
      windows.close(now, hits, misses);
    }
  }
}
