package dev.grantstore.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.testengine.Runs;
import dev.grantstore.tool.ExitCode;
import dev.grantstore.tool.Interruption;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a run ends of which several things failed, in whichever order they did. */
final class ExitCodesTest {
  private static final CellFailure CRASH = failure("a", CellFailure.Kind.FAILED);
  private static final CellFailure SLOW = failure("b", CellFailure.Kind.TIMEOUT);
  private static final CellFailure WRONG = failure("a", CellFailure.Kind.WRONG_ANSWER);
  private static final CellFailure BASE_CRASH = failure("a@base", CellFailure.Kind.FAILED);
  private static final CellFailure BASE_WRONG = failure("a@base", CellFailure.Kind.WRONG_ANSWER);

  @Test
  void theWorstIsTold() {
    assertEnds(ExitCode.OK);
    assertEnds(ExitCode.OK, BASE_CRASH, BASE_WRONG);
    assertEnds(ExitCode.FAILURE, CRASH, SLOW);
    assertEnds(ExitCode.FAILURE, CRASH, BASE_WRONG);
    assertEnds(ExitCode.WRONG, WRONG, CRASH);
    assertEnds(ExitCode.WRONG, SLOW, WRONG, BASE_CRASH);
  }

  private static void assertEnds(int code, CellFailure... failures) {
    List<CellFailure> order = new ArrayList<>(List.of(failures));
    for (int turn = 0; turn < Math.max(1, failures.length); turn++) {
      Runs run = Runs.aRun().cell("a", "G2", 1_000);
      order.forEach(run::failure);
      ByteArrayOutputStream err = new ByteArrayOutputStream();

      int ended = RunCommand.exitCode(session(err), "run", run.result(), Path.of("kept"));

      assertThat(ended).as("%s", order).isEqualTo(code);
      assertThat(err.toString(StandardCharsets.UTF_8).lines())
          .hasSize(failures.length + (code == ExitCode.WRONG ? 1 : 0));
      Collections.rotate(order, 1);
    }
  }

  private static Session session(ByteArrayOutputStream err) {
    return Session.of(
        dev.grantstore.tool.Session.of(
            List.of("run"),
            Map.of(),
            new ByteArrayOutputStream(),
            err,
            Interruption.never(),
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)));
  }

  private static CellFailure failure(String engine, CellFailure.Kind kind) {
    return new CellFailure(engine, "G3", 0, kind, "why");
  }
}
