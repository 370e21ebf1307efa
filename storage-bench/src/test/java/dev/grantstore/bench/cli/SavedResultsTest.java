package dev.grantstore.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.grantstore.bench.report.Report;
import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.bench.testengine.KeptEngine;
import dev.grantstore.bench.testengine.WideResults;
import dev.grantstore.tool.ExitCode;
import dev.grantstore.tool.Interruption;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Commands that measure nothing. */
final class SavedResultsTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @EnumSource(OutputFormat.class)
  void showPrintsEveryForm(OutputFormat format) throws IOException {
    Path file = saved();

    assertThat(run("show", file.toString(), "--format", format.toString())).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).isEqualTo(format.report().render(WideResults.aWideResult()));
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void showTakesARunThatHasMeasuredNothingYet() throws IOException {
    Path file = folder.resolve("result.json");
    ResultJson.save(WideResults.anEmptyResult(), file);

    assertThat(run("show", file.toString())).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("nothing was measured");
  }

  @Test
  void showRefusesOtherFormatVersions() throws IOException {
    Path file = saved();
    String old = Files.readString(file).replace("\"formatVersion\" : 6", "\"formatVersion\" : 2");
    Files.writeString(file, old);

    assertThat(run("show", file.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .contains(file.toString(), "too old", "format version 2", "reads 3 to 6");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void showRefusesWhatIsNoResult() throws IOException {
    Path file = Files.write(folder.resolve("x"), new byte[] {(byte) 0xff, 0, 1});

    assertThat(run("show", file.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(run("show", folder.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(run("show", folder.resolve("none").toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("not a result", "no such file", "none");
  }

  @Test
  void listHasBenchmarksEnginesAndFormats() throws IOException {
    assertThat(run("list", "--scratch", folder.toString())).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("benchmarks\n", "engines\n", "formats\n");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void listOfEnginesSaysWhichWork() {
    assertThat(run("list", "engines")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .containsPattern("(?m)^rocksdb +rocksdbjni \\S+ +available$")
        .containsPattern("(?m)^memory .* available$")
        .containsPattern("(?m)^" + KeptEngine.SCHEME + " ");
  }

  @Test
  void listOfFormatsHasThemAll() {
    assertThat(run("list", "formats")).isEqualTo(ExitCode.OK);
    assertThat(out.toString().lines().map(line -> line.split(" ", 2)[0]))
        .hasSize(OutputFormat.values().length);
  }

  @Test
  void environmentIsTextOrJson() throws IOException {
    assertThat(run("env")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("processor", "cores", "governor", "noise");
    out.getBuffer().setLength(0);

    assertThat(run("env", "--format", "json")).isEqualTo(ExitCode.OK);
    assertThat(new ObjectMapper().readTree(out.toString()).at("/environment/cores").asInt())
        .isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void completionIsTheSameWhereDigitsAreOthers() {
    assertThat(run("completion")).isEqualTo(ExitCode.OK);
    String script = out.toString();
    out.getBuffer().setLength(0);
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThat(run("completion")).isEqualTo(ExitCode.OK);
    } finally {
      Locale.setDefault(before);
    }
    assertThat(out.toString()).isEqualTo(script);
  }

  @Test
  void completionIsAScriptThatBashReads() throws IOException, InterruptedException {
    assertThat(run("completion")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("complete", "show", "--format");
    Path script = Files.writeString(folder.resolve("script"), out.toString());
    Process bash = new ProcessBuilder("bash", "-n", script.toString()).start();

    assertThat(bash.waitFor()).isZero();
  }

  @Test
  void everyCommandHasHelpWithExamples() {
    for (String command : List.of("run", "show", "list", "env", "completion")) {
      out.getBuffer().setLength(0);
      assertThat(run(command, "--help")).isEqualTo(ExitCode.OK);
      assertThat(out.toString()).contains("Examples:", "storage-bench " + command);
    }
  }

  private Path saved() throws IOException {
    Path file = folder.resolve("result.json");
    Files.writeString(file, Report.JSON.render(WideResults.aWideResult()));
    return file;
  }

  private int run(String... arguments) {
    return InThisJvm.run(List.of(arguments), Interruption.never(), out, err);
  }
}
