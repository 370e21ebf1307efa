package dev.grantstore.bench.cli;

import dev.grantstore.bench.report.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Knows whether somebody is looking. */
final class Terminal {
  private Terminal() {}

  /** {@return whether standard error goes to a terminal; false where that cannot be known} */
  static boolean isStandardError() {
    return isTerminal(2);
  }

  /** {@return how standard output is dressed} */
  static Style style(Session session) {
    return style(session.environment(), isTerminal(1));
  }

  /**
   * {@return colours on a terminal that has them, unless somebody asked for none}
   *
   * @param environment {@code NO_COLOR}, if not empty, asks for none; {@code TERM} says what the
   *     terminal can do
   * @param terminal whether it is one
   */
  static Style style(Map<String, String> environment, boolean terminal) {
    boolean unwanted = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    boolean able = !environment.getOrDefault("TERM", "dumb").equals("dumb");
    return terminal && able && !unwanted ? Style.COLOURED : Style.PLAIN;
  }

  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
