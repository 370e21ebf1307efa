package dev.grantstore.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class InterruptionTest {
  @Test
  void whatFailsWhileEndingKeepsNoOtherFromItsTurn() {
    Interruption interruption = Interruption.never();
    interruption.whenRequested(
        () -> {
          throw new IllegalStateException("broken");
        });
    interruption.whenRequested(
        () -> {
          throw new NoClassDefFoundError("broken");
        });
    interruption.whenRequested(() -> interruption.ended(ExitCode.INTERRUPTED));
    interruption.keeps("kept: a");
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    interruption.end(new Console(err, false, () -> 80, System::nanoTime));

    assertThat(interruption.isRequested()).isTrue();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("interrupted: stopping", "kept: a");
  }

  /** Otherwise the JVM would end with 130 or 143 as chance has it. */
  @Test
  void workThatASignalEndedDoesNotEndTheProcessAsWell() {
    Interruption ended = Interruption.never();
    Interruption interrupted = Interruption.never();
    AtomicBoolean isEnding = new AtomicBoolean();
    interrupted.whenRequested(() -> isEnding.set(interrupted.ended(ExitCode.INTERRUPTED)));

    interrupted.end(
        new Console(OutputStream.nullOutputStream(), false, () -> 80, System::nanoTime));

    assertThat(isEnding).isTrue();
    assertThat(ended.ended(ExitCode.OK)).isFalse();
  }
}
