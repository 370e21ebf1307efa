package dev.grantstore.bench.fork;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.bench.benchmark.WrongAnswerException;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.run.FixtureRun;
import dev.grantstore.fixture.progress.Progress;
import dev.grantstore.tool.Failures;
import java.io.IOException;
import java.time.Clock;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Does a request in this JVM. An error is an answer too: whoever asked goes on, and says so. */
public final class ForkWork {
  private static final Logger LOG = Logger.getLogger(ForkWork.class.getName());

  private ForkWork() {}

  /**
   * {@return the answer}
   *
   * @param request what to do
   * @param clock says when it was
   * @param halt ends it early; what was measured is in the answer
   * @param progress is told what goes on
   */
  public static ForkAnswer answer(ForkRequest request, Clock clock, Halt halt, Progress progress) {
    try {
      return ForkAnswer.of(new FixtureRun(request.plan(), clock, halt, progress).run());
    } catch (WrongAnswerException e) {
      return failed(CellFailure.Kind.WRONG_ANSWER, e);
    } catch (GrantStoreException e) {
      return failed(kind(e.reason()), e);
    } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
      return failed(CellFailure.Kind.FAILED, e);
    }
  }

  private static CellFailure.Kind kind(Reason reason) {
    return switch (reason) {
      case CORRUPTION, DATA_LOSS, SYNC_UNKNOWN -> CellFailure.Kind.WRONG_ANSWER;
      case UNSUPPORTED -> CellFailure.Kind.UNAVAILABLE;
      default -> CellFailure.Kind.FAILED;
    };
  }

  private static ForkAnswer failed(CellFailure.Kind kind, Throwable failure) {
    LOG.log(Level.FINE, "request failed", failure);
    return ForkAnswer.failed(kind, Failures.words(failure));
  }
}
