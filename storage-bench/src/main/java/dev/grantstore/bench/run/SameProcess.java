package dev.grantstore.bench.run;

import dev.grantstore.bench.result.EngineResult;
import dev.grantstore.bench.result.ForkResult;
import dev.grantstore.bench.result.Method;
import dev.grantstore.bench.result.RunResult;
import java.time.Duration;

/** Makes a run of what one JVM, this one, measured: enough to look at, too little to claim by. */
public final class SameProcess {
  private SameProcess() {}

  /**
   * {@return the run}
   *
   * @param frame who asked for it
   * @param fork what was measured
   */
  public static RunResult of(RunFrame frame, ForkResult fork) {
    Assembly assembly = new Assembly();
    String engine = fork.engine().scheme();
    assembly.engine(new EngineResult(engine, fork.engine(), fork.fixture(), fork.disk()));
    fork.cells().forEach(cell -> assembly.fork(engine, 0, fork.startedAt(), cell));
    Method method =
        new Method(
            0,
            "one JVM, one cell after the other",
            Duration.ZERO,
            fork.engine().cacheBytes(),
            fork.engine().durability());
    return assembly.result(frame, fork.endedAt(), fork.interrupted(), method, fork.environment());
  }
}
