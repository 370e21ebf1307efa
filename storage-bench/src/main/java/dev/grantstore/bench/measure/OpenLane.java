package dev.grantstore.bench.measure;

import dev.grantstore.bench.result.CellSettings.Schedule;

/**
 * Asks at times that are fixed beforehand, whatever the answers take: when one takes too long, the
 * next begins late and its response time has the wait in it.
 */
final class OpenLane extends Lane {
  private final double intervalNanos;
  private final double offset;
  private long began;
  private long next;
  private long late;
  private long mostLateNanos;
  private long lastLook;

  /**
   * Creates a lane.
   *
   * @param ratePerSecond this lane's share of the rate
   * @param offset which part of an interval its first operation waits, from 0 to below 1
   */
  OpenLane(
      Operation operation,
      AnswerKey key,
      int[] order,
      Passes passes,
      Halt halt,
      Ticker ticker,
      double ratePerSecond,
      double offset) {
    super(operation, key, order, passes, halt, ticker);
    this.intervalNanos = 1e9 / ratePerSecond;
    this.offset = offset;
  }

  @Override
  Schedule schedule() {
    long due = (long) Math.ceil((lastLook - began) / intervalNanos - offset);
    long scheduled = isDone() ? next : Math.max(next, due);
    return new Schedule(1e9 / intervalNanos, scheduled, late, mostLateNanos, scheduled - next);
  }

  @Override
  void begin(long now) {
    began = now;
    lastLook = now;
    next = 0;
    late = 0;
    mostLateNanos = 0;
  }

  @Override
  long askUntil(long deadline, long now) {
    while (lastLook - deadline < 0 && !isDone()) {
      long due = began + (long) ((next + offset) * intervalNanos);
      if (due - deadline >= 0) {
        lastLook = waitUntil(deadline);
        break;
      }
      long start = waitUntil(due);
      if (isHalted()) {
        break;
      }
      count(start - due);
      int question = next();
      long answer = ask(question);
      long end = nanos();
      if (isHalted()) {
        break;
      }
      checked(question, answer).record(end - start, end - due, rows(question));
      lastLook = end;
    }
    return lastLook;
  }

  /** Later than the clock's own coarseness is late. */
  private void count(long lateNanos) {
    next++;
    if (lastLook - began > 0 && lateNanos > Ticker.SPIN_NANOS) {
      late++;
      mostLateNanos = Math.max(mostLateNanos, lateNanos);
    }
  }

  private long waitUntil(long time) {
    long now = nanos();
    while (now - time < 0 && !isHalted()) {
      pause(time - now);
      now = nanos();
    }
    return now;
  }
}
