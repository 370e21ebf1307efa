package dev.grantstore.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.testengine.KeptEngine;
import dev.grantstore.bench.testengine.Subjects;
import dev.grantstore.fixture.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QuickstartTest {
  private static final Quickstart.Scale SMALL =
      new Quickstart.Scale(
          Subjects.SPEC,
          KeptEngine.SCHEME,
          CellSettings.closed(Duration.ofMillis(5), Duration.ofMillis(20), 1, 0, 1));

  @TempDir private Path folder;

  @Test
  void makesTheFixtureOnceAndSavesEveryResult() throws IOException {
    RunResult first = run();
    FileTime made =
        Files.getLastModifiedTime(
            Path.of(first.engines().get(0).fixture().path(), "manifest.json"));
    RunResult second = run();

    assertThat(first.cells()).hasSize(7);
    assertThat(second.engines().get(0).fixture()).isEqualTo(first.engines().get(0).fixture());
    assertThat(
            Files.getLastModifiedTime(
                Path.of(first.engines().get(0).fixture().path(), "manifest.json")))
        .isEqualTo(made);
    assertThat(folder.resolve("scratch")).isEmptyDirectory();
  }

  private RunResult run() throws IOException {
    Quickstart quickstart =
        new Quickstart(folder, SMALL, Clock.systemUTC(), new Halt(), Progress.NONE);
    Quickstart.Outcome outcome = quickstart.run("test", List.of());
    assertThat(ResultJson.decode(Files.readString(outcome.file()))).isEqualTo(outcome.result());
    return outcome.result();
  }
}
