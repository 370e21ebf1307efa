package dev.grantstore.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.Durability;
import dev.grantstore.bench.fork.ForkMain;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.run.CellRequest.AskedCell;
import dev.grantstore.bench.run.CellRequest.Engine;
import dev.grantstore.bench.run.CellRequest.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CellRequestTest {
  private static final CellRequest LOOK =
      new CellRequest(
          "/fixture",
          Engine.OF_FIXTURE,
          Map.of("block_size", "4096"),
          Set.of(Step.CHECK),
          List.of(
              cell("G2", CellSettings.Temperature.WARM), cell("G3", CellSettings.Temperature.COLD)),
          1 << 20,
          Durability.WAL,
          "/scratch",
          0);

  @TempDir private Path folder;

  /** The names are the protocol: forks of builds that were made before read them, and no other. */
  @Test
  void otherBuildsReadWhatIsWritten() throws IOException {
    Path file = folder.resolve("request.json");
    CellRequest one = LOOK.measuring(LOOK.cells().get(0));

    ResultJson.save(one, file);

    assertThat(Files.readString(file))
        .isEqualTo(
            """
            {
              "fixture" : "/fixture",
              "engine" : "OF_FIXTURE",
              "engineOptions" : {
                "block_size" : "4096"
              },
              "steps" : [ "MEASURE" ],
              "cells" : [ {
                "benchmark" : "G2",
                "settings" : {
                  "warmup" : "PT0S",
                  "mostWarmup" : "PT0S",
                  "duration" : "PT1S",
                  "threads" : 1,
                  "missRatio" : 0.0,
                  "seed" : 1,
                  "distribution" : "UNIFORM",
                  "temperature" : "WARM",
                  "ratePerSecond" : 0.0
                }
              } ],
              "cacheBytes" : 1048576,
              "durability" : "WAL",
              "scratchFolder" : "/scratch",
              "slowdownPercent" : 0.0
            }
            """);
    assertThat(ResultJson.read(file, CellRequest.class)).isEqualTo(one);
    assertThat(ForkMain.class.getName()).isEqualTo("dev.grantstore.bench.fork.ForkMain");
  }

  @Test
  void thisBuildReadsWhatOthersAnswer() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("answer.json"),
            """
            {
              "result" : null,
              "failure" : "UNAVAILABLE",
              "reason" : "no such engine"
            }
            """);

    assertThat(ResultJson.read(file, CellRunner.Answer.class))
        .isEqualTo(CellRunner.Answer.failed(CellFailure.Kind.UNAVAILABLE, "no such engine"));
  }

  @Test
  void onlyWhatMeasuresAColdCellIsCold() {
    assertThat(LOOK.isCold()).isFalse();
    assertThat(LOOK.measuring(LOOK.cells().get(0)).isCold()).isFalse();
    assertThat(LOOK.measuring(LOOK.cells().get(1)).isCold()).isTrue();
  }

  @Test
  void delaysOutOfBoundsAreRefused() {
    assertThat(LOOK.slowed(10).slowdownPercent()).isEqualTo(10);
    assertThatThrownBy(() -> LOOK.slowed(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("slow-down must be from 0 to 1000 percent: -1.0");
  }

  private static AskedCell cell(String benchmark, CellSettings.Temperature temperature) {
    Duration second = Duration.ofSeconds(1);
    return new AskedCell(
        benchmark,
        new CellSettings(
            Duration.ZERO,
            Duration.ZERO,
            second,
            1,
            0,
            1,
            CellSettings.KeyDistribution.UNIFORM,
            temperature,
            0));
  }
}
