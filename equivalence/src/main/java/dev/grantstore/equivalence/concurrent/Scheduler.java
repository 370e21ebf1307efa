package dev.grantstore.equivalence.concurrent;

import dev.grantstore.keyvalue.YieldPoint;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets exactly one lane run at a time, and another one go on only at yield points, so that a run
 * depends on nothing but the decisions made there. A lane that waits for a lock of the engine's
 * says so at a point; one that waits for a monitor is seen to, and takes part again when it is
 * free. Made and told what to run by one thread.
 */
final class Scheduler implements YieldPoint.Listener, AutoCloseable {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** An engine counts its callers in stripes by the number of their thread. */
  private static final int STRIPES = 16;

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long WAIT_IS_FOR_A_LANE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
  private static final long HANG_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long IDLE_NANOS = 50_000;

  private enum Standing {
    READY,
    /** Cannot go on until another one has. */
    WAITING,
    /** Waits for a monitor that another one holds. */
    BLOCKED,
    DONE
  }

  /** A thread that ran on after the store was closed. */
  @SuppressWarnings("serial")
  static final class InsideAfterClose extends Error {
    InsideAfterClose(String point) {
      super("the store was closed while a call was inside: " + point);
    }
  }

  /** No lane went on any more. */
  @SuppressWarnings("serial")
  static final class Hang extends RuntimeException {
    Hang(String threads) {
      super("no lane goes on:\n" + threads);
    }
  }

  /**
   * A change of lanes.
   *
   * @param at the moment
   * @param from who stopped
   * @param point where
   * @param to who went on
   */
  record Switch(long at, int from, String point, int to) {}

  private final AtomicLong clock;
  private final long waitNanos;
  private final List<Lane> lanes = new ArrayList<>();
  private final List<Switch> switches = new ArrayList<>();
  private Thread controller = Thread.currentThread();
  private Steering steering = Steering.along(Schedule.PLAIN);
  private volatile @Nullable Lane running;
  private volatile boolean closed;
  private volatile boolean ended;
  private volatile boolean sawPoints;
  private final AtomicLong progress = new AtomicLong();

  /** A thread that runs when it is its turn. */
  private final class Lane extends Thread {
    private final int number;
    private volatile Standing standing = Standing.DONE;
    private volatile Runnable task = () -> {};
    private final AtomicLong steps = new AtomicLong();

    Lane(int number) {
      super("lane " + number);
      this.number = number;
      setDaemon(true);
    }

    @Override
    public void run() {
      while (awaitTurn(this)) {
        task.run();
        done(this);
      }
    }
  }

  /**
   * Makes the threads.
   *
   * @param count how many lanes there are
   * @param stripe the stripe of the first lane's thread, for engines that count by it
   * @param clock counts moments
   */
  Scheduler(int count, int stripe, AtomicLong clock) {
    this(count, stripe, clock, WAIT_IS_FOR_A_LANE_NANOS);
  }

  /** As above, for tests that cannot wait so long until a wait counts as one for another lane. */
  Scheduler(int count, int stripe, AtomicLong clock, long waitNanos) {
    this.clock = clock;
    this.waitNanos = waitNanos;
    for (int number = 1; number <= count; number++) {
      Lane lane = new Lane(number);
      while (lane.getId() % STRIPES != (stripe + number) % STRIPES) {
        lane = new Lane(number);
      }
      lanes.add(lane);
      lane.start();
    }
    YieldPoint.listen(this);
  }

  /** Runs one task on each lane, to their ends, as the steering says. */
  void run(List<Runnable> tasks, Steering by) {
    controller = Thread.currentThread();
    steering = by;
    closed = false;
    switches.clear();
    for (int i = 0; i < lanes.size(); i++) {
      lanes.get(i).task = tasks.get(i);
      lanes.get(i).standing = Standing.READY;
    }
    handOver(null, "start");
    watch();
  }

  /** {@return the changes of lanes, the last run's} */
  List<Switch> switches() {
    return List.copyOf(switches);
  }

  /** {@return whether the engine has yield points of its own} */
  boolean sawPoints() {
    return sawPoints;
  }

  /** Says that closing the store has returned: no call may be inside any more. */
  void storeIsClosed() {
    closed = true;
  }

  @Override
  public void reached(String point) {
    if (Thread.currentThread() instanceof Lane lane && isMine(lane)) {
      sawPoints = true;
      step(lane, point, Standing.READY);
      if (closed) {
        throw new InsideAfterClose(point);
      }
    }
  }

  @Override
  public void outside(String point) {
    if (Thread.currentThread() instanceof Lane lane && isMine(lane)) {
      step(lane, point, Standing.READY);
    }
  }

  @Override
  public boolean waiting() {
    if (Thread.currentThread() instanceof Lane lane && isMine(lane)) {
      step(lane, "waits", Standing.WAITING);
      return true;
    }
    return false;
  }

  @Override
  public void close() {
    YieldPoint.listen(null);
    ended = true;
    lanes.forEach(LockSupport::unpark);
  }

  private boolean isMine(Lane lane) {
    return lanes.contains(lane);
  }

  /** Stops where others may go on, until it is this lane's turn again. */
  private void step(Lane me, String point, Standing state) {
    me.steps.incrementAndGet();
    if (me == running) {
      awaitThoseSetFree(me);
    }
    if (state == Standing.READY) {
      progress.incrementAndGet();
    } else if (othersIdle(me)) {
      // What it waits for is no lane's to do.
      LockSupport.parkNanos(this, IDLE_NANOS);
    }
    boolean isTurn;
    synchronized (this) {
      me.standing = state;
      isTurn = me == running || running == null;
    }
    if (isTurn) {
      handOver(me, point);
    }
    if (!awaitTurn(me)) {
      throw new IllegalStateException("run was given up");
    }
  }

  private boolean othersIdle(Lane me) {
    return lanes.stream().allMatch(lane -> lane == me || lane.standing != Standing.READY);
  }

  private void done(Lane me) {
    me.steps.incrementAndGet();
    progress.incrementAndGet();
    if (me == running) {
      awaitThoseSetFree(me);
    }
    boolean isTurn;
    synchronized (this) {
      me.standing = Standing.DONE;
      isTurn = me == running || running == null;
    }
    if (isTurn) {
      handOver(me, "end");
    }
    if (lanes.stream().allMatch(lane -> lane.standing == Standing.DONE)) {
      LockSupport.unpark(controller);
    }
  }

  /** Chooses who goes on after a lane that stopped, and wakes it. */
  private void handOver(@Nullable Lane from, String point) {
    Lane next;
    synchronized (this) {
      if (from == null || from.standing != Standing.WAITING) {
        for (Lane lane : lanes) {
          if (lane != from && lane.standing == Standing.WAITING) {
            lane.standing = Standing.READY;
          }
        }
      }
      next = choose(from);
      if (next != null && next != from) {
        int before = from == null ? 0 : from.number;
        switches.add(new Switch(clock.incrementAndGet(), before, point, next.number));
      }
      running = next;
    }
    if (next != null && next != from) {
      LockSupport.unpark(next);
    }
  }

  private @Nullable Lane choose(@Nullable Lane from) {
    List<Integer> ready = numbers(Standing.READY);
    if (ready.size() > 1) {
      return lanes.get(steering.choose(ready, from == null ? 0 : from.number) - 1);
    }
    if (ready.size() == 1) {
      return lanes.get(ready.get(0) - 1);
    }
    List<Integer> waiting = numbers(Standing.WAITING);
    if (waiting.isEmpty()) {
      return null;
    }
    int after = from == null ? 0 : from.number;
    int next = waiting.stream().filter(n -> n > after).findFirst().orElse(waiting.get(0));
    return lanes.get(next - 1);
  }

  private List<Integer> numbers(Standing state) {
    List<Integer> numbers = new ArrayList<>(lanes.size());
    for (Lane lane : lanes) {
      if (lane.standing == state) {
        numbers.add(lane.number);
      }
    }
    return numbers;
  }

  private boolean awaitTurn(Lane me) {
    while (running != me) {
      if (ended) {
        return false;
      }
      LockSupport.park(this);
    }
    return true;
  }

  /**
   * Waits until each lane that waited for a monitor stands at its next point, or waits for one that
   * a lane holds: so what can go on next does not depend on how fast the machine is.
   */
  private void awaitThoseSetFree(Lane me) {
    for (Lane lane : lanes) {
      while (lane != me && lane.standing == Standing.BLOCKED && !ended && !isHeldUp(lane)) {
        Thread.onSpinWait();
      }
    }
  }

  private boolean isHeldUp(Lane lane) {
    ThreadInfo info = THREADS.getThreadInfo(lane.getId());
    return switch (info.getThreadState()) {
      case WAITING, TIMED_WAITING -> true;
      case BLOCKED -> isHeldByOther(info, lane);
      default -> false;
    };
  }

  private boolean isHeldByOther(ThreadInfo info, Lane lane) {
    long owner = info.getLockOwnerId();
    return lanes.stream().anyMatch(other -> other != lane && other.getId() == owner);
  }

  /** Waits for the end; takes the turn from a lane that cannot go on. */
  private void watch() {
    Lane seen = null;
    long seenSteps = 0;
    long seenProgress = -1;
    long since = System.nanoTime();
    long progressSince = since;
    while (!lanes.stream().allMatch(lane -> lane.standing == Standing.DONE)) {
      LockSupport.parkNanos(this, LOOK_NANOS);
      long now = System.nanoTime();
      Lane lane = running;
      if (progress.get() != seenProgress) {
        seenProgress = progress.get();
        progressSince = now;
      } else if (now - progressSince > HANG_NANOS) {
        throw new Hang(stacks());
      }
      if (lane == null || lane != seen || lane.steps.get() != seenSteps) {
        seen = lane;
        seenSteps = lane == null ? 0 : lane.steps.get();
        since = now;
      } else if (cannotGoOn(lane, now - since)) {
        boolean taken;
        synchronized (this) {
          taken = running == lane && lane.steps.get() == seenSteps;
          if (taken) {
            lane.standing = Standing.BLOCKED;
          }
        }
        if (taken) {
          handOver(lane, "waits for a monitor");
        }
      }
    }
  }

  private boolean cannotGoOn(Lane lane, long nanos) {
    ThreadInfo info = THREADS.getThreadInfo(lane.getId());
    return switch (info.getThreadState()) {
      case BLOCKED -> isHeldByOther(info, lane);
      case WAITING, TIMED_WAITING ->
          // One that waits for its turn here was given it and has not woken, on a busy machine.
          nanos > waitNanos
              && LockSupport.getBlocker(lane) != this
              && lanes.stream()
                  .anyMatch(
                      other ->
                          other != lane
                              && (other.standing == Standing.READY
                                  || other.standing == Standing.WAITING));
      default -> false;
    };
  }

  private String stacks() {
    StringBuilder text = new StringBuilder();
    for (Lane lane : lanes) {
      text.append(lane.getName()).append(' ').append(lane.standing).append('\n');
      Arrays.stream(lane.getStackTrace())
          .limit(12)
          .forEach(frame -> text.append("    ").append(frame).append('\n'));
    }
    return text.toString();
  }
}
