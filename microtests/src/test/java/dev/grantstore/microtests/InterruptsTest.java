package dev.grantstore.microtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who takes an interrupt passes it on: sets the flag again, throws the exception on, or notes it
 * and sets the flag at the end. What a waiting place does then has tests of its own.
 */
final class InterruptsTest {
  private static final Pattern CATCH =
      Pattern.compile(
          "catch \\((?:[\\w.]+ \\| )*InterruptedException(?: \\| [\\w.]+)* (\\w+)\\) \\{");
  private static final Pattern NOTED =
      Pattern.compile("interrupted \\|?= (?:true|Thread\\.interrupted\\(\\))");
  private static final Pattern TAKEN = Pattern.compile("Thread\\.interrupted\\(\\)");
  private static final String NEVER_SET = "takes one and never sets it again";
  private static final String SET = "Thread.currentThread().interrupt();";

  /** They take back what they, and nobody else, have asked for. */
  private static final Set<String> TAKE_THEIR_OWN =
      Set.of("BadInputTopic.java", "CheckpointsTopic.java", "Cancellation.java");

  @Test
  void noInterruptIsLost() throws IOException {
    List<String> lost = new ArrayList<>();
    int waits = 0;
    for (Path file : SourceFilesTest.javaFiles()) {
      if (file.toString().contains("/src/main/java/")) {
        String source = Files.readString(file);
        waits += (int) CATCH.matcher(source).results().count();
        boolean isOwn = TAKE_THEIR_OWN.contains(String.valueOf(file.getFileName()));
        for (String what : lostIn(source)) {
          if (!isOwn || !what.equals(NEVER_SET)) {
            lost.add(file + ": " + what);
          }
        }
      }
    }

    assertThat(lost).isEmpty();
    assertThat(waits).as("places that catch it").isGreaterThan(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "catch (InterruptedException e) { return false; }",
        "catch (IOException | InterruptedException e) { throw new IOException(e); }",
        "catch (InterruptedException | IOException e) { if (a) { b(); } }",
        "catch (InterruptedException e) { interrupted = true; }",
        "boolean interrupted = Thread.interrupted(); work();",
        "if (Thread.interrupted()) { throw new IOException(); }",
      })
  void aLostOneIsFound(String source) {
    assertThat(lostIn(source)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "catch (InterruptedException e) { " + SET + " return false; }",
        "catch (IOException | InterruptedException e) { close(); throw e; }",
        "catch (InterruptedException e) { interrupted = true; } if (interrupted) { " + SET + " }",
        "boolean interrupted = Thread.interrupted(); work(); if (interrupted) { " + SET + " }",
      })
  void onePassedOnIsNot(String source) {
    assertThat(lostIn(source)).isEmpty();
  }

  /** What a source does with interrupts that it must not. */
  private static List<String> lostIn(String source) {
    List<String> lost = new ArrayList<>();
    Matcher caught = CATCH.matcher(source);
    while (caught.find()) {
      String block = block(source, caught.end());
      boolean isPassedOn =
          block.contains(SET)
              || block.contains("throw " + caught.group(1) + ";")
              || NOTED.matcher(block).find();
      if (!isPassedOn) {
        lost.add("forgets one: " + caught.group());
      }
    }
    boolean takes = TAKEN.matcher(source).find() || NOTED.matcher(source).find();
    Pattern atTheEnd =
        Pattern.compile("if \\(\\w*[iI]nterrupted\\w*\\) \\{[^}]*" + Pattern.quote(SET));
    if (takes && !atTheEnd.matcher(source).find()) {
      lost.add(NEVER_SET);
    }
    return lost;
  }

  private static String block(String source, int from) {
    int depth = 1;
    int at = from;
    for (; at < source.length() && depth > 0; at++) {
      depth += source.charAt(at) == '{' ? 1 : source.charAt(at) == '}' ? -1 : 0;
    }
    return source.substring(from, at);
  }
}
