package dev.grantstore.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.grantstore.fixture.Fixtures;
import dev.grantstore.fixture.load.CreateOptions;
import dev.grantstore.fixture.progress.Progress;
import dev.grantstore.fixture.source.ImportOptions;
import dev.grantstore.fixture.spec.FixtureSpec;
import dev.grantstore.tool.ExitCode;
import dev.grantstore.tool.Interruption;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EncodingsCommandTest {
  private final Interruption interruption = Interruption.never();
  private static final Path REAL_FILE =
      Path.of("..", "..", "shared", "data", "sync-small.c1z").toAbsolutePath().normalize();

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void jsonHasEveryEncodingAndTheScratchRowsWeighWhatTheEnginesOwnDo() throws IOException {
    Path fixture = folder.resolve("fixture");
    Fixtures.create(
        FixtureSpec.reference(30_000, 60, 1_500, 1),
        CreateOptions.defaults(),
        fixture,
        Progress.NONE);

    assertThat(
            run(
                "encodings",
                fixture.toString(),
                "--sample",
                "2k",
                "--scratch",
                folder.toString(),
                "--format",
                "json"))
        .isZero();
    JsonNode result = new ObjectMapper().readTree(out.toString());
    // Every fourteenth of 27,000.
    assertThat(result.get("measuredGrants").asInt()).isEqualTo(1_929);
    assertThat(result.get("encodings").findValuesAsText("name"))
        .containsExactly(
            "json",
            "protobuf",
            "trimmed",
            "trimmed+zstd",
            "trimmed+zstd+dictionary",
            "protobuf+zstd+dictionary");
    JsonNode trimmed = result.get("encodings").get(2);
    assertThat(trimmed.get("cutsAccepted").asInt()).isZero();
    assertThat(trimmed.get("cutsTried").asInt()).isPositive();
    // Settings are repeated in the study; were they others, the weights would drift apart.
    assertThat(trimmed.get("rocksAllBytes").asDouble())
        .isCloseTo(
            result.get("engineBytes").get("rocksdb").asDouble(), Percentage.withPercentage(15));
    assertThat(trimmed.get("sqliteAllBytes").asDouble())
        .isCloseTo(
            result.get("engineBytes").get("sqlite").asDouble(), Percentage.withPercentage(20));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(fixture);
    }
  }

  @Tag("deep")
  @Test
  void textOfTheRealFileHasEveryTable() throws IOException {
    assumeTrue(Files.exists(REAL_FILE), () -> "skipped, real file is absent: " + REAL_FILE);
    Path fixture = folder.resolve("fixture");
    Fixtures.importFile(
        REAL_FILE, ImportOptions.DEFAULT, CreateOptions.defaults(), fixture, Progress.NONE);

    assertThat(run("encodings", fixture.toString(), "--sample", "500")).isZero();
    assertThat(out.toString())
        .contains("500 grants measured; dictionaries trained on 1,498 others")
        .contains("rocksdb all", "encode ns", "machines of 64 GiB", "protobuf+zstd+dictionary")
        .contains("an estimate", "check: the engine rocksdb itself takes");
  }

  @Test
  void fixtureThatIsTooSmallForADictionaryIsRefused() throws IOException {
    Path fixture = folder.resolve("fixture");
    Fixtures.create(
        FixtureSpec.reference(20, 2, 4, 1), CreateOptions.defaults(), fixture, Progress.NONE);

    assertThat(run("encodings", fixture.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("no dictionary can be trained on these grants: rows=2");
  }

  @Test
  void interruptedRunSaysSoAndLeavesNothing() throws IOException {
    Path fixture = folder.resolve("fixture");
    Fixtures.create(
        FixtureSpec.reference(20, 2, 4, 1), CreateOptions.defaults(), fixture, Progress.NONE);
    interruption.request();

    assertThat(run("encodings", fixture.toString(), "--scratch", folder.toString()))
        .isEqualTo(ExitCode.INTERRUPTED);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(fixture);
    }
  }

  @Test
  void valuesThatMakeNoSenseAreNamed() {
    assertThat(run("encodings")).isEqualTo(ExitCode.USAGE);
    assertThat(run("encodings", "x", "--sample", "0")).isEqualTo(ExitCode.USAGE);
    assertThat(run("encodings", "x", "--sample", "lots")).isEqualTo(ExitCode.USAGE);
    assertThat(run("encodings", "x", "--scratch", "/no/such")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("FIXTURE", "sample", "\"lots\"", "/no/such");
  }

  private int run(String... arguments) {
    return InThisJvm.run(List.of(arguments), interruption, out, err);
  }
}
