package dev.grantstore.bench.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.Durability;
import dev.grantstore.GrantStoreException;
import dev.grantstore.bench.benchmark.LimitedJvms.Ended;
import dev.grantstore.bench.benchmark.WrongAnswerException;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.run.CellRequest;
import dev.grantstore.bench.run.CellRequest.Engine;
import dev.grantstore.bench.run.CellRequest.Step;
import dev.grantstore.bench.run.CellRunner.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LimitedForksTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir private Path folder;

  /** With 2 MiB it does not get as far as looking for the fixture, which is not there. */
  @Test
  void jvmThatRunsOutOfMemoryHasEndedAndSaysOfWhat() {
    Ended ended = burstWith(2);

    assertThat(ended.cell()).isNull();
    assertThat(ended.death()).containsAnyOf("OutOfMemoryError", "fork ended with status");
    assertThat(folder.resolve("fork-2-MiB.log")).exists();
  }

  /** It was of the same cell, which is measured anew as a whole. */
  @Test
  void whatAnEarlierTryAnsweredIsNotTaken() throws IOException {
    ResultJson.save(
        Answer.failed(CellFailure.Kind.WRONG_ANSWER, "earlier"),
        folder.resolve("fork-2-MiB.answer.json"));

    assertThat(burstWith(2).death()).isNotEqualTo("earlier").isNotEmpty();
  }

  @Test
  void deathOfWantOfMemoryIsAnAnswerAndSoIsTakingTooLong() {
    Answer killed = Answer.failed(CellFailure.Kind.DIED, "status 137");

    assertThat(LimitedForks.ended(killed, true)).isEqualTo(new Ended(null, "status 137", false));
    assertThat(LimitedForks.ended(Answer.failed(CellFailure.Kind.TIMEOUT, "of that"), false))
        .isEqualTo(new Ended(null, "of that", true));
    assertThat(
            LimitedForks.ended(Answer.failed(CellFailure.Kind.DIED, "OutOfMemoryError: x"), false))
        .isEqualTo(new Ended(null, "OutOfMemoryError: x", false));
    assertThat(LimitedForks.ended(Answer.outOfMemory("load failed: Capacity: 15"), false))
        .isEqualTo(new Ended(null, "out of memory: load failed: Capacity: 15", false));
  }

  /** A crash of the engine, or the shell that cannot enter the group. */
  @Test
  void otherDeathIsNoAnswer() {
    Answer crash = Answer.failed(CellFailure.Kind.DIED, "fork ended with status 134");

    assertThatThrownBy(() -> LimitedForks.ended(crash, false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not of want of memory", "status 134");
  }

  @Test
  void otherFailuresAreNone() {
    assertThatThrownBy(
            () -> LimitedForks.ended(Answer.failed(CellFailure.Kind.WRONG_ANSWER, "digest"), true))
        .isInstanceOf(WrongAnswerException.class)
        .hasMessage("digest");
    assertThatThrownBy(
            () ->
                LimitedForks.ended(Answer.failed(CellFailure.Kind.UNAVAILABLE, "no library"), true))
        .isInstanceOf(GrantStoreException.class);
    assertThatThrownBy(
            () -> LimitedForks.ended(Answer.failed(CellFailure.Kind.FAILED, "bug"), true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("bug");
  }

  private Ended burstWith(int limitMib) {
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

    return forks
        .run(
            limitMib,
            "G8burst",
            CellSettings.closed(SECOND, SECOND, 1, 0, 1),
            Duration.ofMinutes(9))
        .orElseThrow();
  }
}
