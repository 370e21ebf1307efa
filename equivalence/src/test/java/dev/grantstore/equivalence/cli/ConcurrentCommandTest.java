package dev.grantstore.equivalence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.equivalence.concurrent.ConcurrentReplay;
import dev.grantstore.tool.ExitCode;
import dev.grantstore.tool.Interruption;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConcurrentCommandTest {
  private static final String LEGAL =
      """
      #! equiv-replay 1
      expect pass
      """;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path scratch;
  private Path findings;

  @BeforeEach
  void makeScratch() throws IOException {
    scratch = Files.createDirectory(folder.resolve("scratch"));
    findings = folder.resolve("found");
  }

  @AfterEach
  void nothingIsLeftInScratch() {
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void historiesOfASoundEngineHaveALegalOrder() {
    int code = concurrent("--engine", "mvstore", "--tries", "2", "--schedules", "20");

    assertThat(code).isZero();
    assertThat(out.toString()).startsWith("mvstore: 2 programs on ").endsWith("\nnothing found\n");
    assertThat(findings).isEmptyDirectory();
  }

  @Test
  void anEngineWithoutYieldPointsIsRacedAndThatIsSaid() {
    int code = concurrent("--engine", "memory", "--tries", "20", "--schedules", "3");

    assertThat(code).isZero();
    assertThat(out.toString())
        .contains("20 programs raced ", "what was not found is only improbable");
  }

  @Test
  void whatIsFoundIsKeptAndReplayed() throws IOException {
    int code = concurrent("--engine", "broken", "--forgetful");

    assertThat(code).isEqualTo(ExitCode.FOUND);
    assertThat(out.toString())
        .contains("none of these fits", "FOUND, see " + findings)
        .endsWith("\nFOUND\n");
    Path file = findings.resolve(findings.toFile().list()[0]);
    assertThat(findings.toFile().list()).hasSize(1);
    ConcurrentReplay kept = ConcurrentReplay.parse(Files.readString(file));
    assertThat(kept.expected()).contains("no-legal-order");
    assertThat(kept.schedule()).isPresent();

    String replay = file.toString();
    assertThat(run("replay", "--engine", "broken", "--forgetful", replay))
        .isEqualTo(ExitCode.FOUND);
    assertThat(out.toString()).contains(": broken no-legal-order, as expected\nlane 1\n");
    for (String engines : List.of("broken,mvstore", "mvstore,broken", "mvstore,broken,sqlite")) {
      assertThat(run("replay", "--engine", engines, "--forgetful", replay))
          .as(engines)
          .isEqualTo(ExitCode.FOUND);
    }
    String legal = Files.writeString(folder.resolve("legal.replay"), LEGAL).toString();
    for (List<String> files : List.of(List.of(replay, legal), List.of(legal, replay, legal))) {
      List<String> command = new ArrayList<>(List.of("replay", "--engine", "broken"));
      command.add("--forgetful");
      command.addAll(files);
      assertThat(run(command.toArray(String[]::new))).as("%s", files).isEqualTo(ExitCode.FOUND);
    }
    assertThat(run("replay", "--engine", "mvstore,sqlite", replay)).isZero();
    assertThat(out.toString())
        .contains(": mvstore legal, expected no-legal-order", ": sqlite legal, expected ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"broken,memory", "memory,broken"})
  void whatIsFoundOfAnyEngineIsFound(String engines) {
    int code = concurrent("--engine", engines, "--forgetful", "--tries", "40", "--schedules", "3");

    assertThat(out.toString()).endsWith("\nFOUND\n");
    assertThat(code).isEqualTo(ExitCode.FOUND);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--engine nonsense",
        "--tries 0",
        "--tries many",
        "--for soon",
        "--threads 1",
        "--threads 5",
        "--bound -1",
        "--schedules 0",
        "--drawn -1",
        "--seed x",
        "--output pom.xml",
        "file"
      })
  void whatMakesNoSenseIsRefusedInALine(String arguments) {
    int code = run(("concurrent " + arguments).split(" "));

    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).startsWith("equiv").doesNotContain("\tat ");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aFileOfSeveralThreadsThatDoesNotParseIsRefusedWithItsPlace() throws IOException {
    Path file = folder.resolve("bad.concurrent");
    Files.writeString(file, "#! equiv-concurrent 1\nsync S0 = \"s\"\nlane 1\n1 nonsense\n");

    assertThat(run("replay", file.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("bad.concurrent:4:");
  }

  @Test
  void anInterruptedRunEndsAndSaysSo() {
    Interruption interruption = Interruption.never();
    interruption.request();
    List<String> arguments = new ArrayList<>(List.of("concurrent", "--for", "8h"));
    arguments.addAll(List.of("--output", findings.toString(), "--scratch", scratch.toString()));

    assertThat(InThisJvm.run(arguments, interruption, out, err)).isEqualTo(ExitCode.INTERRUPTED);
  }

  private int concurrent(String... arguments) {
    List<String> all = new ArrayList<>(List.of("concurrent", "--output", findings.toString()));
    all.addAll(Arrays.asList(arguments));
    return run(all.toArray(String[]::new));
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(1, List.of("--scratch", scratch.toString()));
    return InThisJvm.run(all, Interruption.never(), out, err);
  }
}
