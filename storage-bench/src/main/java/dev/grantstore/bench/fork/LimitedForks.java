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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Forks of a fork, with less memory than it has; their requests, answers and logs are beside its
 * own. Where this user can make control groups the limit holds for the whole process, and half of
 * it is Java's heap at most; elsewhere for Java's heap alone. One thread.
 */
final class LimitedForks implements LimitedJvms {
  /** Of their heap their stores may cache so much, for some keep what they cache there. */
  private static final int CACHE_PART = 8;

  /** In a control group the heap gets this part: the rest is for the engine and the JVM itself. */
  private static final int HEAP_PART = 2;

  /**
   * What a JVM says that has too little heap, also to begin with. An engine that meets the error
   * may tell it in words of its own.
   */
  private static final List<String> OUT_OF_MEMORY =
      List.of(
          Answer.OUT_OF_MEMORY,
          "OutOfMemoryError",
          "GC triggered before VM initialization",
          "Too small maximum heap",
          "Could not reserve enough space");

  private static final String OF_PROCESS =
      "the whole process (cgroup v2): heap, native memory, and the pages of files that it is"
          + " first to touch; of it Java's heap (-Xmx) at most half";

  private final CellRequest request;
  private final Path answer;
  private final Halt halt;
  private final Optional<MemoryGroups> groups;

  /**
   * Creates what starts them.
   *
   * @param request what the fork itself was asked; it says where control groups are made, if so
   * @param answer the file that it answers into
   * @param halt ends the one that runs
   */
  LimitedForks(CellRequest request, Path answer, Halt halt) {
    this(request, answer, halt, request.memoryGroups().map(MemoryGroups::in));
  }

  /** With groups that were found, or without. */
  LimitedForks(CellRequest request, Path answer, Halt halt, Optional<MemoryGroups> groups) {
    this.groups = groups;
    this.request = request;
    this.answer = answer;
    this.halt = halt;
  }

  @Override
  public String covers() {
    return groups.isPresent() ? OF_PROCESS : OF_HEAP;
  }

  @Override
  public Optional<Ended> run(
      int limitMib, String benchmark, CellSettings settings, Duration patience) {
    Path folder = Objects.requireNonNull(answer.toAbsolutePath().getParent(), "folder of answers");
    String own = String.valueOf(answer.getFileName()).replace(".answer.json", "");
    String name = String.format(Locale.ROOT, "%s-%d-MiB", own, limitMib);
    long cache = Math.min(request.cacheBytes(), ((long) limitMib << 20) / CACHE_PART);
    int heapMib = groups.isPresent() ? limitMib / HEAP_PART : limitMib;
    ForkLauncher launcher =
        new ForkLauncher(folder, patience, halt, ForkLauncher.thisBuild())
            .withHeap(List.of(String.format(Locale.ROOT, "-Xmx%dm", heapMib)));
    CellRequest burst = request.measuring(new AskedCell(benchmark, settings)).withCache(cache);
    try {
      launcher.forget(name);
      if (groups.isEmpty()) {
        Optional<Answer> ended = launcher.run(name, burst);
        boolean ofMemory = saysSo(folder.resolve(name + ".log"));
        return ended.map(each -> ended(each, ofMemory));
      }
      try (MemoryGroups.Group group = groups.get().limited(name, limitMib)) {
        Optional<Answer> ended = launcher.startedBy(group::entering).run(name, burst);
        boolean ofMemory = group.killed() || saysSo(folder.resolve(name + ".log"));
        return ended.map(each -> ended(each, ofMemory));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no JVM can be started with less memory", e);
    }
  }

  /** {@return whether a JVM had no memory left, which it says before it ends} */
  private static boolean saysSo(Path log) throws IOException {
    // Its last lines may be of what came after; not all that engines write there is text.
    return Files.isRegularFile(log)
        && saysSo(new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1));
  }

  private static boolean saysSo(String words) {
    return OUT_OF_MEMORY.stream().anyMatch(words::contains);
  }

  /**
   * {@return what an answer says; any death but for want of memory is a failure}
   *
   * @param answer of the fork
   * @param ofMemory whether the system, or the JVM itself, said that it had no memory left
   */
  static Ended ended(Answer answer, boolean ofMemory) {
    ForkResult result = answer.result();
    if (result != null && !result.cells().isEmpty()) {
      return new Ended(result.cells().get(0), "", false);
    }
    CellFailure.Kind kind = Objects.requireNonNullElse(answer.failure(), CellFailure.Kind.FAILED);
    return switch (kind) {
      case TIMEOUT -> new Ended(null, answer.reason(), true);
      case DIED -> {
        if (!ofMemory && !saysSo(answer.reason())) {
          throw new IllegalStateException("died, but not of want of memory: " + answer.reason());
        }
        yield new Ended(null, answer.reason(), false);
      }
      case WRONG_ANSWER -> throw new WrongAnswerException(answer.reason());
      case UNAVAILABLE -> throw new GrantStoreException(Reason.UNSUPPORTED, answer.reason());
      case FAILED -> throw new IllegalStateException(answer.reason());
    };
  }
}
