package dev.grantstore.equivalence.fault;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own with this one's class path and options for native code, which may die. What it
 * prints is read line by line; its errors go to a file. Closing kills it.
 */
final class Child implements AutoCloseable {
  private static final String END = "";

  private final Process process;
  private final Path errors;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private boolean hasEnded;

  private Child(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
  }

  /**
   * Starts a main class.
   *
   * @param folder where it runs, and leaves what a dying JVM writes
   * @param main the class
   * @param arguments its arguments
   */
  static Child start(Path folder, Class<?> main, String... arguments) throws IOException {
    return start(folder, Map.of(), main, arguments);
  }

  /**
   * Starts a main class.
   *
   * @param folder where it runs, and leaves what a dying JVM writes
   * @param environment besides that of this process
   * @param main the class
   * @param arguments its arguments
   */
  static Child start(
      Path folder, Map<String, String> environment, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (option.startsWith("--") || option.startsWith("-Dgrantstore.")) {
        command.add(option);
      }
    }
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            "-ea",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=" + folder.resolve("hs_err_%p.log")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    Path errors = Files.createTempFile(folder, main.getSimpleName(), ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    Child child = new Child(process, errors);
    Thread reader = new Thread(child::read, "child's lines");
    reader.setDaemon(true);
    reader.start();
    return child;
  }

  /** Gives it a line. One that is dead does not take it; {@link #next} tells. */
  void tell(String line) {
    try {
      OutputStream in = process.getOutputStream();
      in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      in.flush();
    } catch (IOException e) {
      // its end shows when it is read
    }
  }

  /**
   * {@return the next line; empty if it ended, or said nothing for so long}
   *
   * @param longest how long to wait
   */
  Optional<String> next(Duration longest) throws InterruptedException {
    String line = lines.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
    hasEnded = END.equals(line);
    return Optional.ofNullable(hasEnded ? null : line);
  }

  /** {@return whether the last line was read} */
  boolean hasEnded() {
    return hasEnded;
  }

  /** As {@code kill -9}. What it had printed can still be read. */
  void kill() throws InterruptedException {
    // Not Process.destroyForcibly, which also drops what was printed.
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  /**
   * {@return what it ended with and its last words}
   *
   * @param printed what it said beside its answers
   */
  String lastWords(List<String> printed) throws IOException, InterruptedException {
    process.waitFor();
    List<String> words = new ArrayList<>(Files.readAllLines(errors));
    words.addAll(printed);
    return String.format(
        Locale.ROOT,
        "exit=%d %s",
        process.exitValue(),
        words.subList(0, Math.min(8, words.size())));
  }

  @Override
  public void close() throws IOException, InterruptedException {
    kill();
    Files.deleteIfExists(errors);
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!line.isEmpty()) {
          lines.add(line);
        }
      }
    } catch (IOException e) {
      // it was killed
    } finally {
      lines.add(END);
    }
  }
}
