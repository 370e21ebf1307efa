package dev.grantstore.bench.selftest;

import dev.grantstore.bench.fork.ForkLauncher;
import dev.grantstore.bench.fork.TurnTaking;
import dev.grantstore.bench.fork.TurnTaking.Turn;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.run.CellRequest;
import dev.grantstore.bench.run.CellRunner.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Has the forks of a round measure beside each other. One thread. */
@FunctionalInterface
public interface Rounds {
  /**
   * Asks one fork for each request.
   *
   * @param round its number, from 0
   * @param requests what to do
   * @return the answers in the same order; fewer if halted
   * @throws IOException if no process can be started, or a file not be read or written
   */
  List<Answer> ask(int round, List<CellRequest> requests) throws IOException;

  /**
   * {@return rounds that start a JVM for each request; they take turns}
   *
   * @param folder where requests, answers and logs are kept; exists
   * @param timeout after how long a fork is ended, the others' turns included
   * @param halt ends the forks that run
   */
  static Rounds forked(Path folder, Duration timeout, Halt halt) {
    ForkLauncher launcher = new ForkLauncher(folder, timeout, halt, ForkLauncher.thisBuild());
    return (round, requests) -> {
      List<Turn> turns = new ArrayList<>();
      for (CellRequest request : requests) {
        String name = String.format(Locale.ROOT, "round-%03d-fork-%d", round, turns.size());
        turns.add(new Turn(name, request, launcher));
      }
      return TurnTaking.run(turns).stream().flatMap(Optional::stream).toList();
    };
  }
}
