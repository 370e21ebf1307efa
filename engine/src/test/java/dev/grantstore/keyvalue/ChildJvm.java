package dev.grantstore.keyvalue;

import dev.grantstore.folder.NativeLibrary;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A JVM of its own, for what may kill it. Everything it prints goes to a file, which is whole up to
 * the moment of its death: nothing is lost in a pipe.
 */
public final class ChildJvm implements AutoCloseable {
  public static final Duration TIMEOUT = Duration.ofMinutes(10);

  private final Process process;
  private final Path folder;
  private final Path output;

  private ChildJvm(Process process, Path folder, Path output) {
    this.process = process;
    this.folder = folder;
    this.output = output;
  }

  /** Starts a main class of the tests' class path; its output and crash reports go to a folder. */
  public static ChildJvm start(
      Path folder, List<String> options, Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // What newer JDKs warn of if it is not allowed, on the child's first lines.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=" + folder.resolve("hs_err_%p.log"),
            "-D" + NativeLibrary.FOLDER_PROPERTY + "=" + nativeFolder()));
    command.addAll(options);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(folder, main.getSimpleName() + "-", ".out");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new ChildJvm(process, folder, output);
  }

  /** What it has printed so far. */
  public String output() throws IOException {
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  /** The whole lines it has printed so far. */
  public List<String> lines() throws IOException {
    String text = output();
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** As {@code kill -9}. Not {@link Process#destroyForcibly}, which also drops what was printed. */
  public void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  /** Waits for its end; one that hangs is killed, and fails the test. */
  public int awaitExit() throws IOException, InterruptedException {
    if (!process.waitFor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
      throw new AssertionError(String.format(Locale.ROOT, "child hangs: printed=%n%s", output()));
    }
    return process.exitValue();
  }

  /** What says that the JVM itself died, or an empty text; its exit code does not. */
  public String crashSigns() throws IOException {
    StringBuilder signs = new StringBuilder();
    if (output().contains("A fatal error has been detected")) {
      signs.append(output());
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(ChildJvm::isCrashReport).toList()) {
        signs.append(Files.readString(file).lines().limit(80).toList());
      }
    }
    return signs.toString();
  }

  @Override
  public void close() throws InterruptedException {
    if (isAlive()) {
      kill();
    }
  }

  private static boolean isCrashReport(Path file) {
    return file.getFileName().toString().startsWith("hs_err");
  }

  private static Path nativeFolder() {
    return Path.of("target", "native").toAbsolutePath();
  }
}
