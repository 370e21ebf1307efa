package dev.grantstore.microtests.planted;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One source file with some lines replaced by wrong ones. Immutable.
 *
 * @param name in kebab case
 * @param kind where such bugs live
 * @param file the source, below the repository's root
 * @param changes what is replaced
 * @param check a module and classes of its tests, or {@code equiv} and what it is told
 */
record SourceBug(String name, String kind, Path file, List<Change> changes, List<String> check) {
  static final Path ROOT = root();

  private static final String CATALOGUE = "bugs.txt";

  /**
   * Lines that follow one another, without the blanks around them, and others instead.
   *
   * @param old the lines of the source
   * @param wrong the lines of the bug
   */
  record Change(List<String> old, List<String> wrong) {}

  /**
   * {@return the catalogue, in its order} Each bug is five kinds of lines: {@code bug NAME KIND},
   * {@code in FILE}, then the changes as lines that begin with {@code -} and with {@code +}, and
   * {@code by} with the check. Empty lines and those that begin with {@code #} say nothing.
   */
  static List<SourceBug> all() {
    try (InputStream in =
        Objects.requireNonNull(SourceBug.class.getResourceAsStream(CATALOGUE), CATALOGUE)) {
      List<SourceBug> bugs = new ArrayList<>();
      List<String> bug = new ArrayList<>();
      for (String line :
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .map(String::strip)
              .toList()) {
        if (!line.isEmpty() && !line.startsWith("#")) {
          bug.add(line);
          if (line.startsWith("by ")) {
            bugs.add(parse(bug));
            bug.clear();
          }
        }
      }
      if (!bug.isEmpty()) {
        throw new IllegalStateException("no check: " + bug.get(0));
      }
      return Collections.unmodifiableList(bugs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SourceBug parse(List<String> lines) {
    List<String> head = words(lines.get(0), "bug");
    List<Change> changes = new ArrayList<>();
    int at = 2;
    while (at < lines.size() - 1) {
      List<String> old = new ArrayList<>();
      for (; lines.get(at).startsWith("-"); at++) {
        old.add(lines.get(at).substring(1).strip());
      }
      List<String> wrong = new ArrayList<>();
      for (; lines.get(at).startsWith("+"); at++) {
        wrong.add(lines.get(at).substring(1).strip());
      }
      if (old.isEmpty()) {
        throw new IllegalStateException("not a change: " + lines.get(at));
      }
      changes.add(new Change(List.copyOf(old), List.copyOf(wrong)));
    }
    return new SourceBug(
        head.get(0),
        head.get(1),
        Path.of(words(lines.get(1), "in").get(0)),
        List.copyOf(changes),
        words(lines.get(at), "by"));
  }

  private static List<String> words(String line, String first) {
    List<String> words = List.of(line.split(" +"));
    if (!words.get(0).equals(first)) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "expected \"%s\": %s", first, line));
    }
    return words.subList(1, words.size());
  }

  /**
   * {@return the source with the bug}
   *
   * @throws IllegalStateException if what is to be replaced is not there exactly once
   */
  String planted() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(ROOT.resolve(file)));
    for (Change change : changes) {
      List<String> stripped = lines.stream().map(String::strip).toList();
      int at = Collections.indexOfSubList(stripped, change.old());
      if (at < 0 || at != Collections.lastIndexOfSubList(stripped, change.old())) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "%s: %s times in %s: %s",
                name,
                at < 0 ? "0" : "several",
                file,
                change.old()));
      }
      List<String> old = lines.subList(at, at + change.old().size());
      old.clear();
      old.addAll(change.wrong());
    }
    return String.join("\n", lines) + "\n";
  }

  /** {@return the same bug with another check} */
  SourceBug checkedBy(List<String> other) {
    return new SourceBug(name, kind, file, changes, other);
  }

  /** {@return the name of its class} */
  String className() {
    String path = file.toString().replace(file.getFileSystem().getSeparator(), ".");
    int start = path.indexOf(".java.") + ".java.".length();
    return path.substring(start, path.length() - ".java".length());
  }

  private static Path root() {
    Path start = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    return Stream.iterate(start, Objects::nonNull, Path::getParent)
        .filter(folder -> Files.isDirectory(folder.resolve(".mvn")))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no .mvn folder above: start=" + start));
  }

  @Override
  public String toString() {
    return name;
  }
}
