package dev.grantstore.microtests.planted;

import dev.grantstore.equivalence.cli.Equiv;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * A check in a JVM of its own, in which one changed class comes before all others on the class
 * path.
 *
 * @param end how it ended
 * @param says what found the bug, or the last words
 * @param took the JVM's start included
 */
record Trial(End end, String says, Duration took) {
  /** Far more than any check takes, on slow machines too: only what hangs is ended. */
  private static final Duration LONGEST = Duration.ofMinutes(30);

  static final String EQUIV = "equiv";
  private static final String NOT_TESTED = "NOT TESTED";

  /** A test, or what a command of {@code equiv} calls its finding. */
  private static final Pattern FINDING =
      Pattern.compile(
          ChecksMain.FAILED
              + ".*|signature=\\S+|image \\d+ of script \\d+|\\b[a-z]+-\\d+\\.concurrent");

  /** How a check can end. */
  enum End {
    /** It failed, as it should where there is a bug. */
    FOUND,
    /** It passed. */
    MISSED,
    /** It cannot run on this machine, and says so. */
    NOT_TESTED,
    /** It hung, or ended as no check does. */
    BROKEN
  }

  /**
   * {@return what a check says of a bug}
   *
   * @param folder empty; what is left there is the caller's
   */
  static Trial of(SourceBug bug, Path folder) throws IOException, InterruptedException {
    return run(bug.check(), compile(bug, folder).toString() + File.pathSeparator, folder);
  }

  /** {@return what a check says where nothing is planted} */
  static Trial ofNothing(List<String> check, Path folder) throws IOException, InterruptedException {
    return run(check, "", folder);
  }

  private static Path compile(SourceBug bug, Path folder) throws IOException {
    Path source = folder.resolve("src").resolve(bug.className().replace('.', '/') + ".java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, bug.planted());
    Path classes = Files.createDirectory(folder.resolve("changed"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
      List<String> options =
          List.of(
              "--release",
              "17",
              "-parameters",
              "-proc:none",
              "-nowarn",
              "-cp",
              System.getProperty("java.class.path"));
      if (!compiler
          .getTask(said, files, null, options, null, files.getJavaFileObjects(source))
          .call()) {
        throw new IllegalStateException(bug.name() + " does not compile: " + said);
      }
    }
    return classes;
  }

  private static Trial run(List<String> check, String before, Path folder)
      throws IOException, InterruptedException {
    String module = check.get(0);
    boolean isEquiv = module.equals(EQUIV);
    Path home = isEquiv ? folder : SourceBug.ROOT.resolve(module);
    Path tests = home.resolve("target").resolve("test-classes");
    Path temp = Files.createDirectory(folder.resolve("tmp"));
    Path out = folder.resolve("out.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-ea", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=" + temp + "/hs_err.log"));
    command.addAll(List.of("-Djava.io.tmpdir=" + temp, "-Djqwik.database=" + temp + "/jqwik"));
    command.addAll(List.of("-Dbasedir=" + home));
    command.add("-cp");
    command.add(
        before
            + (isEquiv ? "" : tests + File.pathSeparator)
            + System.getProperty("java.class.path"));
    command.add((isEquiv ? Equiv.class : ChecksMain.class).getName());
    if (!isEquiv) {
      command.add(tests.toString());
    }
    command.addAll(check.subList(1, check.size()));
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    boolean hasEnded = process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (!hasEnded) {
      process.destroyForcibly().waitFor();
      return new Trial(End.BROKEN, "no end after " + LONGEST, took);
    }
    return judged(process.exitValue(), Files.readAllLines(out), took);
  }

  private static Trial judged(int code, List<String> lines, Duration took) {
    String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    if (lines.stream().anyMatch(line -> line.contains(NOT_TESTED))) {
      return new Trial(End.NOT_TESTED, last, took);
    }
    return switch (code) {
      case 0 -> new Trial(End.MISSED, last, took);
      case 3, 4 -> new Trial(End.FOUND, finding(lines).orElse(last), took);
      // 128 and a signal's number: the JVM died, of memory that was freed.
      case 134, 139 -> new Trial(End.FOUND, "the JVM died", took);
      default -> new Trial(End.BROKEN, "exit " + code + ": " + last, took);
    };
  }

  private static Optional<String> finding(List<String> lines) {
    return lines.stream()
        .map(FINDING::matcher)
        .filter(Matcher::find)
        .map(found -> found.group().replace(ChecksMain.FAILED, ""))
        .findFirst();
  }
}
