package dev.grantstore.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.benchmark.Benchmarks;
import dev.grantstore.bench.experiment.EngineSpec;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.testengine.KeptEngine;
import dev.grantstore.bench.testengine.Subjects;
import dev.grantstore.tool.ExitCode;
import dev.grantstore.tool.Interruption;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class QuickstartTest {
  /** Of all tests: each run of every benchmark takes a second. */
  @TempDir private static Path folder;

  private static Path fixture;

  @BeforeAll
  static void runForTheFirstTime() throws IOException {
    fixture = Path.of(run().engines().get(0).fixture().path());
  }

  @AfterEach
  void mendFixture() throws IOException {
    Files.deleteIfExists(fixture.resolve("store/fault"));
  }

  @Test
  void makesTheFixtureOnceAndSavesEveryResult() throws IOException {
    FileTime made = Files.getLastModifiedTime(fixture.resolve("manifest.json"));
    RunResult second = run();

    assertThat(second.cells()).hasSize(Benchmarks.QUICK.size());
    assertThat(second.engines().get(0).fixture().path()).isEqualTo(fixture.toString());
    assertThat(Files.getLastModifiedTime(fixture.resolve("manifest.json"))).isEqualTo(made);
    assertThat(folder.resolve("scratch")).isEmptyDirectory();
  }

  @Test
  void aWrongAnswerEndsItWithItsExitCode() throws IOException {
    Files.writeString(fixture.resolve("store/fault"), "DROPS_ROW_BY_ENTITLEMENT");
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThat(quickstart(out)).isEqualTo(ExitCode.WRONG);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  private static RunResult run() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(quickstart(out)).isEqualTo(ExitCode.OK);
    String file =
        out.toString(StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.startsWith("result "))
            .map(line -> line.substring("result ".length()).strip())
            .findFirst()
            .orElseThrow();
    return ResultJson.read(Path.of(file));
  }

  private static int quickstart(ByteArrayOutputStream out) {
    Session session =
        Session.of(
            dev.grantstore.tool.Session.of(
                List.of("quickstart"),
                Map.of(),
                out,
                new ByteArrayOutputStream(),
                Interruption.never(),
                Clock.systemUTC()));
    QuickstartCommand small =
        new QuickstartCommand(
            session,
            EngineSpec.plain(KeptEngine.SCHEME),
            Subjects.SPEC,
            CellSettings.closed(Duration.ofMillis(5), Duration.ofMillis(20), 1, 0, 1));

    int code = new CommandLine(small).execute("--cache-dir", folder.toString());
    session.out().flush();
    return code;
  }
}
