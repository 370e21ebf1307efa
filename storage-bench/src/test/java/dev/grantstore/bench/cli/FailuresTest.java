package dev.grantstore.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.bench.benchmark.WrongAnswerException;
import dev.grantstore.fixture.error.FixtureException;
import dev.grantstore.fixture.error.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

final class FailuresTest {
  @Test
  void wrongAnswersAndDamageHaveTheirOwnCode() {
    assertThat(Failures.exitCode(new WrongAnswerException("G2", "k", "a", "b"))).isEqualTo(4);
    assertThat(Failures.exitCode(new GrantStoreException(Reason.CORRUPTION, "x"))).isEqualTo(4);
    assertThat(Failures.exitCode(new FixtureException(Problem.DAMAGED, "x"))).isEqualTo(4);
  }

  @Test
  void whatTheMachineDoesNotAllowIsAFailure() {
    assertThat(Failures.exitCode(new GrantStoreException(Reason.LOCKED, "x"))).isEqualTo(1);
    assertThat(Failures.exitCode(new IOException("x"))).isEqualTo(1);
  }

  @Test
  void anythingElseIsOne() {
    assertThat(Failures.exitCode(new IllegalStateException("x"))).isEqualTo(1);
  }

  @Test
  void outOfMemoryComesWithAdviceHoweverItIsWrapped() {
    Throwable wrapped = new IllegalStateException("thread failed", new OutOfMemoryError("heap"));

    assertThat(Failures.line(wrapped)).contains("out of memory", "GRANTSTORE_JAVA_OPTS=-Xmx");
  }

  @Test
  void lineIsOneLine() {
    assertThat(Failures.line(new IOException("a\nb"))).isEqualTo("IOException: a b");
    assertThat(Failures.line(new UncheckedIOException("no folder", new IOException("full"))))
        .isEqualTo("no folder: java.io.IOException: full");
    assertThat(Failures.line(new IllegalStateException())).isEqualTo("IllegalStateException");
  }
}
