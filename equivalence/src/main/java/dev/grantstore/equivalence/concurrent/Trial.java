package dev.grantstore.equivalence.concurrent;

import dev.grantstore.equivalence.check.Answer;
import dev.grantstore.equivalence.check.Audit;
import dev.grantstore.equivalence.run.Subject;
import dev.grantstore.equivalence.workload.Ask;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Row;
import dev.grantstore.equivalence.workload.Settings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs a program on stores of one subject, again and again, each time on another schedule, and
 * judges each history. One thread; closing it leaves the subject to whoever made it.
 */
final class Trial implements AutoCloseable {
  private static final long JOIN_MILLIS = 60_000;

  private final Program program;
  private final Subject subject;
  private final AtomicLong clock = new AtomicLong();
  private final Scheduler scheduler;

  /**
   * What one run came to.
   *
   * @param program what was run
   * @param schedule what it was run by; plain where nobody scheduled it
   * @param history the calls
   * @param switches the changes of lanes
   * @param wrong why the history is not legal
   * @param failure what kept the run from its end, such as a hang
   */
  record Outcome(
      Program program,
      Schedule schedule,
      List<Call> history,
      List<Scheduler.Switch> switches,
      Optional<Linearization.Impossible> wrong,
      Optional<String> failure) {
    boolean isFound() {
      return wrong.isPresent() || failure.isPresent();
    }

    /** {@return what kind of thing was found, for files; empty for nothing} */
    Optional<String> kind() {
      return failure.isPresent()
          ? Optional.of("broken")
          : wrong.map(impossible -> "no-legal-order");
    }
  }

  Trial(Program program, Subject subject) {
    this.program = program;
    this.subject = subject;
    int stripe = (int) Math.floorMod(program.setup().seed(), 1L << 20);
    scheduler = new Scheduler(program.lanes().size(), stripe, clock);
  }

  /** {@return whether the engine has yield points, as far as the runs so far have shown} */
  boolean sawPoints() {
    return scheduler.sawPoints();
  }

  /** {@return what comes of the program on a schedule} */
  Outcome run(Steering steering) {
    return run(tasks -> scheduler.run(tasks, steering), steering::taken);
  }

  /** {@return what comes of the program when nobody says which thread goes on} */
  Outcome race() {
    return run(Trial::raceOf, () -> Schedule.PLAIN);
  }

  @Override
  public void close() {
    scheduler.close();
  }

  private interface Running {
    void run(List<Runnable> tasks);
  }

  private interface Taken {
    Schedule schedule();
  }

  private Outcome run(Running running, Taken taken) {
    Held held = Held.of(subject.open(program.setup().settings().get(0)), scheduler::storeIsClosed);
    Recorder recorder = new Recorder(held, clock);
    Optional<String> failure = Optional.empty();
    List<Scheduler.Switch> switches = List.of();
    try {
      running.run(tasks(recorder));
      switches = scheduler.switches();
      finish(held, recorder);
    } catch (RuntimeException e) {
      failure = Optional.of(String.valueOf(e));
    }
    List<Call> history = recorder.history();
    return new Outcome(
        program,
        taken.schedule(),
        history,
        switches,
        failure.isPresent() ? Optional.empty() : Linearization.check(history),
        failure);
  }

  private List<Runnable> tasks(Recorder recorder) {
    Map<Integer, Integer> loads = LaneCalls.noLoads();
    new LaneCalls(program.setup(), 0, recorder, loads).run(program.setup().ops());
    List<Runnable> tasks = new ArrayList<>();
    for (int i = 0; i < program.lanes().size(); i++) {
      List<Op> ops = program.lanes().get(i);
      LaneCalls calls = new LaneCalls(program.setup(), i + 1, recorder, loads);
      tasks.add(() -> calls.run(ops));
    }
    return tasks;
  }

  /** What the lanes left behind is looked at, and goes. */
  private void finish(Held held, Recorder recorder) {
    for (Call call : recorder.history()) {
      if (call.text().equals(LaneCalls.CLOSE) && !call.answer().isRefused()) {
        held.endings().forEach(ending -> recorder.within(call, "end of what was open", ending));
      }
    }
    held.letGo();
    if (!held.isShut()) {
      lookAtAll(recorder);
    } else if (!subject.isForgetful()) {
      Settings settings = program.setup().settings().get(0);
      Answer unused =
          recorder.call(
              0,
              "open again",
              Call.Effect.ALL,
              at -> {
                at.open(store -> subject.reopen(store, settings));
                return Answer.OK;
              });
      lookAtAll(recorder);
    }
    subject.finish(held.current());
  }

  private void lookAtAll(Recorder recorder) {
    Answer content =
        recorder.call(0, "everything", Call.Effect.NONE, at -> Audit.content(at.store()));
    if (!content.isRefused()) {
      new LaneCalls(program.setup(), 0, recorder, LaneCalls.noLoads()).run(lists());
    }
  }

  /** Every list of what was written, so that a row in one list and not in another is seen. */
  private List<Op> lists() {
    List<Row> rows = new ArrayList<>(program.setup().rows());
    program.lanes().forEach(lane -> rows.addAll(program.setup().withOps(lane).rows()));
    Set<Ask> asks = new LinkedHashSet<>();
    asks.add(Ask.needingExpansion());
    for (Row row : rows) {
      asks.add(Ask.of(row.entitlement()));
      asks.add(Ask.of(row.principal()));
    }
    List<Op> lists = new ArrayList<>();
    for (int sync = 0; sync < program.setup().syncs().size(); sync++) {
      for (Ask ask : asks) {
        lists.add(new Op.ListRows(0, sync, ask, 0));
      }
    }
    return lists;
  }

  private static void raceOf(List<Runnable> tasks) {
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (Runnable task : tasks) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  start.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                task.run();
              },
              "lane");
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
    start.countDown();
    try {
      for (Thread thread : threads) {
        thread.join(JOIN_MILLIS);
        if (thread.isAlive()) {
          throw new Scheduler.Hang(thread.getName() + " " + thread.getState());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Scheduler.Hang("interrupted");
    }
  }
}
