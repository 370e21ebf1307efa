package dev.grantstore.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.result.RunResult;
import dev.grantstore.folder.FolderTree;
import dev.grantstore.kudu.LocalCluster;
import dev.grantstore.tool.ExitCode;
import dev.grantstore.tool.Interruption;
import dev.grantstore.tool.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Servers of Kudu: measured, and started by the command that is for trying out. */
@Tag("kudu")
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
final class KuduRunTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void storeInAClusterIsMeasuredBesideOneInAFolder() throws IOException {
    Path home = Path.of("target", "kudu").toAbsolutePath();
    Path json = folder.resolve("result.json");
    Path scratch = Files.createDirectories(folder.resolve("scratch"));
    try (LocalCluster cluster = LocalCluster.start(home, 1)) {
      String kudu = cluster.address("bench?replicas=1");

      int code =
          run(
              "run",
              "--grants",
              "5k",
              "--engine",
              "memory," + kudu,
              "--forks",
              "1",
              "--bench",
              "G1,G2,G3,G5,Check,G2+writes,G6,G8,G10",
              "--duration",
              "100ms",
              "--warmup",
              "0ms",
              "--cache-dir",
              folder.resolve("cache").toString(),
              "--scratch",
              scratch.toString(),
              "--output",
              json.toString());

      assertThat(code).as(err.toString()).isEqualTo(ExitCode.OK);
    }
    RunResult result = ResultFiles.read(json);
    assertThat(result.failures()).isEmpty();
    assertThat(result.cells())
        .filteredOn(cell -> cell.engine().startsWith("kudu"))
        .extracting(cell -> cell.benchmark())
        .containsExactly("G1", "G2", "G3", "G5", "Check", "G2+writes");
    assertThat(out.toString()).contains("G8 kudu?replicas=1: not applicable");
    assertThat(out.toString()).contains("not known");
    assertThat(result.engine("kudu?replicas=1").facts().effectiveOptions())
        .containsEntry("servers", "1")
        .containsEntry("replicas", "1")
        .containsEntry("grants", "loaded")
        .containsKey("ranges");
  }

  @Test
  void clusterForTryingOutEndsWhenItIsAskedToAndLeavesNothing() throws Exception {
    Path binaries = binaries();
    Interruption interruption = Interruption.never();
    StringWriter said = new StringWriter();
    Thread command =
        new Thread(
            () ->
                InThisJvm.run(
                    List.of("cluster", "--servers", "1", "--binaries", binaries.toString()),
                    interruption,
                    said,
                    err));
    List<ProcessHandle> before = ProcessHandle.current().descendants().toList();
    command.start();
    List<ProcessHandle> started = List.of();
    for (int i = 0; i < 600 && started.size() < 4; i++) {
      Thread.sleep(100);
      started =
          ProcessHandle.current()
              .descendants()
              .filter(process -> !before.contains(process))
              .toList();
    }
    Thread.sleep(2_000);
    interruption.request();
    command.join(Duration.ofMinutes(2).toMillis());

    assertThat(command.isAlive()).isFalse();
    assertThat(said.toString()).contains("address  kudu:127.0.0.1:");
    assertThat(started).hasSizeGreaterThanOrEqualTo(4).noneMatch(ProcessHandle::isAlive);
    Path temp = Path.of(System.getProperty("java.io.tmpdir"));
    try (Stream<Path> left = Files.list(temp)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith("grantstore-cluster"));
    }
  }

  @Test
  void clusterOfWhichAServerDiesEndsAndTellsOfIt() throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream failed = new ByteArrayOutputStream();
    Interruption interruption = Interruption.never();
    int[] code = {-1};
    Thread command =
        new Thread(
            () ->
                code[0] =
                    StorageBench.tool(
                            Session.of(
                                List.of("cluster", "--servers", "1", "--binaries", "" + binaries()),
                                Map.of(),
                                said,
                                failed,
                                interruption,
                                Clock.systemUTC()))
                        .execute());
    command.start();
    Pattern pids = Pattern.compile("pids +(\\d+) (\\d+)\\n");
    Matcher told = pids.matcher("");
    boolean isReady = false;
    while (!isReady && command.isAlive()) {
      Thread.sleep(100);
      isReady = told.reset(said.toString(StandardCharsets.UTF_8)).find();
    }
    assertThat(isReady).as(failed.toString(StandardCharsets.UTF_8)).isTrue();
    ProcessHandle server = ProcessHandle.of(Long.parseLong(told.group(1))).orElseThrow();
    ProcessHandle master = ProcessHandle.of(Long.parseLong(told.group(2))).orElseThrow();
    server.destroyForcibly();
    command.join(Duration.ofMinutes(2).toMillis());
    interruption.request();

    assertThat(command.isAlive()).isFalse();
    assertThat(code[0]).isEqualTo(ExitCode.FAILURE);
    assertThat(master.isAlive()).isFalse();
    Matcher ended =
        Pattern.compile("server-0 has ended: exit code 137, log in (\\S+); the others are stopped")
            .matcher(failed.toString(StandardCharsets.UTF_8));
    assertThat(ended.find()).as(failed.toString(StandardCharsets.UTF_8)).isTrue();
    Path log = Path.of(ended.group(1));
    try (Stream<Path> files = Files.list(log)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("err")
          .anyMatch(name -> name.startsWith("kudu-tserver."));
    } finally {
      FolderTree.delete(log);
    }
  }

  @Test
  void whatHoldsNoServersIsRefused() {
    assertThat(run("cluster", "--binaries", folder.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("no servers of Kudu there");
  }

  private static Path binaries() {
    return Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
        .filter(path -> path.contains("kudu-binary"))
        .map(Path::of)
        .findFirst()
        .orElseThrow();
  }

  private int run(String... arguments) {
    return InThisJvm.run(List.of(arguments), Interruption.never(), out, err);
  }
}
