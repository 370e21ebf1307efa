package dev.grantstore.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSeries.Fork;
import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.run.CellRunner.Answer;
import dev.grantstore.bench.testengine.FaultyEngine;
import dev.grantstore.bench.testengine.Subjects;
import dev.grantstore.fixture.Fixtures;
import dev.grantstore.fixture.load.CreateOptions;
import dev.grantstore.fixture.progress.Progress;
import dev.grantstore.tool.ExitCode;
import dev.grantstore.tool.Interruption;
import dev.grantstore.tool.Versions;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose cells have a JVM of their own. */
final class ForkedRunTest {
  private static final List<String> SHORT =
      List.of("--duration", "50ms", "--warmup", "10ms", "--bench", "G2", "--cell-timeout", "20m");

  /** Of all tests: forks only read the fixture, and each costs the start of a JVM. */
  @TempDir private static Path shared;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Path fixture = shared.resolve("fixture");
  private final Path namedOutput = shared.resolve("out.json");
  private final Path namedPage = shared.resolve("page.html");

  @BeforeAll
  static void makeFixture() throws IOException {
    CreateOptions options = CreateOptions.defaults().withEngine(FaultyEngine.SCHEME);
    Fixtures.create(Subjects.SPEC, options, shared.resolve("fixture"), Progress.NONE);
  }

  @AfterEach
  void mendFixture() throws IOException {
    Files.deleteIfExists(fixture.resolve("fault"));
    Files.deleteIfExists(fixture.resolve("hanging"));
  }

  @Test
  void enginesTakeTurnsAndAnInterruptedRunIsCompleted() throws IOException {
    assertThat(run("--engine", "faulty,null", "--forks", "2")).isEqualTo(ExitCode.OK);
    RunResult whole = ResultJson.decode(out.toString());
    Path lost = answers().get(answers().size() - 1);
    Files.delete(lost);
    Files.delete(onlyRun().resolve("result.json"));
    List<Path> kept = answers();
    out.getBuffer().setLength(0);

    int code = execute(List.of("run", "--resume", onlyRun().toString(), "--format", "json"));

    assertThat(code).isEqualTo(ExitCode.OK);
    assertThat(whole.cells()).extracting(CellSeries::engine).containsExactly("faulty", "null");
    assertThat(whole.cells().get(0).forks()).extracting(Fork::position).containsExactly(0, 3);
    assertThat(whole.cells().get(1).forks()).extracting(Fork::position).containsExactly(1, 2);
    assertThat(answers()).contains(lost).containsAll(kept);
    RunResult completed = ResultJson.decode(out.toString());
    boolean sameForks = completed.cells().get(0).forks().equals(whole.cells().get(0).forks());
    assertThat(sameForks).as("forks that had answered are not asked again").isTrue();
    assertThat(completed.cells().get(1).forks()).hasSize(2);
  }

  @Test
  void aGateMeasuresBothBuildsInTurnAndKeepsWhatItMeasured() throws IOException {
    Path both = folder.resolve("both.json");
    Path xml = folder.resolve("gate.xml");
    List<String> gate = gateAgainstItself("--forks", "1", "--budget", "0s");
    gate.addAll(List.of("--output", both.toString(), "--junit", xml.toString()));

    assertThat(execute(gate)).isEqualTo(ExitCode.INCONCLUSIVE);

    assertThat(out.toString()).contains("faulty@base -> faulty", "gate: cannot claim anything");
    assertThat(Files.readString(xml)).contains("<error ", "name=\"faulty G2");
    assertThat(folder.resolve("cache/runs")).isNotEmptyDirectory();
    RunResult result = ResultJson.decode(Files.readString(both));
    assertThat(result.cells())
        .extracting(CellSeries::engine)
        .containsExactly("faulty@base", "faulty");
    assertThat(result.engines().get(0).facts().effectiveOptions())
        .as("which build the base was")
        .containsEntry("build", Versions.tool());
    assertThat(result.engines().get(1).facts().effectiveOptions()).doesNotContainKey("build");
    assertThat(result.cells().get(0).forks()).extracting(Fork::position).containsExactly(0);
    assertThat(result.cells().get(1).forks()).extracting(Fork::position).containsExactly(1);
    out.getBuffer().setLength(0);
    assertThat(execute(List.of("gate", both.toString()))).isEqualTo(ExitCode.INCONCLUSIVE);
    assertThat(out.toString()).contains("faulty@base -> faulty", "1 whole forks; at least 5");
    for (String refused : List.of("--dry-run", "--html=page.html", "--limit=nonsense", "--nope")) {
      List<String> wrong = new ArrayList<>(gate);
      wrong.add(refused);
      assertThat(execute(wrong)).as(refused).isEqualTo(ExitCode.USAGE);
    }
  }

  @Test
  void whatTheOtherBuildCannotIsNoFaultOfThisOne() throws IOException {
    Path both = folder.resolve("both.json");
    Path base = folder.resolve("base");
    assertThat(run("--forks", "1", "--against", base.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("no build: ").contains("storage-bench --version makes one");
    writeJar(base.resolve("storage-bench/target/storage-bench.jar"), folder.toString());

    assertThat(run("--forks", "1", "--against", base.toString(), "--output", both.toString()))
        .isEqualTo(ExitCode.OK);

    assertThat(err.toString()).contains("faulty@base");
    out.getBuffer().setLength(0);
    assertThat(execute(List.of("gate", both.toString()))).isEqualTo(ExitCode.INCONCLUSIVE);
    assertThat(out.toString()).contains("the base failed: faulty@base");
    assertThat(execute(List.of("gate", both.toString(), "--limit", "G2=5%")))
        .as("a limit of what failed")
        .isEqualTo(ExitCode.INCONCLUSIVE);
    assertThat(execute(List.of("gate", both.toString(), "--metric", "ops-per-second")))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("rates and means cannot be compared");
  }

  @Test
  void anInterruptedGateKeepsWhatItMeasured() throws IOException {
    Path both = folder.resolve("both.json");
    List<String> gate = gateAgainstItself("--forks", "1", "--output", both.toString());
    Interruption interruption = Interruption.never();
    interruption.request();

    assertThat(InThisJvm.run(gate, interruption, out, err)).isEqualTo(ExitCode.INTERRUPTED);

    assertThat(ResultJson.decode(Files.readString(both)).interrupted()).isTrue();
  }

  @Tag("deep")
  @Test
  void aGateAddsRoundsUntilItCanTell() throws IOException {
    Path both = folder.resolve("both.json");
    List<String> gate = gateAgainstItself("--forks", "3", "--limit", "*=900%");
    gate.addAll(List.of("--output", both.toString()));

    assertThat(execute(gate)).isEqualTo(ExitCode.OK);

    assertThat(err.toString()).contains("more rounds of G2");
    assertThat(ResultJson.decode(Files.readString(both)).cells().get(0).forks()).hasSize(6);
  }

  /** A base that is this build. */
  private List<String> gateAgainstItself(String... options) throws IOException {
    Path jar = folder.resolve("base.jar");
    writeJar(jar, System.getProperty("java.class.path"));
    List<String> gate = new ArrayList<>(List.of("gate", "--against", jar.toString()));
    gate.addAll(List.of("--fixture", fixture.toString()));
    gate.addAll(List.of("--cache-dir", folder.resolve("cache").toString()));
    gate.addAll(SHORT);
    gate.addAll(List.of(options));
    return gate;
  }

  private static void writeJar(Path jar, String classPath) throws IOException {
    Manifest manifest = new Manifest();
    List<String> entries = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      entries.add(Path.of(entry).toUri().toString());
    }
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, String.join(" ", entries));
    Files.createDirectories(Objects.requireNonNull(jar.getParent()));
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
  }

  @Test
  void aResumedRunWritesTheFilesThatWereNamedAtFirst() throws IOException {
    String first = completeRun();
    Files.delete(namedOutput);
    Files.delete(namedPage);

    int code = execute(List.of("run", "--resume", onlyRun().toString(), "--format", "json"));

    assertThat(code).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).as("what is complete is left as it is").isEqualTo(first);
    assertThat(Files.readString(namedOutput)).isEqualTo(first);
    assertThat(namedPage).isNotEmptyFile();
  }

  @Test
  void aCompleteRunIsLeftAsItIsWhenResumed() throws IOException {
    String first = completeRun();
    Path result = onlyRun().resolve("result.json");
    String kept = Files.readString(result);

    int code = execute(List.of("run", "--resume", onlyRun().toString(), "--format", "json"));

    assertThat(code).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).isEqualTo(first);
    assertThat(Files.readString(result)).isEqualTo(kept);
  }

  /** The interrupt came when every fork had answered. */
  @Test
  void aRunThatLacksNothingIsNotInterruptedAnyMoreOnceResumed() throws IOException {
    completeRun();
    Path file = onlyRun().resolve("result.json");
    RunResult whole = ResultJson.read(file);
    ResultJson.save(interrupted(whole), file);

    int code = execute(List.of("run", "--resume", onlyRun().toString(), "--format", "json"));

    assertThat(code).isEqualTo(ExitCode.OK);
    assertThat(ResultJson.decode(out.toString()).interrupted()).isFalse();
    assertThat(ResultJson.read(file).interrupted()).isFalse();
    assertThat(ResultJson.read(file).cells()).isEqualTo(whole.cells());
  }

  private static RunResult interrupted(RunResult whole) {
    return new RunResult(
        whole.formatVersion(),
        whole.toolVersion(),
        whole.tag(),
        whole.command(),
        whole.startedAt(),
        whole.endedAt(),
        true,
        whole.method(),
        whole.environment(),
        whole.engines(),
        whole.cells(),
        whole.failures(),
        whole.notApplicable(),
        whole.warnings());
  }

  @Test
  void aDamagedAnswerIsNamedWhenResumed() throws IOException {
    completeRun();
    Path answer = answers().get(answers().size() - 1);
    Files.writeString(
        answer, Files.readString(answer).replaceFirst("\"ops\" : \\d+", "\"ops\" : -1"));

    assertThat(execute(List.of("run", "--resume", onlyRun().toString()))).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains(answer.toString(), "ops: must not be negative");
  }

  @Test
  void aDryRunSaysWhatItWouldDoAndMakesNothing() throws IOException {
    assertThat(run("--engine", "faulty,lmdb", "--forks", "7", "--dry-run", "--budget", "1m"))
        .isEqualTo(ExitCode.OK);

    assertThat(out.toString())
        .contains("fixture  faulty: 2,000 grants, is there", "lmdb: a copy of them, to be made")
        .contains("cells    G2: warm-up", "rounds", "time     about ");
    assertThat(folder.resolve("cache")).doesNotExist();
    out.getBuffer().setLength(0);

    assertThat(execute(List.of("run", "--grants", "10g", "--dry-run"))).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("10,000,000,000 grants, synthetic, to be made");
  }

  @Test
  void wrongAnswerOfAForkEndsTheRunAndNamesEverything() throws IOException {
    Files.writeString(fixture.resolve("fault"), "DROPS_ROW_BY_ENTITLEMENT");

    assertThat(run("--bench", "G3", "--forks", "3")).isEqualTo(ExitCode.WRONG);

    assertThat(err.toString())
        .contains("benchmark=G3", "key=\"app\"", "expected=", "found=")
        .contains("wrong answers; what was measured is in " + onlyRun());
    assertThat(out.toString()).isEmpty();
    assertThat(answers()).hasSize(1);
  }

  @Test
  void forkThatHangsIsEndedAndReported() throws IOException {
    Files.writeString(fixture.resolve("fault"), "HANG");

    int code = run("--forks", "2", "--cell-timeout", "1s");

    assertThat(code).isEqualTo(ExitCode.FAILURE);
    RunResult result = ResultJson.decode(out.toString());
    assertThat(result.failures())
        .extracting(CellFailure::kind)
        .containsExactly(CellFailure.Kind.TIMEOUT);
    assertThat(result.failures().get(0).reason()).contains("no answer after 1 s");
  }

  @Test
  void timeoutWithoutForksIsRefused() {
    assertThat(run("--forks", "0", "--cell-timeout", "4s")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("--cell-timeout ends forks, and --forks 0 has none");
  }

  @Test
  void forkThatDiesIsReported() throws IOException {
    Files.writeString(fixture.resolve("fault"), "DIE");

    assertThat(run("--forks", "1")).isEqualTo(ExitCode.FAILURE);
    assertThat(err.toString()).contains("status 17");
  }

  /** An engine may meet the error and tell it as a failure of its own. */
  @Test
  void wantOfMemoryIsSaidWhoeverMetIt() throws IOException {
    Files.writeString(fixture.resolve("fault"), "FULL");

    assertThat(run("--forks", "0")).isEqualTo(ExitCode.FAILURE);

    assertThat(ResultJson.decode(out.toString()).failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.kind()).isEqualTo(CellFailure.Kind.DIED);
              assertThat(failure.reason()).isEqualTo("out of memory: get failed: Capacity: 15");
            });
  }

  @Test
  void anEngineWithoutOneOfTheCallsIsMeasuredByTheOthers() throws IOException {
    Files.writeString(fixture.resolve("fault"), "UNKNOWING");

    assertThat(run("--bench", "G3,G3x20", "--forks", "0")).isEqualTo(ExitCode.FAILURE);

    RunResult result = ResultJson.decode(out.toString());
    assertThat(result.cells()).extracting(CellSeries::benchmark).containsExactly("G3");
    assertThat(result.failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.kind()).isEqualTo(CellFailure.Kind.UNAVAILABLE);
              assertThat(failure.question()).isEqualTo("G3x20");
              assertThat(failure.reason()).contains("not known: ByEntitlements");
            });
  }

  @Test
  void whatFailedIsTriedAgainWhenResumed() throws IOException {
    completeRun();
    Path answered = answers().get(answers().size() - 1);
    Answer full = Answer.failed(CellFailure.Kind.FAILED, "no space left");
    ResultJson.save(full, answered);

    int code = execute(List.of("run", "--resume", onlyRun().toString(), "--format", "json"));

    assertThat(code).isEqualTo(ExitCode.OK);
    assertThat(ResultJson.decode(out.toString()).failures()).isEmpty();
    assertThat(ResultJson.read(answered, Answer.class).isFinal()).isTrue();
  }

  @Test
  void onlyWhatAsksByKeyHasARateAndADistribution() throws IOException {
    int code = run("--bench", "G5,G2", "--forks", "0", "--rate", "50", "--distribution", "zipf");

    assertThat(code).isEqualTo(ExitCode.OK);
    assertThat(ResultJson.decode(out.toString()).cells())
        .extracting(CellSeries::question)
        .containsExactly("G5", "G2 zipf rate=50/s");
  }

  /**
   * Copies a complete run, which names two files, into this test's cache; the first test to ask for
   * it runs it.
   *
   * @return what it printed
   */
  private String completeRun() throws IOException {
    Path original = shared.resolve("cache");
    Path printed = shared.resolve("printed.json");
    if (!Files.exists(printed)) {
      List<String> first = new ArrayList<>(List.of("run", "--fixture", fixture.toString()));
      first.addAll(List.of("--cache-dir", original.toString(), "--format", "json"));
      first.addAll(List.of("--output", namedOutput.toString(), "--html", namedPage.toString()));
      first.addAll(SHORT);
      first.addAll(List.of("--forks", "1"));
      assertThat(execute(first)).isEqualTo(ExitCode.OK);
      Files.writeString(printed, out.toString());
      out.getBuffer().setLength(0);
      err.getBuffer().setLength(0);
    }
    try (Stream<Path> files = Files.walk(original)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve("cache").resolve(original.relativize(file)));
      }
    }
    return Files.readString(printed);
  }

  private Path onlyRun() throws IOException {
    try (Stream<Path> runs = Files.list(folder.resolve("cache/runs"))) {
      return runs.findFirst().orElseThrow();
    }
  }

  private List<Path> answers() throws IOException {
    try (Stream<Path> files = Files.list(onlyRun().resolve("forks"))) {
      return files.filter(file -> file.toString().endsWith(".answer.json")).sorted().toList();
    }
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("run", "--fixture", fixture.toString()));
    all.addAll(List.of("--cache-dir", folder.resolve("cache").toString(), "--format", "json"));
    List<String> given = List.of(arguments);
    boolean forked = !given.contains("0");
    for (int i = 0; i < SHORT.size(); i += 2) {
      boolean known = forked || !SHORT.get(i).equals("--cell-timeout");
      if (known && !given.contains(SHORT.get(i))) {
        all.addAll(SHORT.subList(i, i + 2));
      }
    }
    all.addAll(given);
    return execute(all);
  }

  private int execute(List<String> arguments) {
    return InThisJvm.run(arguments, Interruption.never(), out, err);
  }
}
