package dev.grantstore.equivalence.fault;

import dev.grantstore.Durability;
import dev.grantstore.Utf8;
import dev.grantstore.equivalence.run.CrashImage;
import dev.grantstore.folder.LockedFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Records what a process does to a store's folder, below the JVM and below native libraries: a
 * small library is compiled and preloaded. Needs Linux with 64 bits and a C compiler. Closing
 * removes the library.
 */
final class Recorder implements AutoCloseable {
  private static final String SOURCE = "recorder.c";
  private static final List<String> COMPILERS = List.of("cc", "gcc", "clang");
  private static final Duration LONGEST_COMPILING = Duration.ofMinutes(2);

  private static final int HANDLES_OF_A_PROCESS = 10_000_000;

  private final LockedFolder folder;

  private Recorder(LockedFolder folder) {
    this.folder = folder;
  }

  /**
   * One life of a store.
   *
   * @param durability what it is opened with
   * @param end the number of steps of the script after which it ends
   * @param isKilled whether it ends so that nothing is closed
   */
  record Life(Durability durability, int end, boolean isKilled) {}

  /**
   * Makes the recorder, in the temporary folder: from one in memory code can often not be run.
   *
   * @throws CannotRecordException if it cannot be made here
   */
  static Recorder make() throws IOException, InterruptedException, CannotRecordException {
    if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
      throw new CannotRecordException("only Linux can be recorded");
    }
    LockedFolder folder =
        LockedFolder.temporary(Path.of(System.getProperty("java.io.tmpdir")), "recorder");
    Recorder recorder = new Recorder(folder);
    try {
      recorder.compile();
      return recorder;
    } catch (IOException | InterruptedException | CannotRecordException e) {
      recorder.close();
      throw e;
    }
  }

  private Path library() {
    return folder.path().resolve("recorder.so");
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }

  private void compile() throws IOException, InterruptedException, CannotRecordException {
    Path source = folder.path().resolve(SOURCE);
    try (InputStream in = Objects.requireNonNull(Recorder.class.getResourceAsStream(SOURCE))) {
      Files.copy(in, source);
    }
    List<String> problems = new ArrayList<>();
    for (String compiler : COMPILERS) {
      Optional<String> said = compile(compiler, source, library());
      if (said.isPresent() && said.get().isEmpty()) {
        return;
      }
      said.ifPresent(text -> problems.add(compiler + " fails: " + text));
    }
    throw new CannotRecordException(
        problems.isEmpty()
            ? "no C compiler is on the path: " + String.join(", ", COMPILERS)
            : String.join("; ", problems));
  }

  /** Empty if there is no such compiler, else what it said; nothing if it did it. */
  private static Optional<String> compile(String compiler, Path source, Path library)
      throws IOException, InterruptedException {
    Path said = library.resolveSibling(compiler + ".txt");
    Process process;
    try {
      process =
          new ProcessBuilder(
                  compiler,
                  "-std=gnu11",
                  "-O1",
                  "-fPIC",
                  "-shared",
                  "-pthread",
                  "-o",
                  library.toString(),
                  source.toString(),
                  "-ldl")
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
    } catch (IOException e) {
      return Optional.empty();
    }
    try {
      if (!process.waitFor(LONGEST_COMPILING.toSeconds(), TimeUnit.SECONDS)) {
        return Optional.of("does not end");
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    return process.exitValue() == 0 && Files.exists(library)
        ? Optional.of("")
        : Optional.of("exit=" + process.exitValue() + " " + Utf8.read(said).lines().toList());
  }

  /**
   * Lets a store be written and records it.
   *
   * @param scheme the engine's
   * @param seed of the script
   * @param lives of the store, one after the other
   * @param scratch an existing folder; what is left there is removed
   * @param forgotten which files' syncs are passed over, see {@link RecordedDisk#read}
   * @throws CannotRecordException if the writer fails, or not everything could be recorded
   */
  RecordedDisk record(
      String scheme, long seed, List<Life> lives, Path scratch, Predicate<String> forgotten)
      throws IOException, InterruptedException, CannotRecordException {
    int step = 0;
    List<List<String>> processes = new ArrayList<>();
    List<String> arguments = new ArrayList<>();
    for (Life life : lives) {
      arguments.add(life.durability.name());
      arguments.add(Integer.toString(life.end));
      arguments.add(life.isKilled ? RecordedWriter.KILLED : RecordedWriter.CLOSED);
      if (life.isKilled || life.equals(lives.get(lives.size() - 1))) {
        arguments.addAll(0, List.of(Long.toString(seed), Integer.toString(step)));
        processes.add(List.copyOf(arguments));
        step = life.end;
        arguments.clear();
      }
    }
    return record(RecordedWriter.class, scheme, processes, scratch, forgotten);
  }

  /**
   * Lets processes write, one after the other, and records them.
   *
   * @param writer their main class; its arguments are the scheme, the place of the store, the file
   *     of marks, the last of which is {@link RecordedWriter#END}, and then its own
   * @param scheme the engine's
   * @param processes of each its own arguments
   * @param scratch an existing folder; what is left there is removed
   * @param forgotten which files' syncs are passed over
   * @throws CannotRecordException if a writer fails, or not everything could be recorded
   */
  RecordedDisk record(
      Class<?> writer,
      String scheme,
      List<List<String>> processes,
      Path scratch,
      Predicate<String> forgotten)
      throws IOException, InterruptedException, CannotRecordException {
    Path folder = scratch.resolve("recorded");
    CrashImage.delete(folder);
    Path root = Files.createDirectories(folder.resolve("disk")).toRealPath();
    Path log = root.resolveSibling("log");
    Path marks = root.resolveSibling("marks");
    try {
      String said = "";
      for (int process = 0; process < processes.size(); process++) {
        List<String> arguments = new ArrayList<>();
        arguments.add(scheme);
        arguments.add(root.resolve(PowerLossCampaign.STORE).toString());
        arguments.add(marks.toString());
        arguments.addAll(processes.get(process));
        said = write(writer, arguments, root, log, marks, process, scratch);
      }
      RecordedDisk disk = RecordedDisk.read(log, root, forgotten);
      List<RecordedDisk.Mark> last = disk.marks();
      if (last.isEmpty() || !last.get(last.size() - 1).text().equals(RecordedWriter.END)) {
        throw new CannotRecordException(
            "writer did not come to its end, or could not be recorded: " + said);
      }
      disk.requireSame(root);
      return disk;
    } finally {
      CrashImage.delete(folder);
    }
  }

  /** {@return the last words of a writer that was recorded, whatever became of it} */
  private String write(
      Class<?> main,
      List<String> arguments,
      Path root,
      Path log,
      Path marks,
      int process,
      Path scratch)
      throws IOException, InterruptedException, CannotRecordException {
    Map<String, String> environment =
        Map.of(
            "LD_PRELOAD",
            library().toString(),
            "GRANTSTORE_RECORD_ROOT",
            root.toString(),
            "GRANTSTORE_RECORD_LOG",
            log.toString(),
            "GRANTSTORE_RECORD_MARKS",
            marks.toString(),
            "GRANTSTORE_RECORD_HANDLES",
            Integer.toString(process * HANDLES_OF_A_PROCESS));
    try (Child writer = Child.start(scratch, environment, main, arguments.toArray(String[]::new))) {
      List<String> printed = new ArrayList<>();
      Optional<String> line = writer.next(FaultCampaign.LONGEST_CASE);
      while (line.isPresent()) {
        printed.add(line.get());
        line = writer.next(FaultCampaign.LONGEST_CASE);
      }
      if (!writer.hasEnded()) {
        throw new CannotRecordException("writer hangs: " + arguments.get(0));
      }
      return writer.lastWords(printed);
    }
  }
}
