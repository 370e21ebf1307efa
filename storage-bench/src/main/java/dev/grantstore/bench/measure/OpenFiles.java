package dev.grantstore.bench.measure;

import dev.grantstore.Utf8;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The file handles of this process, as Linux says. Stateless. */
public final class OpenFiles {
  private static final Path HANDLES = Path.of("/proc/self/fd");
  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final String MOST = "Max open files";

  /** The first number counts, if it is one. */
  private static final Pattern SOFT_AND_HARD = Pattern.compile(MOST + "\\s+(\\d{1,9})\\s");

  private OpenFiles() {}

  /**
   * {@return how many handles are open on files in a folder, or on one file; empty where the system
   * does not say}
   *
   * @param files the folder or the file
   */
  public static OptionalInt below(Path files) {
    try (Stream<Path> handles = Files.list(HANDLES)) {
      Path real = files.toRealPath();
      return OptionalInt.of((int) handles.filter(handle -> leadsBelow(real, handle)).count());
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }

  /** {@return how many handles are open, whatever they are of} */
  public static OptionalInt all() {
    try (Stream<Path> handles = Files.list(HANDLES)) {
      return OptionalInt.of((int) handles.count());
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }

  /** {@return how many may be open; empty where there is no limit, or the system does not say} */
  public static OptionalInt most() {
    try {
      return most(Utf8.read(LIMITS).lines().toList());
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }

  static OptionalInt most(List<String> limits) {
    return limits.stream()
        .map(SOFT_AND_HARD::matcher)
        .filter(Matcher::lookingAt)
        .mapToInt(limit -> Integer.parseInt(limit.group(1)))
        .findFirst();
  }

  /** One that was closed meanwhile leads nowhere. */
  private static boolean leadsBelow(Path files, Path handle) {
    try {
      return Files.readSymbolicLink(handle).startsWith(files);
    } catch (IOException e) {
      return false;
    }
  }
}
