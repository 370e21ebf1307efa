package dev.grantstore.bench.fork;

import dev.grantstore.bench.run.CellRequest;
import dev.grantstore.bench.run.CellRunner;
import dev.grantstore.bench.run.CellRunner.Answer;
import dev.grantstore.fixture.load.Cancellation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Forks that are started all at once and take turns: while one runs the others are stopped. So all
 * of them meet the same moods of the machine, and none disturbs another. An operation that was
 * under way when its JVM was stopped seems long; there are few of these, so the median does not see
 * them, and rates, means and the highest percentiles are worthless. Needs {@code sh} with {@code
 * kill} and a {@code sleep} that takes fractions.
 */
public final class TurnTaking {
  private static final long LOOK_MILLIS = 10;

  /** Long against a context switch, short against the moods of a machine. */
  private static final String TURNS =
      """
      parent=$1
      shift
      go() { for p in "$@"; do kill -CONT $p; done; }
      trap 'go "$@"; exit 1' TERM INT HUP
      while kill -0 $parent; do
        alive=0
        for p in "$@"; do
          kill -0 $p || continue
          alive=$((alive + 1))
          for q in "$@"; do [ $q = $p ] || kill -STOP $q; done
          kill -CONT $p
          sleep 0.05
        done
        [ $alive -gt 1 ] || break
      done
      go "$@"
      """;

  private TurnTaking() {}

  /**
   * A fork to be started.
   *
   * @param name of its files, unique
   * @param request what it does
   * @param runner starts it
   */
  public record Turn(String name, CellRequest request, CellRunner runner) {}

  /**
   * Has requests done, several at once by turns. One that runs alone because another answered
   * before is no partner for it: then all are asked again.
   *
   * @param turns which
   * @return their answers in the same order; empty where halted before there was one. However it
   *     ends, none of them runs any more
   * @throws IOException if no process can be started, or a file not be read or written
   */
  public static List<Optional<Answer>> run(List<Turn> turns) throws IOException {
    if (turns.size() > 1) {
      boolean allAnswered = true;
      for (Turn turn : turns) {
        allAnswered &= turn.runner().hasAnswered(turn.name());
      }
      for (Turn turn : allAnswered ? List.<Turn>of() : turns) {
        turn.runner().forget(turn.name());
      }
      return atOnce(turns);
    }
    List<Optional<Answer>> answers = new ArrayList<>();
    for (Turn turn : turns) {
      answers.add(turn.runner().run(turn.name(), turn.request()));
    }
    return answers;
  }

  private static List<Optional<Answer>> atOnce(List<Turn> turns) throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(turns.size());
    try {
      List<Future<Optional<Answer>>> started = new ArrayList<>();
      for (Turn turn : turns) {
        started.add(pool.submit(() -> turn.runner().run(turn.name(), turn.request())));
      }
      among(turns.stream().map(Turn::name).toList(), started);
      List<Optional<Answer>> answers = new ArrayList<>();
      for (Future<Optional<Answer>> one : started) {
        answers.add(one.get());
      }
      return answers;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IOException("a fork failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while forks ran", e);
    } finally {
      pool.shutdownNow();
      Cancellation.awaitEnd(pool);
    }
  }

  /** Returns when all but one have ended, at once if one ends before all have started. */
  private static void among(List<String> names, List<? extends Future<?>> forks)
      throws IOException, InterruptedException {
    List<String> pids = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String pid = "";
      while (pid.isEmpty()) {
        if (forks.get(i).isDone()) {
          return;
        }
        pid = pid(names.get(i));
        Thread.sleep(LOOK_MILLIS);
      }
      pids.add(pid);
    }
    List<String> command = new ArrayList<>(List.of("sh", "-c", TURNS, "turns"));
    command.add(Long.toString(ProcessHandle.current().pid()));
    command.addAll(pids);
    Process turns =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      turns.waitFor();
    } finally {
      turns.destroy();
      // Whatever became of the shell: nobody else would wake a fork that it stopped.
      new ProcessBuilder("sh", "-c", "kill -CONT " + String.join(" ", pids))
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    }
  }

  private static String pid(String name) {
    return ProcessHandle.current()
        .children()
        .filter(child -> isFork(child, name))
        .findFirst()
        .map(child -> Long.toString(child.pid()))
        .orElse("");
  }

  private static boolean isFork(ProcessHandle child, String name) {
    for (String argument : child.info().arguments().orElse(new String[0])) {
      if (argument.endsWith(name + ".request.json")) {
        return true;
      }
    }
    return false;
  }
}
