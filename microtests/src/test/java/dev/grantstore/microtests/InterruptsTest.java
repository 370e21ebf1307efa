package dev.grantstore.microtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * No interrupt is lost in our sources: who catches one, or clears the flag to look at it, sets the
 * flag again or throws the same exception. Where the wait goes on first, that is done in a {@code
 * finally}, so that it is done as well when the wait fails.
 */
final class InterruptsTest {
  private static final String RESTORED = "Thread.currentThread().interrupt();";

  /** Those that a wait or a file ends with. */
  private static final Pattern CAUGHT =
      Pattern.compile(
          "catch \\((?:final )?[\\w.| \\n]*\\b(?:InterruptedException|InterruptedIOException"
              + "|ClosedByInterruptException|FileLockInterruptionException)\\b[\\w.| \\n]*?"
              + "(\\w+)\\) \\{");

  private static final Pattern CLEARED = Pattern.compile("Thread\\.interrupted\\(\\)");
  private static final Pattern KEPT = Pattern.compile("(\\w+) \\|?= $");
  private static final Pattern NOTED =
      Pattern.compile("(\\w+) (?:= true|\\|= Thread\\.interrupted\\(\\));");

  private static final Map<Path, String> SOURCES = mainSources();

  /** Files in which a flag is cleared and stays so, with the reason. */
  private static final Map<String, String> FORGOTTEN =
      Map.of(
          "Cancellation.java", "the interrupt was its own",
          "BadInputTopic.java", "it asks whether a store keeps its own",
          "CheckpointsTopic.java", "it asks whether a store keeps its own");

  @Test
  void everyInterruptThatIsCaughtIsKept() {
    List<String> lost = new ArrayList<>();
    int seen = 0;
    for (Map.Entry<Path, String> source : SOURCES.entrySet()) {
      Matcher caught = CAUGHT.matcher(source.getValue());
      while (caught.find()) {
        seen++;
        if (!isKept(source.getValue(), caught.end(), caught.group(1))) {
          lost.add(source.getKey() + ": " + caught.group());
        }
      }
    }
    assertThat(lost).as("interrupts that are caught and forgotten").isEmpty();
    assertThat(seen).as("places that catch one").isGreaterThan(20);
  }

  @Test
  void everyFlagThatIsClearedIsSetAgain() {
    List<String> lost = new ArrayList<>();
    Map<String, String> forgotten = new TreeMap<>(FORGOTTEN);
    for (Map.Entry<Path, String> source : SOURCES.entrySet()) {
      Matcher cleared = CLEARED.matcher(source.getValue());
      while (cleared.find()) {
        String text = source.getValue();
        String before =
            text.substring(text.lastIndexOf('\n', cleared.start()) + 1, cleared.start());
        Matcher kept = KEPT.matcher(before);
        if (!(kept.find() && isRestored(text, cleared.end(), kept.group(1)))
            && forgotten.remove(source.getKey().getFileName() + "") == null) {
          lost.add(source.getKey() + ": " + before.strip() + cleared.group());
        }
      }
    }
    assertThat(lost).as("flags that are cleared and forgotten").isEmpty();
    assertThat(forgotten).as("reasons of which there is no case").isEmpty();
  }

  /** Each form that loses one is seen, and each that does not is let. */
  @Test
  void formsThatLoseOneAreToldFromThoseThatDoNot() {
    String before = "try { wait(); } ";
    String caught = "catch (InterruptedException e) {";
    String again = "finally {\n if (seen) {\n Thread.currentThread().interrupt();\n }\n}";
    assertThat(isKept(before + caught + " Thread.currentThread().interrupt(); }")).isTrue();
    assertThat(isKept(before + caught + " throw e; }")).isTrue();
    assertThat(isKept(before + caught + " seen = true; } " + again)).isTrue();
    assertThat(isKept(before + "catch (A | InterruptedException | B e) { throw e; }")).isTrue();
    assertThat(isKept(before + caught + " }")).isFalse();
    assertThat(isKept(before + caught + " throw new IOException(e); }")).isFalse();
    assertThat(isKept(before + caught + " if (a) { throw e; } }")).isFalse();
    assertThat(isKept(before + caught + " if (a) { " + RESTORED + " } }")).isFalse();
    assertThat(isKept(before + caught + " } " + RESTORED)).isFalse();
    assertThat(isKept(before + caught + " seen = true; }")).isFalse();
    assertThat(isKept(before + caught + " other = true; } " + again)).isFalse();
    assertThat(isKept(before + caught + " seen = true; } if (seen) { " + RESTORED + " }"))
        .isFalse();
  }

  private static boolean isKept(String source) {
    Matcher caught = CAUGHT.matcher(source);
    assertThat(caught.find()).as(source).isTrue();
    return isKept(source, caught.end(), caught.group(1));
  }

  private static boolean isKept(String source, int from, String exception) {
    String block = outermost(source, from);
    if (block.contains(RESTORED) || block.contains("throw " + exception + ";")) {
      return true;
    }
    Matcher kept = NOTED.matcher(block);
    return kept.find() && isRestored(source, from, kept.group(1));
  }

  /** Whether the flag is set again in a {@code finally} of the method that looks at a variable. */
  private static boolean isRestored(String source, int from, String variable) {
    int end = source.indexOf("\n  }\n", from);
    return Pattern.compile(
            "finally \\{\\s*if \\(" + variable + "\\) \\{\\s*" + Pattern.quote(RESTORED))
        .matcher(source)
        .region(from, end < 0 ? source.length() : end)
        .find();
  }

  /** What stands in a block itself, not in one within it. */
  private static String outermost(String source, int from) {
    StringBuilder text = new StringBuilder();
    int depth = 1;
    for (int at = from; at < source.length() && depth > 0; at++) {
      char c = source.charAt(at);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (depth == 1) {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static Map<Path, String> mainSources() {
    Map<Path, String> sources = new TreeMap<>();
    try {
      for (Path file : SourceFilesTest.javaFiles()) {
        if (file.toString().contains("/src/main/java/")) {
          sources.put(file, Files.readString(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sources;
  }
}
