package dev.grantstore.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ConsoleTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void aTerminalSeesRateAndTimeLeft() {
    Console console = console(true, 100);
    console.phase("loading", 1_000_000);
    nanos.set(2_000_000_000L);
    console.rows(200_000);
    assertThat(said())
        .endsWith("\rloading  200,000 of 1,000,000 (20 %)  100,000 grants/s  0:08 left");
  }

  @Test
  void linesComeNoMoreOftenThanAnEyeCanFollow() {
    Console console = console(true, 100);
    console.phase("loading", 10);
    console.rows(1);
    nanos.set(100_000_000L);
    console.rows(2);
    assertThat(said()).isEqualTo("\rloading ...");
  }

  @Test
  void noLineIsWiderThanTheTerminal() {
    Console console = console(true, 30);
    console.phase("loading the grants of a sync with a long name", 1_000_000);
    nanos.set(2_000_000_000L);
    console.rows(200_000);
    console.done();
    assertThat(said().split("[\r\n]")).allSatisfy(line -> assertThat(line).hasSizeLessThan(30));
  }

  @Test
  void whatIsDoneEndsAtAHundredPercent() {
    Console console = console(true, 100);
    console.phase("loading", 1_000);
    nanos.set(1_000_000_000L);
    console.rows(960);
    console.phase("settling", -1);
    console.done();
    assertThat(said())
        .contains("\rloading  1,000 of 1,000 (100 %)  1,000 grants/s")
        .endsWith("\rsettling ...\rsettling    \n");
  }

  @Test
  void whatFailedDoesNot() {
    Console console = console(true, 100);
    console.phase("loading", 1_000);
    nanos.set(1_000_000_000L);
    console.rows(960);
    console.say("tool: disk is full");
    assertThat(said()).doesNotContain("100 %").endsWith("\rtool: disk is full\n");
  }

  @Test
  void aFileSeesALineEveryTenSecondsOnly() {
    Console console = console(false, 0);
    console.phase("loading", 10);
    nanos.set(9_000_000_000L);
    console.rows(5);
    console.warn("odd");
    nanos.set(10_000_000_000L);
    console.rows(6);
    nanos.set(12_000_000_000L);
    console.phase("settling", -1);
    console.done();
    assertThat(said()).isEqualTo("warning: odd\nloading  6 of 10 (60 %)  1 grants/s  0:07 left\n");
  }

  /** F13. */
  @Test
  void controlCharactersDoNotGetThrough() {
    Console console = console(true, 100);
    console.say("sync \u001b]0;owned\u0007 \u202eabc\r\n next");
    console.phase("counting \u001b[2J", -1);
    assertThat(said())
        .isEqualTo("sync \\u001b]0;owned\\u0007 \\u202eabc next\n\rcounting \\u001b[2J ...");
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private Console console(boolean isTerminal, int columns) {
    return new Console(err, isTerminal, () -> columns, nanos::get);
  }
}
