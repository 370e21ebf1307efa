package dev.grantstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ExcerptTest {
  @Test
  void printableTextStandsInQuotes() {
    assertThat(Excerpt.of("a b~")).isEqualTo("\"a b~\"");
    assertThat(Excerpt.of("")).isEqualTo("\"\"");
  }

  @Test
  void whateverIsNotPrintableAsciiIsEscaped() {
    assertThat(Excerpt.of("\u0000\n\u007f\u00e9\ud83d"))
        .isEqualTo("\"\\u0000\\u000a\\u007f\\u00e9\\ud83d\"");
    assertThat(Excerpt.of("\"\\")).isEqualTo("\"\\\"\\\\\"");
  }

  @Test
  void bytesOutsidePrintableAsciiAreEscaped() {
    byte[] bytes = {'x', 'a', 0, (byte) 0xff, '"', '\\', 'y'};

    assertThat(Excerpt.of(bytes, 1, 5)).isEqualTo("\"a\\x00\\xff\\\"\\\\\"");
    assertThat(Excerpt.of(bytes, 3, 0)).isEqualTo("\"\"");
  }

  @Test
  void textThatFitsIsNotCut() {
    assertThat(Excerpt.of("x".repeat(64))).isEqualTo("\"" + "x".repeat(64) + "\"");
  }

  @Test
  void longTextIsCutAndSaysSo() {
    String expected = "\"" + "x".repeat(64) + "\"...";

    assertThat(Excerpt.of("x".repeat(65))).isEqualTo(expected);
    assertThat(Excerpt.of("x".repeat(1 << 20))).isEqualTo(expected);
    byte[] bytes = "x".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
    assertThat(Excerpt.of(bytes, 0, bytes.length)).isEqualTo(expected);
  }

  @Test
  void escapesAreNeverCutInTheirMiddle() {
    assertThat(Excerpt.of("\u0000".repeat(100))).hasSizeLessThan(80).endsWith("\\u0000\"...");
    assertThat(Excerpt.of(new byte[100], 0, 100)).hasSizeLessThan(80).endsWith("\\x00\"...");
  }

  @Test
  void anythingIsPrintableAscii() {
    StringBuilder everything = new StringBuilder();
    for (int c = 0; c < 0x10000; c += 37) {
      everything.append((char) c);
      assertThat(Excerpt.of(everything.toString())).matches("[\\x20-\\x7e]*");
      everything.setLength(0);
    }
  }
}
