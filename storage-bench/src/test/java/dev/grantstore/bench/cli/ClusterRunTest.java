package dev.grantstore.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.grantstore.bench.report.HtmlReport;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.NotApplicable;
import dev.grantstore.bench.testengine.KeptEngine;
import dev.grantstore.bench.testengine.NamedEngine;
import dev.grantstore.fixture.Fixtures;
import dev.grantstore.fixture.load.CreateOptions;
import dev.grantstore.fixture.progress.Progress;
import dev.grantstore.fixture.spec.FixtureSpec;
import dev.grantstore.tool.ExitCode;
import dev.grantstore.tool.Interruption;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores that are no folders: what is asked of them, what is not, and what is not known. */
final class ClusterRunTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void whatMakesSenseIsAskedAndTheRestIsSaidInTheTable() throws IOException {
    Path json = folder.resolve("result.json");

    int code =
        run(
            "--engine",
            "named:here/x",
            "--bench",
            "G1,G2,Check,G7,G9",
            "--output",
            json.toString());

    assertThat(err.toString()).doesNotContain("failure");
    assertThat(code).isEqualTo(ExitCode.OK);
    RunResult result = ResultFiles.read(json);
    assertThat(result.failures()).isEmpty();
    assertThat(result.cells())
        .filteredOn(cell -> cell.engine().equals("named"))
        .extracting(cell -> cell.benchmark())
        .containsExactly("G1", "G2", "Check");
    assertThat(result.notApplicable())
        .extracting(NotApplicable::engine, NotApplicable::question)
        .containsExactly(tuple("named", "G7"), tuple("named", "G9"));
    String reason =
        "not applicable, it needs a store on this machine that keeps its rows; its stores are in a"
            + " cluster";
    assertThat(out.toString()).contains("G7 named: " + reason, "G9 named: " + reason);
    assertThat(out.toString().lines().filter(line -> line.startsWith("named ")))
        .as("its row under 'On disk, closed; in memory, open and warm': no size stands there as 0")
        .singleElement()
        .asString()
        .matches("named +(not known +){5}not known: it is in a cluster");
    assertThat(HtmlReport.render(result)).contains("not applicable", "not known");
    assertThat(result.engine("named").resident()).isNull();
    assertThat(
            result.cells().stream()
                .filter(cell -> cell.engine().equals("named") && cell.benchmark().equals("G1"))
                .findFirst()
                .orElseThrow()
                .middle()
                .figures())
        .as("what its client writes, and how long it does nothing, is not the store's")
        .doesNotContainKeys(
            "diskBytesPerGrant",
            "settleSeconds",
            "deviceWriteBytesPerGrant",
            "writeAmplificationOfDevice");
    assertThat(result.cells())
        .filteredOn(cell -> cell.engine().equals("named"))
        .allSatisfy(
            cell -> {
              assertThat(cell.middle().resources().diskReadBytes()).isNegative();
              assertThat(cell.middle().resources().diskWriteBytes()).isNegative();
            });
    assertThat(result.engine("named").facts().effectiveOptions())
        .containsEntry("place", "named:here")
        .containsEntry("grants", "loaded");
    assertThat(NamedEngine.names())
        .as("the grants are kept, what was written to is gone")
        .singleElement()
        .asString()
        .startsWith("here/x-500-");
  }

  /** Whoever follows them is to get the servers that the client is tested with. */
  @Test
  void readmeAndHelpNameTheBinariesOfThisBuild() throws IOException {
    String version =
        Files.readString(Path.of("../pom.xml"))
            .replaceAll("(?s).*<kudu.version>(.*?)</kudu.version>.*", "$1");
    InThisJvm.run(List.of("cluster", "--help"), Interruption.never(), out, err);

    String artifact = "org.apache.kudu:kudu-binary:" + version + ":jar:linux-x86_64";
    String jar = "kudu-binary-" + version + "-linux-x86_64.jar";
    assertThat(out.toString().replaceAll("\\s+", " ")).contains(artifact, jar, "Never deploy them");
    assertThat(Files.readString(Path.of("../README.md"))).contains(artifact, jar);
  }

  private int run(String... flags) throws IOException {
    Path scratch = Files.createDirectories(folder.resolve("scratch"));
    Path fixture = folder.resolve("fixture");
    Fixtures.create(
        FixtureSpec.reference(500, 5, 20, 1),
        CreateOptions.defaults().withEngine(KeptEngine.SCHEME),
        fixture,
        Progress.NONE);
    List<String> arguments =
        new ArrayList<>(
            List.of("run", "--fixture", fixture.toString(), "--forks", "0", "--duration", "5ms"));
    arguments.addAll(List.of("--warmup", "0ms", "--scratch", scratch.toString()));
    arguments.addAll(List.of("--cache-dir", folder.resolve("cache").toString()));
    arguments.addAll(List.of(flags));
    return InThisJvm.run(arguments, Interruption.never(), out, err);
  }
}
