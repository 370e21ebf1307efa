package dev.grantstore.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.testengine.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Golden files are rewritten by {@code -Drewrite=true}. */
final class ReportTest {
  private static final Path GOLDEN = Path.of("src/test/resources/report");

  @Test
  void textIsAsInTheGoldenFile() throws IOException {
    assertGolden("full.txt", Report.TEXT.render(Results.aResult()));
  }

  @Test
  void summaryIsAsInTheGoldenFile() throws IOException {
    assertGolden("summary.txt", Report.SUMMARY.render(Results.aResult()));
  }

  @Test
  void jsonIsTheResultModel() throws IOException {
    assertThat(ResultJson.decode(Report.JSON.render(Results.aResult())))
        .isEqualTo(Results.aResult());
  }

  @Test
  void resultWithoutCellsSaysSo() {
    RunResult full = Results.aResult();
    RunResult empty =
        new RunResult(
            full.formatVersion(),
            full.toolVersion(),
            full.tag(),
            full.command(),
            full.startedAt(),
            full.endedAt(),
            true,
            full.method(),
            full.environment(),
            full.engines(),
            List.of(),
            List.of(),
            List.of());

    assertThat(Report.TEXT.render(empty)).contains("nothing was measured", "interrupted");
  }

  private static void assertGolden(String name, String text) throws IOException {
    Path file = GOLDEN.resolve(name);
    if (Boolean.getBoolean("rewrite")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
  }
}
