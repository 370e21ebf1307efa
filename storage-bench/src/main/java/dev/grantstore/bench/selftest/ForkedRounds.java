package dev.grantstore.bench.selftest;

import dev.grantstore.bench.fork.ForkLauncher;
import dev.grantstore.bench.fork.TurnTaking;
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

/** Starts a JVM for each request of a round; they take turns. */
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
  public List<Answer> ask(int round, List<CellRequest> requests) throws IOException {
    ForkLauncher launcher = new ForkLauncher(folder, timeout, halt, ForkLauncher.thisBuild());
    List<TurnTaking.Turn> turns = new ArrayList<>();
    for (CellRequest request : requests) {
      String name = String.format(Locale.ROOT, "round-%03d-fork-%d", round, turns.size());
      turns.add(new TurnTaking.Turn(name, request, launcher));
    }
    return TurnTaking.run(turns).stream().flatMap(Optional::stream).toList();
  }
}
