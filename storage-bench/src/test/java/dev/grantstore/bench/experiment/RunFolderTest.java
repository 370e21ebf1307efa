package dev.grantstore.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunFolderTest {
  private static final RunPlan PLAN =
      new RunPlan(
          "1",
          "",
          List.of("run"),
          Instant.EPOCH,
          EngineSpec.parse(List.of("rocksdb")),
          "/fixture",
          List.of(),
          1,
          0,
          Durability.WAL,
          "/scratch",
          Duration.ofMinutes(1),
          Map.of(),
          Map.of("rocksdb", "/base.jar"));

  @TempDir private Path folder;

  @Test
  void thePlanOfARunIsKept() throws IOException {
    RunFolder run = RunFolder.create(folder.resolve("run"), PLAN, RunFolder.Reports.NONE);
    assertThat(run.plan()).isEqualTo(PLAN);
  }

  /** A run that goes on writes requests, answers, logs and results into its folder. */
  @Test
  void aLinkThatLeadsOutOfARunsFolderIsRefused() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "x");
    for (String name : List.of("result.html", "result.json", "forks/look-00.log", "forks/new")) {
      Path run = folder.resolve("run-" + name.replace('/', '-'));
      RunFolder made = RunFolder.create(run, PLAN, RunFolder.Reports.NONE);
      Files.createSymbolicLink(run.resolve(name), victim);
      assertThatThrownBy(made::plan)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("a link leads out of the folder");
    }
    RunFolder made = RunFolder.create(folder.resolve("run"), PLAN, RunFolder.Reports.NONE);
    Files.delete(made.forks());
    Files.createSymbolicLink(made.forks(), Files.createDirectory(folder.resolve("home")));
    assertThatThrownBy(made::plan).isInstanceOf(IOException.class);
  }

  @Test
  void anEngineOfAPlanThatLeadsElsewhereIsRefused() throws IOException {
    RunFolder run = RunFolder.create(folder.resolve("run"), PLAN, RunFolder.Reports.NONE);
    Path plan = run.path().resolve("plan.json");
    String text = Files.readString(plan);
    assertThat(text).contains("\"scheme\" : \"rocksdb\"");
    Files.writeString(
        plan, text.replace("\"scheme\" : \"rocksdb\"", "\"scheme\" : \"sqlite:/tmp/evil\""));
    assertThatThrownBy(run::plan).isInstanceOf(IOException.class);
  }
}
