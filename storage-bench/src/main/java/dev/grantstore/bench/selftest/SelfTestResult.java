package dev.grantstore.bench.selftest;

import dev.grantstore.bench.compare.Gate;
import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a self-test showed.
 *
 * @param run what was measured: an engine three times, the third time slowed
 * @param same the gate between equal forks
 * @param slowed the gate between forks and slowed ones
 */
public record SelfTestResult(RunResult run, Gate same, Gate slowed) {

  /** {@return the delay of the first slowed fork, in words; each fork measures its own} */
  public Optional<String> injected() {
    return run.cells().get(run.cells().size() - 1).forks().stream()
        .findFirst()
        .map(fork -> fork.cell().notes().get(CellResult.INJECTED_DELAY));
  }

  /**
   * {@return whether the gate could not tell the delay and said so: too noisy a machine, and no
   * fault of the gate's}
   */
  public boolean isInconclusive() {
    return problems().isEmpty() && slowed.outcome() != Gate.Outcome.REGRESSION;
  }

  /** {@return what is wrong with the gate, a line each; empty if it does what it should} */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (same.outcome() == Gate.Outcome.REGRESSION) {
      problems.add("reported a regression between equal forks");
    }
    if (slowed.outcome() == Gate.Outcome.FINE) {
      problems.add("did not report the delay that was injected: " + slowed.outcome().words());
    }
    return problems;
  }
}
