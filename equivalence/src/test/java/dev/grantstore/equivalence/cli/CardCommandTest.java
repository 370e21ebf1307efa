package dev.grantstore.equivalence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.tool.ExitCode;
import dev.grantstore.tool.Interruption;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CardCommandTest {
  /** A parameter of JUnit that the command leaves alone: how many programs of several threads. */
  private static final String PROGRAMS = "equiv.programs";

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** What is looked at here is the card; the suite has tests of its own. */
  @BeforeEach
  void drawOne() {
    System.setProperty(PROGRAMS, "1");
  }

  @AfterEach
  void drawAsManyAsEver() {
    System.clearProperty(PROGRAMS);
  }

  @Test
  void theCardThatWasWrittenIsPrinted() throws IOException {
    Path older = Files.writeString(folder.resolve("card-example.md"), "older");

    assertThat(card(folder)).isZero();

    assertThat(out.toString())
        .startsWith("# Conformance of example\n\n**Keeps every rule it claims")
        .contains("was not judged, for want of 100 tries")
        .isEqualTo(Files.readString(older));
    assertThat(err.toString()).startsWith("example CONFORMS: ").endsWith("card-example.md\n");
  }

  /** The suite cannot be shortened by the command, and has to end before its card fails. */
  @Tag("deep")
  @Test
  void anOlderCardIsNotPrintedForOneThatCannotBeWritten() throws IOException {
    Files.writeString(folder.resolve("card-example.md"), "older");
    Files.createDirectory(folder.resolve("card-example.json"));

    assertThat(card(folder)).isEqualTo(ExitCode.FAILURE);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("the card was not written");
  }

  @Test
  void anOutputThatIsNoFolderIsRefusedBeforeTheRun() throws IOException {
    Path file = Files.writeString(folder.resolve("notes"), "someone's notes");

    assertThat(card(file)).isEqualTo(ExitCode.USAGE);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).startsWith("equiv card: no card can be written there: output=");
  }

  private int card(Path output) {
    return InThisJvm.run(
        List.of(
            "card",
            "--engine",
            "example",
            "--not-claimed",
            "PERSISTENT,FOLDER,EXCLUSIVE,READ_ONLY_OPEN,BULK_LOAD,CHECKPOINTS",
            "--tries",
            "1",
            "--depth",
            "1",
            "--output",
            output.toString()),
        Interruption.never(),
        out,
        err);
  }
}
