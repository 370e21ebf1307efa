package dev.grantstore.bench.benchmark;

import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.measure.Operation;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Prolongs operations on purpose, so that it can be shown that a slower store is noticed: each by
 * the same part of the time that operations take without it, the median. Immutable; each thread has
 * its own operation.
 *
 * <p>The delay is a calculation of known length, which needs the answer and has to be over when the
 * loop looks at the clock. To wait for a point in time would take looks at the clock, and each of
 * them keeps the processor from beginning what comes next: operations that were to take 10 % longer
 * took 13 to 16.
 */
final class InjectedDelay {
  private static final int WARMUP = 100_000;
  private static final int TIMED = 50_000;

  /** For slow operations and busy machines. */
  private static final long MOST_NANOS = 3_000_000_000L;

  /** For the length of a round; long enough for its code to be compiled. */
  private static final int BATCHES = 4_000;

  private static final int BATCH_ROUNDS = 10_000;

  private final double medianNanos;
  private final double nanosPerRound;
  private final int rounds;

  private InjectedDelay(double medianNanos, double nanosPerRound, int rounds) {
    this.medianNanos = medianNanos;
    this.nanosPerRound = nanosPerRound;
    this.rounds = rounds;
  }

  /**
   * Asks for a while, to find out how long the delay has to be.
   *
   * @param percent of the median
   * @param operation not slowed
   * @param questions how many can be asked
   * @param halt ends it early; the delay is then of no use
   */
  static InjectedDelay measured(double percent, Operation operation, int questions, Halt halt) {
    SplittableRandom random = new SplittableRandom(questions);
    time(operation, random, questions, new long[WARMUP], halt);
    long[] nanos = new long[TIMED];
    int timed = time(operation, random, questions, nanos, halt);
    Arrays.sort(nanos, 0, timed);
    double medianNanos = nanos[timed / 2];
    double nanosPerRound = nanosPerRound();
    double rounds = medianNanos * percent / 100 / nanosPerRound;
    return new InjectedDelay(medianNanos, nanosPerRound, Math.toIntExact(Math.round(rounds)));
  }

  /** {@return the operation, prolonged} */
  Operation after(Operation operation) {
    return new Prolonged(operation, rounds);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.0f ns after each operation, whose median is %.0f ns: %d rounds of %.2f ns",
        rounds * nanosPerRound,
        medianNanos,
        rounds,
        nanosPerRound);
  }

  private static final class Prolonged implements Operation {
    private final Operation operation;
    private final int rounds;

    /** The next calculation begins with what the last one found, so that none can be left out. */
    private long found;

    Prolonged(Operation operation, int rounds) {
      this.operation = operation;
      this.rounds = rounds;
    }

    @Override
    public long ask(int question) {
      long answer = operation.ask(question);
      found = calculate(answer ^ found, rounds);
      return answer;
    }
  }

  /** Each round needs what the one before it found: a xorshift generator (Marsaglia 2003). */
  private static long calculate(long seed, int rounds) {
    long x = seed;
    for (int i = 0; i < rounds; i++) {
      x ^= x << 13;
      x ^= x >>> 7;
      x ^= x << 17;
    }
    return x;
  }

  /** Times as many operations as there is place for, or fewer; returns how many, at least one. */
  private static int time(
      Operation operation, SplittableRandom random, int questions, long[] nanos, Halt halt) {
    long begin = System.nanoTime();
    long start = begin;
    int timed = 0;
    do {
      operation.ask(random.nextInt(questions));
      long end = System.nanoTime();
      nanos[timed] = end - start;
      timed++;
      start = end;
    } while (timed < nanos.length && start - begin < MOST_NANOS && !halt.isRequested());
    return timed;
  }

  /** {@return the least that a round takes: compiled, and without what interrupts it} */
  private static double nanosPerRound() {
    long least = Long.MAX_VALUE;
    long x = 1;
    for (int i = 0; i < BATCHES; i++) {
      long start = System.nanoTime();
      x = calculate(x, BATCH_ROUNDS);
      least = Math.min(least, System.nanoTime() - start);
    }
    // Never zero: a generator of this kind does not get there from elsewhere.
    return x == 0 ? 1 : (double) least / BATCH_ROUNDS;
  }
}
