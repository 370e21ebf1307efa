package dev.grantstore.bench.fork;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Durability;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.CellSettings.KeyDistribution;
import dev.grantstore.bench.result.CellSettings.Temperature;
import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.run.CellRequest;
import dev.grantstore.bench.run.CellRequest.AskedCell;
import dev.grantstore.bench.run.CellRequest.Engine;
import dev.grantstore.bench.run.CellRequest.Step;
import dev.grantstore.bench.run.CellRunner.Answer;
import dev.grantstore.bench.testengine.FaultyEngine;
import dev.grantstore.bench.testengine.Subjects;
import dev.grantstore.fixture.Fixtures;
import dev.grantstore.fixture.load.CreateOptions;
import dev.grantstore.fixture.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ForkLauncherTest {
  @TempDir private Path folder;

  /** Its time is up as soon as it hangs, however long it took to get there. */
  @Test
  void forkThatHangsIsEndedAndItsThreadsAreInItsLog() throws IOException {
    Path fixture = folder.resolve("fixture");
    Fixtures.create(
        Subjects.SPEC,
        CreateOptions.defaults().withEngine(FaultyEngine.SCHEME),
        fixture,
        Progress.NONE);
    Files.writeString(fixture.resolve("fault"), "HANG");
    Path hanging = fixture.resolve("hanging");
    ForkLauncher launcher =
        new ForkLauncher(
            folder,
            Duration.ofSeconds(4),
            new Halt(),
            ForkLauncher.thisBuild(),
            () -> Files.exists(hanging) ? 5_000_000_000L : 0);

    // As a fork leaves it that is ended while it writes.
    Path left = Files.createTempDirectory(folder, "grantstore-scratch-");
    Files.writeString(
        left.resolve("owner.lock"),
        "made by a process of grantstore; whoever finds it unlocked may remove the folder\n");

    Answer answer = launcher.run("fork", request(fixture)).orElseThrow();

    assertThat(answer.failure()).isEqualTo(CellFailure.Kind.TIMEOUT);
    assertThat(answer.reason()).contains("no answer after 4 s", "fork.log");
    assertThat(Files.readString(folder.resolve("fork.log"))).contains("EndlessStore");
    assertThat(left).doesNotExist();
  }

  @Test
  void whatWillBeTriedAgainIsNoAnswer() throws IOException {
    ForkLauncher launcher =
        new ForkLauncher(folder, Duration.ofSeconds(4), new Halt(), ForkLauncher.thisBuild());
    ResultJson.save(
        Answer.failed(CellFailure.Kind.FAILED, "disk full"), folder.resolve("fork.answer.json"));

    assertThat(launcher.hasAnswered("fork")).isFalse();
    assertThat(launcher.hasAnswered("other")).isFalse();
  }

  /** Another build may answer in another form; what is left must not stop the run from going on. */
  @Test
  void anAnswerThatCannotBeReadIsAFailureThatIsTriedAgain() throws IOException {
    Path source = folder.resolve("ForkMain.java");
    Files.writeString(
        source,
        """
        package dev.grantstore.bench.fork;

        final class ForkMain {
          public static void main(String[] files) throws java.io.IOException {
            java.nio.file.Files.writeString(java.nio.file.Path.of(files[1]), "nonsense");
          }
        }
        """);
    Path classes = Files.createDirectory(folder.resolve("other"));
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", classes.toString(), source.toString()))
        .isZero();
    ForkLauncher launcher =
        new ForkLauncher(folder, Duration.ofMinutes(20), new Halt(), classes.toString());

    for (int i = 0; i < 2; i++) {
      Answer answer = launcher.run("fork", request(folder)).orElseThrow();
      assertThat(answer.failure()).isEqualTo(CellFailure.Kind.FAILED);
      assertThat(answer.reason()).contains("cannot be read");
      assertThat(launcher.hasAnswered("fork")).isFalse();
    }
    assertThat(folder.resolve("fork.answer.json.unreadable")).exists();
  }

  /** It halts the run: the forks that are left are not started, to be ended at once. */
  @ParameterizedTest
  @EnumSource(Temperature.class)
  void anInterruptEndsAForkHaltsTheRunAndIsKept(Temperature temperature) throws IOException {
    Halt halt = new Halt();
    ForkLauncher launcher =
        new ForkLauncher(folder, Duration.ofMinutes(20), halt, ForkLauncher.thisBuild());
    Path fixture = Files.createDirectory(folder.resolve("fixture"));
    Files.writeString(fixture.resolve("file"), "x");
    Thread.currentThread().interrupt();

    Optional<Answer> answer = launcher.run("fork", request(fixture, temperature));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(answer).isEmpty();
    assertThat(halt.isRequested()).isTrue();
    assertThat(ProcessHandle.current().children().filter(ForkLauncherTest::isFork)).isEmpty();
  }

  private static boolean isFork(ProcessHandle child) {
    return child.info().commandLine().orElse("").contains("fork.request.json");
  }

  private CellRequest request(Path fixture) {
    return request(fixture, Temperature.WARM);
  }

  private CellRequest request(Path fixture, Temperature temperature) {
    Duration second = Duration.ofSeconds(1);
    CellSettings settings =
        new CellSettings(
            temperature == Temperature.COLD ? Duration.ZERO : second,
            temperature == Temperature.COLD ? Duration.ZERO : second,
            second,
            1,
            0,
            1,
            KeyDistribution.UNIFORM,
            temperature,
            0);
    return new CellRequest(
        fixture.toString(),
        Engine.OF_FIXTURE,
        Map.of(),
        Set.of(Step.MEASURE),
        List.of(new AskedCell("G2", settings)),
        1 << 20,
        Durability.WAL,
        folder.toString(),
        0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-agentlib:jdwp=transport=dt_socket",
        "-agentpath:/opt/profiler.so=start",
        "-javaagent:agent.jar",
        "-Xlog:gc*:file=gc.log",
        "-Xloggc:gc.log",
        "-XX:LogFile=vm.log",
        "-XX:ArchiveClassesAtExit=app.jsa",
        "-XX:StartFlightRecording",
        "-XX:StartFlightRecording:filename=a.jfr",
        "-XX:StartFlightRecording=filename=a.jfr"
      })
  void agentsRecordingsAndWrittenFilesAreOfOneProcess(String flag) {
    assertThat(ForkLauncher.isForForks(flag)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xmx2g", "-XX:+UseSerialGC", "-ea", "-Dname=-javaagent:"})
  void otherFlagsAreForForks(String flag) {
    assertThat(ForkLauncher.isForForks(flag)).isTrue();
  }
}
