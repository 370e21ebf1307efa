package dev.grantstore.bench.fork;

import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.bench.run.CellRequest;
import dev.grantstore.bench.run.CellRunner;
import dev.grantstore.fixture.progress.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The main class of a fork: reads a request, does it, writes an answer. Its name is what a launcher
 * of another build starts.
 */
public final class ForkMain {
  private static final int ORPHANED = 1;

  private ForkMain() {}

  /**
   * Runs in a JVM of its own.
   *
   * @param arguments the file with the {@link CellRequest}, and the file for the {@link
   *     CellRunner.Answer}
   * @throws IOException if one cannot be read or the other not written
   */
  public static void main(String[] arguments) throws IOException {
    endWithParent();
    CellRequest request = ResultJson.read(Path.of(arguments[0]), CellRequest.class);
    Halt halt = new Halt();
    CellRunner here =
        CellRunner.here(
            Clock.systemUTC(),
            halt,
            Progress.NONE,
            new LimitedForks(request, Path.of(arguments[1]), halt));
    ResultJson.save(here.run("fork", request).orElseThrow(), Path.of(arguments[1]));
  }

  /**
   * When whoever asked is killed nobody wants the answer any more, and nobody else would end a fork
   * that hangs; and a resumed run must not be measured beside it.
   */
  private static void endWithParent() {
    ProcessHandle.current()
        .parent()
        .ifPresent(
            parent -> {
              Thread watch = new Thread(() -> outlive(parent), "parent watch");
              watch.setDaemon(true);
              watch.start();
            });
  }

  private static void outlive(ProcessHandle parent) {
    parent.onExit().join();
    Runtime.getRuntime().halt(ORPHANED);
  }
}
