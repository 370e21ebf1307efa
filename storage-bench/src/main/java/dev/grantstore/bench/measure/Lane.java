package dev.grantstore.bench.measure;

import dev.grantstore.bench.result.CellSettings.Schedule;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One thread's loop: asks, looks at the clock, compares the answer, counts. Belongs to one thread
 * at a time; nothing is allocated between two operations. Its kinds differ in when they ask.
 */
abstract class Lane {
  private final Operation operation;
  private final AnswerKey key;
  private final int[] order;
  private final Halt halt;
  private final Ticker ticker;
  private final int firstMiss;
  private final boolean once;

  private Tally hits = new Tally();
  private Tally misses = new Tally();
  private int at;
  private boolean passed;
  private long allocatedBytes;
  private long cpuNanos;

  /**
   * Creates a lane.
   *
   * @param operation asks; this lane's own
   * @param key the right answers; shared, never written
   * @param order question numbers
   * @param passes whether they are gone through once or again and again
   * @param halt ends the loop early
   * @param ticker tells the time
   */
  Lane(Operation operation, AnswerKey key, int[] order, Passes passes, Halt halt, Ticker ticker) {
    this.operation = operation;
    this.key = key;
    this.order = order;
    this.halt = halt;
    this.ticker = ticker;
    this.firstMiss = key.firstMiss();
    this.once = passes == Passes.ONE;
  }

  /** How often a lane goes through its order. */
  enum Passes {
    /** The lane is done after the last question. */
    ONE,
    /** The first question comes after the last. */
    MANY
  }

  /** Runs the loop and keeps nothing but the place in the order. */
  void warmUp(Windows windows) {
    run(windows);
    hits = new Tally();
    misses = new Tally();
  }

  /** Runs the loop and keeps everything. */
  void measure(Windows windows) {
    long allocatedBefore = ticker.allocatedBytes();
    long cpuBefore = ticker.cpuNanos();
    run(windows);
    cpuNanos += ticker.cpuNanos() - cpuBefore;
    allocatedBytes += ticker.allocatedBytes() - allocatedBefore;
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

  /**
   * Goes on asking, which is not counted, while other lanes are measured: none of them is to run
   * alone. Answers are compared all the same.
   *
   * @param measured how many lanes are
   */
  void accompany(AtomicInteger measured) {}

  /** Called before the first question of each phase. */
  void begin(long now) {}

  /** {@return the number of the next question} */
  final int next() {
    int question = order[at];
    at++;
    if (at == order.length) {
      at = 0;
      passed = true;
    }
    return question;
  }

  /** {@return whether every question was asked that is to be asked} */
  final boolean isDone() {
    return once && passed;
  }

  final long ask(int question) {
    return operation.ask(question);
  }

  final long nanos() {
    return ticker.nanos();
  }

  final void pause(long leftNanos) {
    ticker.pause(leftNanos);
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
    long now = ticker.nanos();
    begin(now);
    windows.start(now, hits, misses);
    while (!windows.isFull() && !isDone() && !halt.isRequested()) {
      now = askUntil(windows.deadline(), now);
      windows.close(now, hits, misses);
    }
  }
}
