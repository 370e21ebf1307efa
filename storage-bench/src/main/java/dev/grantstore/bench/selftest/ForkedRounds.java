package dev.grantstore.bench.selftest;

import dev.grantstore.bench.fork.ForkAnswer;
import dev.grantstore.bench.fork.ForkLauncher;
import dev.grantstore.bench.fork.ForkRequest;
import dev.grantstore.bench.measure.Halt;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Starts a JVM for each request of a round, all at once, and lets them take turns: while one runs
 * the others are stopped. So all of them meet the same moods of the machine, and none disturbs
 * another. An operation that was under way when its JVM was stopped seems long; there are few of
 * these, so the median does not see them, and the mean and the highest percentiles are worthless.
 */
public final class ForkedRounds implements Rounds {
  private final Path folder;
  private final Duration timeout;
  private final Halt halt;

  /**
   * Prepares rounds.
   *
   * @param folder where requests, answers and logs are kept; exists
   * @param timeout after how long a fork is ended, the others' turns included
   * @param halt ends the forks that run
   */
  public ForkedRounds(Path folder, Duration timeout, Halt halt) {
    this.folder = folder;
    this.timeout = timeout;
    this.halt = halt;
  }

  @Override
  public List<ForkAnswer> ask(int round, List<ForkRequest> requests) throws IOException {
    List<Callable<Optional<ForkAnswer>>> tasks = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      String name = String.format(Locale.ROOT, "round-%03d-fork-%d", round, i);
      ForkRequest request = requests.get(i);
      names.add(name);
      tasks.add(() -> new ForkLauncher(folder, timeout, halt).ask(name, request));
    }
    ExecutorService pool = Executors.newFixedThreadPool(tasks.size());
    try {
      List<Future<Optional<ForkAnswer>>> started = new ArrayList<>();
      tasks.forEach(task -> started.add(pool.submit(task)));
      TurnTaking.among(names, started);
      List<ForkAnswer> answers = new ArrayList<>();
      for (Future<Optional<ForkAnswer>> one : started) {
        one.get().ifPresent(answers::add);
      }
      return answers;
    } catch (ExecutionException e) {
      throw new IOException("a fork of the self-test failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      halt.request();
      throw new IOException("interrupted while forks ran", e);
    } finally {
      pool.shutdown();
    }
  }
}
