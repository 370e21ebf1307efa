package dev.grantstore.equivalence.fault;

import dev.grantstore.GrantStore;
import dev.grantstore.OpenMode;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Does step after step until it is killed, and says before and after each what it is at.
 *
 * <pre>
 * opening            before the store is opened
 * at N KIND          before step N
 * at N COMMIT        before the load of step N is committed
 * done N             after it
 * </pre>
 */
final class Writer {
  static final String OPENING = "opening";
  static final String AT = "at ";
  static final String COMMIT = "COMMIT";
  static final String DONE = "done ";

  private Writer() {}

  /** Arguments: scheme, folder, seed, the first step. */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Script script = new Script(Long.parseLong(arguments[2]));
    out.print(OPENING + "\n");
    try (GrantStore store =
        Judge.open(arguments[0], Path.of(arguments[1]), OpenMode.OPEN_OR_CREATE)) {
      for (int step = Integer.parseInt(arguments[3]); ; step++) {
        String at = AT + step + " ";
        out.print(at + script.kind(step) + "\n");
        script.run(store, step, () -> out.print(at + COMMIT + "\n"));
        out.print(DONE + step + "\n");
      }
    }
  }
}
