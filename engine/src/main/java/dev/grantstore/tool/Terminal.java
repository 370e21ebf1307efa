package dev.grantstore.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Knows whether somebody is looking, and how wide what they look at is. {@code System.console()}
 * does not say: it looks at standard input and output, and from JDK 22 on it is there in any case.
 */
final class Terminal {
  private static final int USUAL_COLUMNS = 80;
  private static final int FEWEST_COLUMNS = 20;

  private Terminal() {}

  /**
   * {@return whether a file descriptor is a terminal} Where the kernel shows what it points to
   * (Linux), that is looked at; elsewhere the shell's {@code test -t} is asked.
   */
  static boolean is(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    try {
      if (Files.isSymbolicLink(link)) {
        String target = Files.readSymbolicLink(link).toString();
        return target.startsWith("/dev/pts/")
            || target.startsWith("/dev/tty")
            || target.equals("/dev/console");
      }
      return shell("test -t " + descriptor + " && echo yes").equals("yes");
    } catch (IOException e) {
      return false;
    }
  }

  /** {@return whether whoever reads standard output has had enough, as {@code head} has} */
  static boolean isClosedPipe(IOException failure) {
    String said = String.valueOf(failure.getMessage());
    try {
      // A pipe fails in no other way; what the system says of it may be in any language.
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
      return said.contains("Broken pipe") || target.startsWith("pipe:");
    } catch (IOException | UnsupportedOperationException e) {
      return said.contains("Broken pipe");
    }
  }

  /** {@return whether it has colours, and nobody asked for none by {@code NO_COLOR}} */
  static boolean hasColours(boolean isTerminal, Map<String, String> environment) {
    return isTerminal
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "dumb").equals("dumb");
  }

  /** {@return how wide it is: {@code COLUMNS} if somebody says so, else what the system knows} */
  static int columns(Map<String, String> environment) {
    int said = number(environment.getOrDefault("COLUMNS", ""));
    if (said >= FEWEST_COLUMNS) {
      return said;
    }
    try {
      String size = shell("stty size </dev/tty");
      int known = number(size.substring(size.indexOf(' ') + 1));
      return known >= FEWEST_COLUMNS ? known : USUAL_COLUMNS;
    } catch (IOException e) {
      return USUAL_COLUMNS;
    }
  }

  private static int number(String text) {
    return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
  }

  private static String shell(String command) throws IOException {
    Process process =
        new ProcessBuilder("sh", "-c", command)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(1, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "";
      }
      return new String(process.getInputStream().readNBytes(64), StandardCharsets.US_ASCII).strip();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
