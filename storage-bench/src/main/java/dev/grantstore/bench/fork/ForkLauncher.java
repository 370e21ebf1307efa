package dev.grantstore.bench.fork;

import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.ResultFormatException;
import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.run.CellRequest;
import dev.grantstore.bench.run.CellRunner;
import dev.grantstore.bench.run.PageCache;
import dev.grantstore.folder.LockedFolder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Starts forks, one after the other, with the Java, the flags and the class path of this process,
 * and ends those that do not answer in time. One thread.
 */
public final class ForkLauncher implements CellRunner {
  private static final List<String> NOT_FOR_FORKS =
      List.of(
          "-agentlib:",
          "-agentpath:",
          "-javaagent:",
          "-Xrunjdwp",
          "-Xlog:",
          "-Xloggc:",
          "-XX:LogFile",
          "-XX:+LogCompilation",
          "-XX:ArchiveClassesAtExit",
          "-XX:+AutoCreateSharedArchive",
          "-XX:StartFlightRecording");

  /** What says how large a heap may be. */
  private static final List<String> OF_HEAP =
      List.of(
          "-Xmx",
          "-Xms",
          "-Xmn",
          "-XX:MaxHeap",
          "-XX:InitialHeap",
          "-XX:MinHeap",
          "-XX:MaxRAM",
          "-XX:InitialRAM",
          "-XX:MinRAM");

  private static final long LOOK_MILLIS = 50;
  private static final int LAST_LINES = 5;

  /** The last line of what a JVM says of its threads; others may have another, or be stuck. */
  private static final String END_OF_THREADS = "JNI global ref";

  private static final int MOST_LOOKS = 600;

  private final Path folder;
  private final Duration timeout;
  private final Halt halt;
  private final String classPath;
  private final LongSupplier nanos;
  private final List<String> heapFlags;
  private final UnaryOperator<List<String>> start;

  /**
   * Creates a launcher.
   *
   * @param folder where requests, answers and logs are kept; exists
   * @param timeout after how long a fork is ended
   * @param halt ends the fork that runs
   * @param classPath of the build that the JVMs run, such as {@link #thisBuild}; one that does not
   *     know this build's requests says so in its answer
   */
  public ForkLauncher(Path folder, Duration timeout, Halt halt, String classPath) {
    this(folder, timeout, halt, classPath, System::nanoTime);
  }

  /** {@return one that gives these flags instead of this JVM's that say how large its heap is} */
  ForkLauncher withHeap(List<String> flags) {
    return new ForkLauncher(folder, timeout, halt, classPath, nanos, flags, start);
  }

  /** {@return one whose commands are started by others, which that makes of them} */
  ForkLauncher startedBy(UnaryOperator<List<String>> other) {
    return new ForkLauncher(folder, timeout, halt, classPath, nanos, heapFlags, other);
  }

  /** {@return the class path of this JVM} */
  public static String thisBuild() {
    return System.getProperty("java.class.path");
  }

  /** With a clock of nanoseconds. */
  ForkLauncher(Path folder, Duration timeout, Halt halt, String classPath, LongSupplier nanos) {
    this(folder, timeout, halt, classPath, nanos, List.of(), command -> command);
  }

  private ForkLauncher(
      Path folder,
      Duration timeout,
      Halt halt,
      String classPath,
      LongSupplier nanos,
      List<String> heapFlags,
      UnaryOperator<List<String>> start) {
    this.heapFlags = List.copyOf(heapFlags);
    this.start = start;
    this.classPath = classPath;
    this.folder = folder;
    this.timeout = timeout;
    this.halt = halt;
    this.nanos = nanos;
  }

  /**
   * Asks a fork, unless it has answered already in an earlier run. What failed then is tried again:
   * the disk may have room by now. Of a cold cell the fixture's files are dropped from memory
   * first. A thread that is interrupted asks for the halt.
   *
   * @param name of its files
   * @param request what to do
   * @return its answer; empty if halted before there was one
   * @throws IOException if no process can be started or a file not be read or written
   */
  @Override
  public Optional<Answer> run(String name, CellRequest request) throws IOException {
    Optional<Answer> earlier = earlier(name);
    if (earlier.isPresent()) {
      return earlier;
    }
    forget(name);
    if (request.isCold()) {
      try {
        PageCache.drop(Path.of(request.fixture()));
      } catch (IOException e) {
        if (Thread.currentThread().isInterrupted()) {
          halt.request();
          return Optional.empty();
        }
        String reason = String.valueOf(e.getMessage());
        return Optional.of(Answer.failed(CellFailure.Kind.UNAVAILABLE, reason));
      }
    }
    Path answer = answer(name);
    Path asked = folder.resolve(name + ".request.json");
    Path log = folder.resolve(name + ".log");
    ResultJson.save(request, asked);
    ProcessBuilder builder = new ProcessBuilder(start.apply(command(asked, answer)));
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Process process = builder.start();
    try {
      return await(process, answer, log);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      // Or each fork that is left would be started, and ended at once.
      halt.request();
      return Optional.empty();
    } finally {
      end(process);
      // One that was killed had no time to.
      LockedFolder.removeTemporary(Path.of(request.scratchFolder()));
    }
  }

  @Override
  public boolean hasAnswered(String name) throws IOException {
    return earlier(name).isPresent();
  }

  @Override
  public void forget(String name) throws IOException {
    Files.deleteIfExists(answer(name));
  }

  private Optional<Answer> earlier(String name) throws IOException {
    Path answer = answer(name);
    return Files.isRegularFile(answer)
        ? Optional.of(ResultJson.read(answer, Answer.class)).filter(Answer::isFinal)
        : Optional.empty();
  }

  private Path answer(String name) {
    return folder.resolve(name + ".answer.json");
  }

  private Optional<Answer> await(Process process, Path answer, Path log)
      throws IOException, InterruptedException {
    long start = nanos.getAsLong();
    while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      if (halt.isRequested()) {
        return Optional.empty();
      }
      if (nanos.getAsLong() - start > timeout.toNanos()) {
        return Optional.of(timedOut(process, log));
      }
    }
    if (Files.isRegularFile(answer)) {
      return Optional.of(read(answer));
    }
    if (halt.isRequested()) {
      return Optional.empty();
    }
    return Optional.of(
        Answer.failed(
            CellFailure.Kind.DIED,
            String.format(
                Locale.ROOT,
                "fork ended with status %d and no answer; log %s: %s",
                process.exitValue(),
                log,
                lastLines(log))));
  }

  /**
   * One of another build may have another form: it is put aside, so that the run can be resumed.
   */
  private static Answer read(Path answer) throws IOException {
    try {
      return ResultJson.read(answer, Answer.class);
    } catch (ResultFormatException e) {
      Path aside = answer.resolveSibling(answer.getFileName() + ".unreadable");
      Files.move(answer, aside, StandardCopyOption.REPLACE_EXISTING);
      return Answer.failed(CellFailure.Kind.FAILED, "its answer cannot be read: " + e.getMessage());
    }
  }

  /** Lets the JVM say first what its threads do: that goes into its log. */
  private Answer timedOut(Process process, Path log) throws IOException, InterruptedException {
    // The shell's own kill: small systems have no other.
    new ProcessBuilder("sh", "-c", "kill -QUIT \"$0\"", Long.toString(process.pid()))
        .start()
        .waitFor();
    awaitLastWords(process, log);
    return Answer.failed(
        CellFailure.Kind.TIMEOUT,
        String.format(
            Locale.ROOT,
            "no answer after %d s; ended; what its threads did is in %s",
            timeout.toSeconds(),
            log));
  }

  private void awaitLastWords(Process process, Path log) throws IOException, InterruptedException {
    for (int i = 0; i < MOST_LOOKS && !halt.isRequested(); i++) {
      if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)
          || said(log).contains(END_OF_THREADS)) {
        return;
      }
    }
  }

  private static void end(Process process) {
    process.destroyForcibly();
    process.onExit().join();
  }

  /**
   * {@return whether a flag is not of an agent, a recording or a written file: those are of one}
   */
  static boolean isForForks(String flag) {
    return NOT_FOR_FORKS.stream().noneMatch(flag::startsWith);
  }

  private List<String> command(Path request, Path answer) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      boolean isReplaced = !heapFlags.isEmpty() && OF_HEAP.stream().anyMatch(flag::startsWith);
      if (isForForks(flag) && !isReplaced) {
        command.add(flag);
      }
    }
    command.addAll(heapFlags);
    command.add("-cp");
    command.add(classPath);
    command.add(ForkMain.class.getName());
    command.add(request.toString());
    command.add(answer.toString());
    return command;
  }

  private static String said(Path log) throws IOException {
    return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
  }

  private static String lastLines(Path log) throws IOException {
    List<String> lines = said(log).lines().toList();
    return String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }
}
