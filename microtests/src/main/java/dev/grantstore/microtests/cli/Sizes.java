package dev.grantstore.microtests.cli;

import dev.grantstore.microtests.rocksdb.layout.Content;
import dev.grantstore.microtests.rocksdb.layout.LayoutFolder;
import dev.grantstore.microtests.rocksdb.layout.LayoutSizes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** Prints what layouts take on disk, and leaves their databases for the benchmarks. */
public final class Sizes {
  private static final String DEFAULT = "reference";

  private Sizes() {}

  /**
   * Prints the tables.
   *
   * @param arguments which grants: {@code reference}, {@code hashed}, or a fixture's folder; none
   *     for the first
   * @throws IOException if the fixture cannot be read, or there is no place for the databases
   */
  public static void main(String[] arguments) throws IOException {
    String wanted = arguments.length == 0 ? DEFAULT : arguments[0];
    try (LayoutFolder folder = folder(wanted)) {
      System.out.println("bytes per grant on disk: " + wanted);
      System.out.println(LayoutSizes.layouts(folder));
      System.out.println("bytes per grant, all files compressed as one: " + wanted);
      System.out.println(LayoutSizes.packed(folder));
    }
  }

  private static LayoutFolder folder(String wanted) throws IOException {
    String name = wanted.toUpperCase(Locale.ROOT);
    boolean isContent = Arrays.stream(Content.values()).anyMatch(c -> c.name().equals(name));
    return isContent
        ? LayoutFolder.open(Content.valueOf(name))
        : LayoutFolder.ofFixture(Path.of(wanted));
  }
}
