package dev.grantstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Utf8Test {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "c1a1, overlong form",
    "c080, overlong form",
    "e08080, overlong form",
    "f0808080, overlong form",
    "eda080, surrogate",
    "edbfbf, surrogate",
    "eda0bdedb4a5, surrogate",
    "f4908080, beyond U+10FFFF",
    "f5808080, beyond U+10FFFF",
    "f888808080, byte that UTF-8 does not have",
    "ff, byte that UTF-8 does not have",
    "fe, byte that UTF-8 does not have",
    "c0, byte that UTF-8 does not have",
    "80, continuation byte without a start",
    "bf, continuation byte without a start",
    "c3, sequence is cut short",
    "e282, sequence is cut short",
    "e28241, sequence is cut short",
    "f09f94, sequence is cut short",
    "f09f9441, sequence is cut short",
  })
  void whatIsNotUtf8IsRefusedByName(String hex, String problem) {
    assertThatThrownBy(() -> Utf8.decode(HexFormat.of().parseHex(hex)))
        .isInstanceOf(NotUtf8Exception.class)
        .hasMessageStartingWith("not valid UTF-8: line 1, byte 1: " + problem + ": ");
  }

  @Test
  void thePlaceIsToldByOffsetLineAndByte() {
    byte[] bytes = "xxone\n\u00e9two\nab\u00c1".getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length - 2] = (byte) 0xc1;
    assertThatThrownBy(() -> Utf8.decode(bytes, 2, bytes.length - 2))
        .isInstanceOfSatisfying(
            NotUtf8Exception.class,
            e -> {
              assertThat(e.offset()).isEqualTo(12);
              assertThat(e.line()).isEqualTo(3);
              assertThat(e.byteInLine()).isEqualTo(3);
            });
  }

  @Test
  void textStaysAsItIs() throws IOException {
    String text = "\u0000e\u0301\u00e9\ufffd\ufeff\ufffe\uffff\ud7ff\ue000\ud83d\udd25\udbff\udfff";
    assertThat(Utf8.decode(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
    assertThat(Utf8.decode(new byte[0])).isEmpty();
  }

  /** Bytes at which anything changes, in all sequences of up to four, against the JDK's decoder. */
  @Test
  void theVerdictIsTheStandards() {
    int[] edges = {
      0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1,
      0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff
    };
    List<String> differing = new ArrayList<>();
    for (int first : edges) {
      for (int second : edges) {
        for (int third : edges) {
          for (int length = 1; length <= 3; length++) {
            compare(new int[] {first, second, third}, length, differing);
          }
          for (int fourth : new int[] {0x41, 0x80, 0xbf, 0xc2}) {
            compare(new int[] {first, second, third, fourth}, 4, differing);
          }
        }
      }
    }
    assertThat(differing).isEmpty();
  }

  @Test
  void aFileMayBeginWithOneMark() throws IOException {
    assertThat(Utf8.read(file("\ufeff\ufeffa", StandardCharsets.UTF_8))).isEqualTo("\ufeffa");
    assertThat(Utf8.read(file("", StandardCharsets.UTF_8))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-16LE, UTF-16 (little-endian)",
    "UTF-16BE, UTF-16 (big-endian)",
    "UTF-32LE, UTF-32 (little-endian)",
    "UTF-32BE, UTF-32 (big-endian)",
  })
  void otherEncodingsAreNamedWithAndWithoutMark(String charset, String name) throws IOException {
    for (String text : new String[] {"\ufeff{\"a\":1}", "{\"a\":1}", "id,x", "\ufeff\u4e00"}) {
      Path file = file(text, Charset.forName(charset));
      assertThatThrownBy(() -> Utf8.read(file)).hasMessageContaining("looks like " + name);
    }
    assertThat(Utf8.otherEncoding(new byte[4], 4)).isEqualTo(Optional.empty());
  }

  @Test
  void anArgumentTheJvmCouldNotReadIsRefused() {
    assertThat(Utf8.checkGiven("argument", "\u00e9")).isEqualTo("\u00e9");
    assertThatThrownBy(() -> Utf8.checkGiven("argument", "a\ufffd\ufffd"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("argument", "LC_ALL=C.UTF-8", "\\ufffd");
    assertThatThrownBy(() -> Utf8.checkGiven("argument", "a\ud83d"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unpaired surrogate");
  }

  private Path file(String text, Charset charset) throws IOException {
    return Files.write(folder.resolve("file"), text.getBytes(charset));
  }

  private static void compare(int[] values, int length, List<String> differing) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) values[i];
    }
    if (!ours(bytes).equals(jdks(bytes))) {
      differing.add(HexFormat.of().formatHex(bytes));
    }
  }

  private static Optional<String> ours(byte[] bytes) {
    try {
      return Optional.of(Utf8.decode(bytes));
    } catch (NotUtf8Exception e) {
      return Optional.empty();
    }
  }

  private static Optional<String> jdks(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
