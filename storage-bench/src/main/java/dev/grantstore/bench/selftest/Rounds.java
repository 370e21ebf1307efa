package dev.grantstore.bench.selftest;

import dev.grantstore.bench.run.CellRequest;
import dev.grantstore.bench.run.CellRunner.Answer;
import java.io.IOException;
import java.util.List;

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
}
