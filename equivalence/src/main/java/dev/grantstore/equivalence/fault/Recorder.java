package dev.grantstore.equivalence.fault;

import dev.grantstore.Durability;
import dev.grantstore.equivalence.run.CrashImage;
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
 * small library is compiled and preloaded. Needs Linux with 64 bits and a C compiler.
 */
final class Recorder {
  private static final String SOURCE = "recorder.c";
  private static final List<String> COMPILERS = List.of("cc", "gcc", "clang");
  private static final Duration LONGEST_COMPILING = Duration.ofMinutes(2);

  private final Path library;

  private Recorder(Path library) {
    this.library = library;
  }

  /**
   * One life of a store.
   *
   * @param durability what it is opened with
   * @param end the number of steps of the script after which it is closed
   */
  record Life(Durability durability, int end) {}

  /**
   * Makes the recorder.
   *
   * @param folder an existing one, for the library
   * @throws CannotRecordException if it cannot be made here
   */
  static Recorder make(Path folder)
      throws IOException, InterruptedException, CannotRecordException {
    if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
      throw new CannotRecordException("only Linux can be recorded");
    }
    Path source = folder.resolve(SOURCE);
    Path library = folder.resolve("recorder.so");
    try (InputStream in = Objects.requireNonNull(Recorder.class.getResourceAsStream(SOURCE))) {
      Files.copy(in, source);
    }
    List<String> problems = new ArrayList<>();
    for (String compiler : COMPILERS) {
      Optional<String> said = compile(compiler, source, library);
      if (said.isPresent() && said.get().isEmpty()) {
        return new Recorder(library);
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
    if (!process.waitFor(LONGEST_COMPILING.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      return Optional.of("does not end");
    }
    return process.exitValue() == 0 && Files.exists(library)
        ? Optional.of("")
        : Optional.of("exit=" + process.exitValue() + " " + Files.readAllLines(said));
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
    Path folder = scratch.resolve("recorded");
    CrashImage.delete(folder);
    Path root = Files.createDirectories(folder.resolve("disk")).toRealPath();
    Path log = root.resolveSibling("log");
    Path marks = root.resolveSibling("marks");
    List<String> arguments = new ArrayList<>();
    arguments.add(scheme);
    arguments.add(root.resolve(PowerLossCampaign.STORE).toString());
    arguments.add(marks.toString());
    arguments.add(Long.toString(seed));
    for (Life life : lives) {
      arguments.add(life.durability.name());
      arguments.add(Integer.toString(life.end));
    }
    try (Child writer =
        Child.start(
            scratch,
            Map.of(
                "LD_PRELOAD",
                library.toString(),
                "GRANTSTORE_RECORD_ROOT",
                root.toString(),
                "GRANTSTORE_RECORD_LOG",
                log.toString(),
                "GRANTSTORE_RECORD_MARKS",
                marks.toString()),
            RecordedWriter.class,
            arguments.toArray(String[]::new))) {
      List<String> printed = new ArrayList<>();
      Optional<String> line = writer.next(FaultCampaign.LONGEST_CASE);
      while (line.isPresent()) {
        printed.add(line.get());
        line = writer.next(FaultCampaign.LONGEST_CASE);
      }
      if (!writer.hasEnded()) {
        throw new CannotRecordException("writer hangs: " + scheme);
      }
      RecordedDisk disk = RecordedDisk.read(log, root, forgotten);
      List<RecordedDisk.Mark> said = disk.marks();
      if (said.isEmpty() || !said.get(said.size() - 1).text().equals(RecordedWriter.END)) {
        throw new CannotRecordException(
            "writer did not come to its end, or could not be recorded: "
                + writer.lastWords(printed));
      }
      disk.requireSame(root);
      return disk;
    } finally {
      CrashImage.delete(folder);
    }
  }
}
