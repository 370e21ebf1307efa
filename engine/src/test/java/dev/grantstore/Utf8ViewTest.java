package dev.grantstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class Utf8ViewTest {
  private static final long GOLDEN_EMPTY = 0L;
  private static final long GOLDEN = -4278689781570661523L;

  @Test
  void aNewViewIsEmpty() {
    Utf8View view = new Utf8View();

    assertThat(view.length()).isZero();
    assertThat(view).hasToString("");
    assertThat(view.contentEquals(new byte[0])).isTrue();
    assertThat(view.hash64()).isEqualTo(view("").hash64());
  }

  @Test
  void showsAPartOfAnArray() {
    Utf8View view = new Utf8View();
    view.wrap("xxa\u00e9\ud83d\udd25yy".getBytes(StandardCharsets.UTF_8), 2, 7);
    byte[] target = new byte[9];
    view.copyTo(target, 1);

    assertThat(view).hasToString("a\u00e9\ud83d\udd25");
    assertThat(view.length()).isEqualTo(7);
    assertThat(view.at(0)).isEqualTo((byte) 'a');
    assertThat(view.at(1)).isEqualTo((byte) 0xc3);
    assertThat(target).startsWith(0, 'a', 0xc3).endsWith(0xa5, 0);
  }

  @Test
  void movesWithItsOwner() {
    byte[] lent = "ab".getBytes(StandardCharsets.UTF_8);
    Utf8View view = new Utf8View();
    view.wrap(lent, 0, 2);
    lent[0] = 'x';

    assertThat(view).hasToString("xb");
    view.wrap(lent, 1, 1);
    assertThat(view).hasToString("b");
  }

  @Test
  void comparesWholeContents() {
    Utf8View view = new Utf8View();
    view.wrap("xabx".getBytes(StandardCharsets.UTF_8), 1, 2);

    assertThat(view.contentEquals("ab".getBytes(StandardCharsets.UTF_8))).isTrue();
    assertThat(view.contentEquals("abx".getBytes(StandardCharsets.UTF_8))).isFalse();
    assertThat(view.contentEquals("a".getBytes(StandardCharsets.UTF_8))).isFalse();
    assertThat(view.contentEquals("ac".getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  @Test
  void equalBytesHashEquallyWhereverTheyLie() {
    for (int length = 0; length < 40; length++) {
      String text = "0123456789\u00e9bcdefghijklmnopqrstuvwxyz!#$%".substring(0, length);
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      for (int before = 0; before < 10; before++) {
        for (int after = 0; after < 10; after++) {
          byte[] array = new byte[before + utf8.length + after];
          Arrays.fill(array, (byte) 0xff);
          System.arraycopy(utf8, 0, array, before, utf8.length);
          Utf8View shifted = new Utf8View();
          shifted.wrap(array, before, utf8.length);

          assertThat(shifted.hash64()).isEqualTo(view(text).hash64());
        }
      }
    }
  }

  @Test
  void differentBytesHashDifferently() {
    Set<Long> hashes = new HashSet<>();
    int texts = 0;
    for (int length = 0; length < 20; length++) {
      hashes.add(view("\u0000".repeat(length)).hash64());
      texts++;
      for (int at = 0; at < length; at++) {
        for (String other : new String[] {"\u0001", "a", "\u007f"}) {
          String zeros = "\u0000".repeat(length);
          hashes.add(view(zeros.substring(0, at) + other + zeros.substring(at + 1)).hash64());
          texts++;
        }
      }
    }

    assertThat(hashes).hasSize(texts);
  }

  @Test
  void theHashIsTheSameInEveryProcess() {
    assertThat(view("").hash64()).isEqualTo(GOLDEN_EMPTY);
    assertThat(view("grant-1\u0000\ud83d\udd25").hash64()).isEqualTo(GOLDEN);
  }

  private static Utf8View view(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Utf8View view = new Utf8View();
    view.wrap(bytes, 0, bytes.length);
    return view;
  }
}
