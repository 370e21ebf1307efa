package dev.grantstore.bench.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.Durability;
import dev.grantstore.GrantStoreException;
import dev.grantstore.bench.benchmark.LimitedJvms.Ended;
import dev.grantstore.bench.benchmark.WrongAnswerException;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.run.CellRequest;
import dev.grantstore.bench.run.CellRequest.Engine;
import dev.grantstore.bench.run.CellRequest.Step;
import dev.grantstore.bench.run.CellRunner.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LimitedForksTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir private Path folder;

  /** With 2 MiB it does not get as far as looking for the fixture, which is not there. */
  @Test
  void jvmThatRunsOutOfMemoryHasEndedAndSaysOfWhat() {
    CellRequest request =
        new CellRequest(
            folder.resolve("none").toString(),
            Engine.OF_FIXTURE,
            Map.of(),
            Set.of(Step.MEASURE),
            List.of(),
            1 << 20,
            Durability.WAL,
            folder.toString(),
            0);
    LimitedForks forks = new LimitedForks(request, folder.resolve("fork.answer.json"), new Halt());

    Ended ended =
        forks
            .run(2, "G8burst", CellSettings.closed(SECOND, SECOND, 1, 0, 1), Duration.ofMinutes(9))
            .orElseThrow();

    assertThat(ended.cell()).isNull();
    assertThat(ended.death()).containsAnyOf("OutOfMemoryError", "fork ended with status");
    assertThat(folder.resolve("fork-2-MiB.log")).exists();
  }

  @ParameterizedTest
  @EnumSource(
      value = CellFailure.Kind.class,
      names = {"DIED", "TIMEOUT"})
  void deathIsAnAnswer(CellFailure.Kind kind) {
    Ended ended = LimitedForks.ended(Answer.failed(kind, "of that"));

    assertThat(ended.cell()).isNull();
    assertThat(ended.death()).isEqualTo("of that");
  }

  @Test
  void otherFailuresAreNone() {
    assertThatThrownBy(
            () -> LimitedForks.ended(Answer.failed(CellFailure.Kind.WRONG_ANSWER, "digest")))
        .isInstanceOf(WrongAnswerException.class)
        .hasMessage("digest");
    assertThatThrownBy(
            () -> LimitedForks.ended(Answer.failed(CellFailure.Kind.UNAVAILABLE, "no library")))
        .isInstanceOf(GrantStoreException.class);
    assertThatThrownBy(() -> LimitedForks.ended(Answer.failed(CellFailure.Kind.FAILED, "bug")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("bug");
  }
}
