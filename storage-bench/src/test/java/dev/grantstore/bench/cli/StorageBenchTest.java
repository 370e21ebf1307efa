package dev.grantstore.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.benchmark.Benchmark;
import dev.grantstore.bench.benchmark.Benchmarks;
import dev.grantstore.bench.report.Report;
import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.testengine.KeptEngine;
import dev.grantstore.bench.testengine.Results;
import dev.grantstore.bench.testengine.Subjects;
import dev.grantstore.bench.testengine.WrongStore.Fault;
import dev.grantstore.fixture.Fixtures;
import dev.grantstore.fixture.load.CreateOptions;
import dev.grantstore.fixture.progress.Progress;
import dev.grantstore.fixture.source.ImportOptions;
import dev.grantstore.fixture.source.ImportSource;
import dev.grantstore.folder.FolderTree;
import dev.grantstore.tool.ExitCode;
import dev.grantstore.tool.Interruption;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StorageBenchTest {
  private static final String[] SHORT = {"--duration", "20ms", "--warmup", "5ms"};

  @TempDir private Path folder;
  @TempDir private Path cache;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Interruption interruption = Interruption.never();

  @Test
  void noArgumentsGiveUsageOnStandardError() {
    assertThat(run()).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("Usage: storage-bench", "quickstart", "run", "list");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void helpIsOnStandardOutputWithExamples() {
    assertThat(run("run", "--help")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("Examples:", "storage-bench run --fixture DIR");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void listNamesEveryBenchmarkInALine() {
    assertThat(run("list", "benchmarks")).isEqualTo(ExitCode.OK);
    assertThat(out.toString().lines().map(line -> line.split(" ", 2)[0]))
        .containsExactly(
            "G1",
            "G2",
            "G2view",
            "G3",
            "G3x20",
            "G3all",
            "G3batch",
            "G4",
            "G4all",
            "G4batch",
            "G5",
            "G5all",
            "G5batch",
            "G6",
            "G7",
            "G7x50",
            "G7x500",
            "G7skew",
            "G7x50skew",
            "G7x500skew",
            "G7base",
            "G7rebuild",
            "G8",
            "G9",
            "G10",
            "G10x10",
            "G10x100",
            "G10x1000",
            "Check",
            "G2+writes");
  }

  @Test
  void unknownFlagIsNamed() {
    assertThat(run("run", "--fixture", "x", "--nope")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("--nope", "--help");
  }

  @Test
  void missingFixtureOptionIsNamed() {
    assertThat(run("run")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("--fixture");
  }

  @Test
  void missingFolderIsNamed() {
    String path = folder.resolve("none").toString();

    assertThat(run("run", "--fixture", path)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("fixture does not exist", path).doesNotContain("\tat ");
  }

  @Test
  void fixtureWithoutGrantsIsRefusedBeforeAnythingIsMade() throws IOException {
    Path list = Files.createFile(folder.resolve("none.jsonl"));
    Path empty = folder.resolve("empty");
    ImportOptions allow =
        new ImportOptions(
            Optional.empty(), ImportOptions.Unfinished.SKIP, 1 << 20, ImportOptions.Empty.ALLOW);
    Fixtures.importFrom(
        ImportSource.file(list), allow, CreateOptions.defaults(), empty, Progress.NONE);

    assertThat(run("run", "--fixture", empty.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .startsWith("storage-bench run: fixture holds no grants to ask for: " + empty);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void metricsAreNamedInHelp() {
    assertThat(run("compare", "--help")).isEqualTo(ExitCode.OK);
    String help = out.toString();
    for (Metric metric : Metric.values()) {
      assertThat(help).contains(metric.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
  }

  @Test
  void folderThatIsNoFixtureIsNamedAndLeftAsItWas() throws IOException {
    assertThat(run("run", "--fixture", folder.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("not a fixture", folder.toString());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void unknownBenchmarkListsTheKnownOnes() {
    assertThat(run("run", "--fixture", "x", "--bench", "G2,nope")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .contains(
            "\"nope\"",
            "G1, G2, G2view, G3, G3x20, G3all, G3batch, G4, G4all, G4batch, G5, G5all, G5batch, "
                + "G6, G7, G7x50, G7x500, G7skew, G7x50skew, G7x500skew, G7base, G7rebuild, G8, G9, G10, G10x10, G10x100, G10x1000, "
                + "Check, G2+writes");
  }

  @Test
  void valuesOutOfRangeAreNamed() {
    assertThat(run("run", "--fixture", "x", "--threads", "0")).isEqualTo(ExitCode.USAGE);
    assertThat(run("run", "--fixture", "x", "--duration", "0s")).isEqualTo(ExitCode.USAGE);
    assertThat(run("run", "--fixture", "x", "--miss-ratio", "2")).isEqualTo(ExitCode.USAGE);
    assertThat(run("run", "--fixture", "x", "--cache", "lots")).isEqualTo(ExitCode.USAGE);
    assertThat(run("run", "--fixture", "x", "--output", "/no/such/file")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .contains("threads", "duration", "miss ratio", "\"lots\"", "/no/such");
  }

  @Test
  void whatIsNoRunOrTooManyResultsIsRefused() throws IOException {
    assertThat(run("run", "--resume", folder.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("not the folder of a run, it has no plan.json");
    Path file = folder.resolve("result.json");
    Files.writeString(file, Report.JSON.render(Results.aResult()));
    String one = file.toString();

    assertThat(run("compare", one, one, one)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("two results are compared, not 3");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void everyBenchmarkRunsOnAFixtureAndJsonIsAloneOnStandardOutput() throws IOException {
    Path file = folder.resolve("result.json");
    List<String> names =
        Benchmarks.ALL.stream()
            .filter(benchmark -> !benchmark.needsNewProcess())
            .map(Benchmark::name)
            .toList();

    int code =
        run(
            "run",
            "--fixture",
            fixture(),
            "--bench",
            String.join(",", names),
            "--format",
            "json",
            "--output",
            file.toString(),
            "--scratch",
            folder.toString());

    assertThat(err.toString()).doesNotContain("\r");
    assertThat(code).isEqualTo(ExitCode.OK);
    RunResult result = ResultJson.decode(out.toString());
    assertThat(result.cells()).extracting(CellSeries::benchmark).containsExactlyElementsOf(names);
    assertThat(result.engines().get(0).facts().version()).isEqualTo("kept 1");
    assertThat(result.engines().get(0).fixture().grants()).isEqualTo(Subjects.SPEC.grants());
    assertThat(ResultJson.decode(Files.readString(file))).isEqualTo(result);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("fixture", "result.json");
    }
  }

  @Test
  void whatNeedsANewProcessIsRefusedWithoutForks() throws IOException {
    for (String name : List.of("G6", "G8")) {
      assertThat(run("run", "--fixture", fixture(), "--bench", name)).isEqualTo(ExitCode.USAGE);
      assertThat(err.toString()).contains(name + " needs a new process each: --forks 1 or more");
      FolderTree.delete(folder.resolve("fixture"));
    }
  }

  @Test
  void textHasARowForEachOutcome() throws IOException {
    Path file = folder.resolve("result.json");

    assertThat(
            run("run", "--fixture", fixture(), "--bench", "G2,Check", "--output", file.toString()))
        .isEqualTo(ExitCode.OK);
    for (CellSeries cell : ResultJson.decode(Files.readString(file)).cells()) {
      for (Outcome outcome : cell.forks().get(0).cell().outcomes()) {
        String name = outcome.name().equals("all") ? "" : " " + outcome.name();
        assertThat(out.toString()).containsPattern("(?m)^" + cell.benchmark() + name + ": ");
      }
    }
  }

  @Test
  void wrongListEndsWithItsOwnExitCodeAndNamesEverything() throws IOException {
    String path = fixture();
    Files.writeString(Path.of(path, "store", "fault"), Fault.DROPS_ROW_BY_ENTITLEMENT.name());

    assertThat(run("run", "--fixture", path)).isEqualTo(ExitCode.WRONG);
    assertThat(err.toString()).contains("benchmark=G3", "key=\"app\"", "expected=", "found=");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void wrongGetEndsWithItsOwnExitCodeAndNamesEverything() throws IOException {
    String path = fixture();
    Files.writeString(Path.of(path, "store", "fault"), Fault.OTHER_GRANT.name());

    assertThat(run("run", "--fixture", path)).isEqualTo(ExitCode.WRONG);
    assertThat(err.toString()).contains("benchmark=G2", "key=\"grant-", "expected=", "found=");
  }

  @Test
  void verboseShowsWhereAFailureCameFrom() {
    assertThat(run("run", "--verbose", "--fixture", folder.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("\tat ");
  }

  @Test
  void interruptedRunPrintsWhatWasMeasured() throws IOException {
    String path = fixture();
    interruption.request();

    assertThat(run("run", "--fixture", path)).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(out.toString()).contains("interrupted");
  }

  @Test
  void cacheFolderThatIsAFileIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThat(run("quickstart", "--cache-dir", file.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains(file.toString());
  }

  private String fixture() throws IOException {
    Path path = folder.resolve("fixture");
    CreateOptions options = CreateOptions.defaults().withEngine(KeptEngine.SCHEME);
    Fixtures.create(Subjects.SPEC, options, path, Progress.NONE);
    return path.toString();
  }

  /** Short unless the arguments say otherwise. */
  private int run(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    if (all.contains("--fixture") && !all.contains("--duration")) {
      all.addAll(List.of(SHORT));
    }
    if (all.contains("--fixture") && !all.contains("--forks")) {
      all.addAll(List.of("--forks", "0", "--cache-dir", cache.toString()));
    }
    return InThisJvm.run(all, interruption, out, err);
  }
}
