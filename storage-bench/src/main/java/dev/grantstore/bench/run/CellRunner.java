package dev.grantstore.bench.run;

import dev.grantstore.bench.benchmark.LimitedJvms;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.ForkResult;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.fixture.progress.Progress;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Does what is requested, in this JVM or in one for each request. One thread. */
@FunctionalInterface
public interface CellRunner {
  /**
   * Does a request. An error is an answer too: whoever asked goes on, and says so.
   *
   * @param name of the request, unique in its run
   * @param request what to do
   * @return the answer; empty if halted before there was one
   * @throws IOException if no process can be started, or a file not be read or written
   */
  Optional<Answer> run(String name, CellRequest request) throws IOException;

  /**
   * {@return whether {@link #run} would answer from what is kept of an earlier run}
   *
   * @param name of a request
   * @throws IOException if that cannot be read
   */
  default boolean hasAnswered(String name) throws IOException {
    return false;
  }

  /**
   * Drops what is kept of an answer.
   *
   * @param name of its request
   * @throws IOException if it cannot be removed
   */
  default void forget(String name) throws IOException {}

  /**
   * {@return what does requests in this JVM}
   *
   * @param clock says when it was
   * @param halt ends one early; what was measured is in the answer
   * @param progress is told what goes on
   */
  static CellRunner here(Clock clock, Halt halt, Progress progress) {
    return here(clock, halt, progress, LimitedJvms.NONE);
  }

  /**
   * {@return what does requests in this JVM, and some of it in others with less memory}
   *
   * @param clock says when it was
   * @param halt ends one early; what was measured is in the answer
   * @param progress is told what goes on
   * @param limited starts those others
   */
  static CellRunner here(Clock clock, Halt halt, Progress progress, LimitedJvms limited) {
    return (name, request) ->
        Optional.of(FixtureRun.answer(request, clock, halt, progress, limited));
  }

  /**
   * A result, or why there is none. Its JSON form is what a fork answers with.
   *
   * @param result null where there is none
   * @param failure what went wrong; null where nothing did
   * @param reason the same in a line; empty where nothing went wrong
   */
  record Answer(@Nullable ForkResult result, CellFailure.@Nullable Kind failure, String reason) {
    /** What the reason of {@link #outOfMemory} begins with. */
    public static final String OUT_OF_MEMORY = "out of memory: ";

    /**
     * {@return an answer with a result}
     *
     * @param result what was measured
     */
    public static Answer of(ForkResult result) {
      return new Answer(result, null, "");
    }

    /**
     * {@return an answer without one}
     *
     * @param kind what went wrong
     * @param reason the same in a line
     */
    public static Answer failed(CellFailure.Kind kind, String reason) {
      return new Answer(null, kind, reason);
    }

    /**
     * {@return an answer of a JVM that had no memory left, and lived to say so}
     *
     * @param reason who found that out, and at what, in a line
     */
    public static Answer outOfMemory(String reason) {
      return failed(CellFailure.Kind.DIED, OUT_OF_MEMORY + reason);
    }

    /**
     * {@return whether asking again would change nothing: it was measured, or an answer was wrong}
     */
    public boolean isFinal() {
      return result != null || failure == CellFailure.Kind.WRONG_ANSWER;
    }
  }
}
