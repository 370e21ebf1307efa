package dev.grantstore.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.result.Environment;
import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.testengine.KeptEngine;
import dev.grantstore.bench.testengine.Results;
import dev.grantstore.bench.testengine.Runs;
import dev.grantstore.bench.testengine.Subjects;
import dev.grantstore.fixture.Fixtures;
import dev.grantstore.fixture.load.CreateOptions;
import dev.grantstore.fixture.progress.Progress;
import dev.grantstore.tool.ExitCode;
import dev.grantstore.tool.Interruption;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompareAndGateTest {
  private static final double[] BASE = {1000, 1010, 990, 1005, 995, 1002};
  private static final double[] SLOWER = Arrays.stream(BASE).map(v -> v * 1.1).toArray();
  private static final double[] SCATTERED = {1000, 1300, 900, 1250, 870, 1100};

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void gateEndsWithZeroWhenNothingChanged() throws IOException {
    assertThat(gate(BASE)).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("no change", "gate: fine").doesNotContain("UNLIKE");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void gateEndsWithThreeOnARegressionAndTheLimitDecides() throws IOException {
    assertThat(gate(SLOWER, "--limit", "G2=5%")).isEqualTo(3);
    assertThat(out.toString()).contains("WORSE", "gate: regression");
    assertThat(gate(SLOWER, "--limit", "*=15%")).isEqualTo(ExitCode.OK);
  }

  @Test
  void inconclusiveFailsOnlyIfStrict() throws IOException {
    assertThat(gate(SCATTERED)).isEqualTo(ExitCode.OK);
    assertThat(gate(SCATTERED, "--strict")).isEqualTo(5);
    assertThat(out.toString()).contains("gate: inconclusive");
  }

  @Test
  void interruptedResultsDecideNothing() throws IOException {
    Path whole = save("whole.json", run(BASE));
    Path half = save("half.json", Runs.aRun().interrupted().cell("rocksdb", "G2", BASE).result());

    assertThat(execute("gate", "--baseline", whole.toString(), half.toString())).isEqualTo(130);
    assertThat(err.toString()).contains("interrupted result, nothing is decided: " + half);
    err.getBuffer().setLength(0);
    assertThat(execute("gate", "--baseline", half.toString(), whole.toString())).isEqualTo(130);
    assertThat(err.toString()).contains("interrupted result, nothing is decided: " + half);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void moreFiguresThanTheForksCarryEndWithFiveAlsoIfNotStrict() throws IOException {
    Path before = save("before.json", sevenFigures(Arrays.copyOf(BASE, 5)));
    Path now = save("now.json", sevenFigures(Arrays.copyOf(SLOWER, 5)));

    assertThat(execute("gate", "--baseline", before.toString(), now.toString())).isEqualTo(5);
    assertThat(out.toString())
        .contains("cannot claim anything: 5 forks carry 6 figures at once, and there are 7");
    assertThat(execute("gate", "--baseline", before.toString(), now.toString(), "--limit", "B1=5%"))
        .isEqualTo(3);
  }

  @Test
  void figureThatIsMissingIsNotFine() throws IOException {
    assertThat(gate(BASE, "--metric", "p50-nanos,response-p99-nanos")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains("not comparable: rocksdb G2 response p99 ns", "gate: inconclusive");
    assertThat(gate(BASE, "--metric", "p50-nanos,response-p99-nanos", "--strict")).isEqualTo(5);
    assertThat(gate(BASE, "--metric", "response-p99-nanos")).isEqualTo(5);
  }

  @Test
  void wrongAnswersEndWithFourFailuresWithOneAndMissingCellsWithFive() throws IOException {
    Path before = save("before.json", run(BASE));
    CellFailure wrong =
        new CellFailure("rocksdb", "G3", 0, CellFailure.Kind.WRONG_ANSWER, "key=\"k\"");
    Path now = save("now.json", Runs.aRun().cell("rocksdb", "G2", BASE).failure(wrong).result());
    Path none = save("none.json", Runs.aRun().cell("rocksdb", "G3", BASE).result());

    CellFailure late = new CellFailure("rocksdb", "G2", 0, CellFailure.Kind.TIMEOUT, "too slow");
    Path failed =
        save("failed.json", Runs.aRun().cell("rocksdb", "G3", BASE).failure(late).result());

    assertThat(execute("gate", "--baseline", before.toString(), failed.toString()))
        .isEqualTo(ExitCode.FAILURE);
    assertThat(execute("gate", "--baseline", before.toString(), now.toString())).isEqualTo(4);
    assertThat(execute("gate", "--baseline", before.toString(), none.toString()))
        .isEqualTo(ExitCode.INCONCLUSIVE);
    assertThat(out.toString()).contains("key=\"k\"", "not measured now: rocksdb G2");
  }

  @Test
  void unlikeResultsAreRefusedUnlessTold() throws IOException {
    Path one = save("one.json", run(BASE));
    Path other = save("other.json", Results.aResult());

    assertThat(execute("compare", one.toString(), other.toString())).isEqualTo(ExitCode.OK);
    RunResult like = run(BASE);
    Environment machine = Runs.withGovernor(like.environment(), "powersave");
    Path unlike = save("unlike.json", Runs.aRun().on(machine).cell("rocksdb", "G2", BASE).result());
    assertThat(execute("compare", one.toString(), unlike.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("governor", "--anyway");
    out.getBuffer().setLength(0);
    assertThat(execute("compare", one.toString(), unlike.toString(), "--anyway"))
        .isEqualTo(ExitCode.OK);
    assertThat(out.toString()).startsWith("UNLIKE, compared all the same: governor");
  }

  @Test
  void twoEnginesOfOneResultAreCompared() throws IOException {
    Path file = save("run.json", Results.aResult());

    assertThat(execute("compare", file.toString(), "--engine", "rocksdb,lmdb"))
        .isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("rocksdb -> lmdb", "forks interleaved", "at least 5");
    assertThat(execute("compare", file.toString(), "--engine", "rocksdb,nope"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("no such engine in the run: nope");
  }

  @Test
  void jsonIsAloneOnStandardOutput() throws IOException {
    assertThat(gate(SLOWER, "--format", "json")).isEqualTo(3);
    assertThat(out.toString()).startsWith("{").endsWith("}\n").contains("\"REGRESSION\"");
  }

  @Test
  void argumentsThatMakeNoSenseAreNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("x.json"), "{}");
    Path good = save("good.json", run(BASE));

    assertThat(execute("gate", good.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(execute("compare", file.toString(), good.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(execute("compare", "/no/such", good.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(execute("compare", good.toString(), good.toString(), "--metric", "speed"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(execute("gate", "--baseline", good.toString(), good.toString(), "--limit", "G9=5%"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .contains("--baseline", "not a result", "/no/such", "\"speed\"", "p50-nanos", "\"G9\"");
  }

  @Test
  void withoutAResultOfNowItIsMeasuredAnewAsTheBaselineWas() throws IOException {
    // Of so short a G1 there is one operation on any machine, so the figure is the same both times.
    Path fixture = folder.resolve("fixture");
    CreateOptions options = CreateOptions.defaults().withEngine(KeptEngine.SCHEME);
    Fixtures.create(Subjects.SPEC, options, fixture, Progress.NONE);
    String before = folder.resolve("before.json").toString();
    List<String> run =
        List.of("run", "--fixture", fixture.toString(), "--bench", "G1", "--forks", "0");
    List<String> shortly = List.of("--duration", "1ms", "--warmup", "1ms", "--output", before);
    List<String> command = new ArrayList<>(run);
    command.addAll(shortly);
    command.addAll(List.of("--cache-dir", folder.resolve("cache").toString()));
    assertThat(execute(command.toArray(String[]::new))).isEqualTo(ExitCode.OK);
    String saved = Files.readString(Path.of(before));
    out.getBuffer().setLength(0);

    assertThat(execute("gate", "--baseline", before)).as(err.toString()).isEqualTo(5);

    assertThat(out.toString())
        .contains("forks=1, at least 5 are needed", "gate: cannot claim anything");
    assertThat(out.toString()).doesNotStartWith("UNLIKE");
    assertThat(Files.readString(Path.of(before))).isEqualTo(saved);
  }

  @Test
  void baselineThatCannotBeMeasuredAnewIsRefused() throws IOException {
    Path other = save("other.json", Runs.aRun().command("quickstart").result());

    assertThat(execute("gate", "--baseline", other.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("was not made by a 'run'", "quickstart");
  }

  @Test
  void helpHasExamples() {
    assertThat(execute("gate", "--help")).isEqualTo(ExitCode.OK);
    assertThat(execute("compare", "--help")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains("gate --baseline main.json branch.json --limit G2=5%")
        .contains("compare before.json after.json");
  }

  private int gate(double[] current, String... more) throws IOException {
    Path before = save("before.json", run(BASE));
    Path now = save("now.json", run(current));
    List<String> all = new ArrayList<>();
    all.addAll(List.of("gate", "--baseline", before.toString(), now.toString()));
    all.addAll(List.of(more));
    return execute(all.toArray(String[]::new));
  }

  private static RunResult run(double... p50Nanos) {
    return Runs.aRun().cell("rocksdb", "G2", p50Nanos).result();
  }

  private static RunResult sevenFigures(double... p50Nanos) {
    Runs run = Runs.aRun();
    for (int i = 0; i < 7; i++) {
      run.cell("rocksdb", "B" + i, p50Nanos);
    }
    return run.result();
  }

  private Path save(String name, RunResult result) throws IOException {
    Path file = folder.resolve(name);
    ResultJson.save(result, file);
    return file;
  }

  private int execute(String... arguments) {
    return InThisJvm.run(List.of(arguments), Interruption.never(), out, err);
  }
}
