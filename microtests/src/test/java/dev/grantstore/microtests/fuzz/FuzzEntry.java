package dev.grantstore.microtests.fuzz;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where Jazzer comes in: it knows these methods by name. */
public final class FuzzEntry {
  private static @Nullable Parser parser;

  private FuzzEntry() {}

  /** Takes the target's name and its folder. */
  public static void fuzzerInitialize(String[] arguments) throws Exception {
    parser = Target.valueOf(arguments[0]).parser(Path.of(arguments[1]));
  }

  /** Reads one input. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    if (parser != null) {
      parser.takes(input);
    }
  }
}
