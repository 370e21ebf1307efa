package dev.grantstore.equivalence.cli;

import dev.grantstore.tool.Interruption;
import dev.grantstore.tool.Session;
import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Runs the program inside this JVM. */
final class InThisJvm {
  private InThisJvm() {}

  /** {@return the exit code; what was printed is added to the writers} */
  static int run(
      List<String> arguments, Interruption interruption, StringWriter out, StringWriter err) {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    int code =
        Equiv.tool(Session.of(arguments, Map.of(), stdout, stderr, interruption, Clock.systemUTC()))
            .execute();
    out.write(stdout.toString(StandardCharsets.UTF_8));
    err.write(stderr.toString(StandardCharsets.UTF_8));
    return code;
  }
}
