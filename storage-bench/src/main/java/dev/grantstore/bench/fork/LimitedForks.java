package dev.grantstore.bench.fork;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.bench.benchmark.LimitedJvms;
import dev.grantstore.bench.benchmark.WrongAnswerException;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.ForkResult;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.run.CellRequest;
import dev.grantstore.bench.run.CellRequest.AskedCell;
import dev.grantstore.bench.run.CellRunner.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Forks of a fork, with less heap than it has; their requests, answers and logs are beside its own.
 * One thread.
 */
final class LimitedForks implements LimitedJvms {
  /** Of their heap their stores may cache so much, for some keep what they cache there. */
  private static final int CACHE_PART = 8;

  private final CellRequest request;
  private final Path answer;
  private final Halt halt;

  /**
   * Creates what starts them.
   *
   * @param request what the fork itself was asked
   * @param answer the file that it answers into
   * @param halt ends the one that runs
   */
  LimitedForks(CellRequest request, Path answer, Halt halt) {
    this.request = request;
    this.answer = answer;
    this.halt = halt;
  }

  @Override
  public Optional<Ended> run(
      int heapMib, String benchmark, CellSettings settings, Duration patience) {
    Path folder = Objects.requireNonNull(answer.toAbsolutePath().getParent(), "folder of answers");
    String own = String.valueOf(answer.getFileName()).replace(".answer.json", "");
    String name = String.format(Locale.ROOT, "%s-%d-MiB", own, heapMib);
    long cache = Math.min(request.cacheBytes(), ((long) heapMib << 20) / CACHE_PART);
    ForkLauncher launcher =
        new ForkLauncher(folder, patience, halt, ForkLauncher.thisBuild())
            .withHeap(List.of(String.format(Locale.ROOT, "-Xmx%dm", heapMib)));
    try {
      launcher.forget(name);
      return launcher
          .run(name, request.measuring(new AskedCell(benchmark, settings)).withCache(cache))
          .map(LimitedForks::ended);
    } catch (IOException e) {
      throw new UncheckedIOException("no JVM can be started with less memory", e);
    }
  }

  static Ended ended(Answer answer) {
    ForkResult result = answer.result();
    if (result != null && !result.cells().isEmpty()) {
      return new Ended(result.cells().get(0), "");
    }
    CellFailure.Kind kind = Objects.requireNonNullElse(answer.failure(), CellFailure.Kind.FAILED);
    return switch (kind) {
      case DIED, TIMEOUT -> new Ended(null, answer.reason());
      case WRONG_ANSWER -> throw new WrongAnswerException(answer.reason());
      case UNAVAILABLE -> throw new GrantStoreException(Reason.UNSUPPORTED, answer.reason());
      case FAILED -> throw new IllegalStateException(answer.reason());
    };
  }
}
