package dev.grantstore.bench.selftest;

import dev.grantstore.bench.compare.Comparison;
import dev.grantstore.bench.compare.Gate;
import dev.grantstore.bench.compare.Terms;
import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSeries.Fork;
import dev.grantstore.bench.result.ForkResult;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.EngineResult;
import dev.grantstore.bench.result.RunResult.Method;
import dev.grantstore.bench.run.CellRequest;
import dev.grantstore.bench.run.CellRunner.Answer;
import dev.grantstore.bench.statistics.Estimates;
import dev.grantstore.fixture.progress.Progress;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Measures one engine three times in each round, the third time with a delay injected, and asks the
 * gate about the first and the second, which are equal, and about the first and the third. One
 * thread.
 *
 * <p>What it cannot see: whether two runs made one after the other can be compared (its forks are
 * of one run and share what the machine does), and whether a change in the slower half of the
 * operations is noticed (it judges the median).
 */
public final class GateSelfTest {
  private static final List<String> NAMES = List.of("plain", "equal", "slowed");

  /** Rounds to none, but is prepared like any other, so that all forks come to measure together. */
  private static final double NO_DELAY = Double.MIN_VALUE;

  private final Plan plan;
  private final Rounds rounds;
  private final Clock clock;
  private final Progress progress;

  /**
   * What to do.
   *
   * @param request what each fork measures, but for the delay
   * @param forks how many rounds, of three forks each
   * @param delayPercent by how much the third fork's operations are prolonged
   * @param terms of the gate
   */
  public record Plan(CellRequest request, int forks, double delayPercent, Terms terms) {}

  /**
   * Prepares a self-test.
   *
   * @param plan what to do
   * @param rounds does the measuring
   * @param clock says when it was
   * @param progress is told what goes on
   */
  public GateSelfTest(Plan plan, Rounds rounds, Clock clock, Progress progress) {
    this.plan = plan;
    this.rounds = rounds;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Runs.
   *
   * @return what it showed
   * @throws IOException if a fork fails, or was halted
   */
  public SelfTestResult run() throws IOException {
    Instant startedAt = clock.instant();
    List<List<Fork>> forks = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    List<ForkResult> last = List.of();
    for (int round = 0; round < plan.forks(); round++) {
      progress.phase(
          String.format(Locale.ROOT, "self-test, round %d of %d", round + 1, plan.forks()), -1);
      last = round(round);
      for (int i = 0; i < NAMES.size(); i++) {
        ForkResult fork = last.get(i);
        CellResult cell = fork.cells().get(0);
        forks.get(i).add(new Fork(round, NAMES.size() * round + i, fork.startedAt(), cell));
      }
    }
    RunResult run = result(startedAt, last, forks);
    return new SelfTestResult(run, gate(run, NAMES.get(1)), gate(run, NAMES.get(2)));
  }

  private Gate gate(RunResult run, String second) {
    return Gate.of(Comparison.within(run, NAMES.get(0), second, plan.terms()));
  }

  /** Another fork is started first in each round, so that what favours the first favours all. */
  private List<ForkResult> round(int round) throws IOException {
    int shift = round % NAMES.size();
    CellRequest plain = plan.request().slowed(NO_DELAY);
    CellRequest slowed = plan.request().slowed(Math.max(NO_DELAY, plan.delayPercent()));
    List<CellRequest> requests = new ArrayList<>(List.of(plain, plain, slowed));
    Collections.rotate(requests, shift);
    List<ForkResult> results = new ArrayList<>();
    for (Answer answer : rounds.ask(round, requests)) {
      ForkResult result = answer.result();
      if (result == null) {
        throw new IOException("a fork of the self-test failed: " + answer.reason());
      }
      results.add(result);
    }
    if (results.size() < requests.size()) {
      throw new IOException("the self-test was halted");
    }
    Collections.rotate(results, -shift);
    return results;
  }

  private RunResult result(Instant startedAt, List<ForkResult> last, List<List<Fork>> forks) {
    List<EngineResult> engines = new ArrayList<>();
    List<CellSeries> cells = new ArrayList<>();
    for (int i = 0; i < NAMES.size(); i++) {
      ForkResult fork = last.get(i);
      String name = NAMES.get(i);
      CellResult cell = forks.get(i).get(0).cell();
      engines.add(
          new EngineResult(name, fork.engine().ofBuild(null), fork.fixture(), fork.disk(), null));
      cells.add(
          new CellSeries(
              name,
              cell.benchmark(),
              cell.title(),
              cell.settings(),
              forks.get(i),
              Estimates.of(forks.get(i))));
    }
    Method method =
        new Method(
            plan.forks(),
            "three JVMs a round, taking turns",
            Duration.ZERO,
            plan.request().cacheBytes(),
            plan.request().durability().name());
    return new RunResult(
        RunResult.FORMAT_VERSION,
        "",
        "self-test",
        List.of("gate", "--self-test"),
        startedAt,
        clock.instant(),
        false,
        method,
        last.get(0).environment(),
        engines,
        cells,
        List.of(),
        List.of());
  }
}
