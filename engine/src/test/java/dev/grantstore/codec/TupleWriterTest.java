package dev.grantstore.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class TupleWriterTest {
  @Test
  void theWorkedExampleIsWrittenAsTheGrammarSays() {
    assertThat(
            hex(
                out -> {
                  out.putElement("a");
                  out.putElement("b\u0000");
                }))
        .isEqualTo("6100" + "62010100");
  }

  @Test
  void elementsAreGoldenBytes() {
    assertThat(hex(out -> out.putElement(""))).isEqualTo("00");
    assertThat(hex(out -> out.putElement("\u0000"))).isEqualTo("010100");
    assertThat(hex(out -> out.putElement("\u0001"))).isEqualTo("010200");
    assertThat(hex(out -> out.putElement("\u0002"))).isEqualTo("0200");
    assertThat(hex(out -> out.putElement("\u0000\u0001"))).isEqualTo("0101010200");
    assertThat(hex(out -> out.putElement("\u00e9"))).isEqualTo("c3a900");
    assertThat(hex(out -> out.putElement("\ud83d\udd25"))).isEqualTo("f09f94a500");
    assertThat(hex(out -> out.putElement(new byte[] {9, 0, (byte) 0xff, 9}, 1, 2)))
        .isEqualTo("0101ff00");
  }

  @Test
  void fixedWidthPartsAreGoldenBytes() {
    assertThat(hex(out -> out.putUnsignedInt(0x01020304))).isEqualTo("01020304");
    assertThat(hex(out -> out.putUnsignedInt(-1))).isEqualTo("ffffffff");
    assertThat(hex(out -> out.putInt(Integer.MIN_VALUE))).isEqualTo("00000000");
    assertThat(hex(out -> out.putInt(-1))).isEqualTo("7fffffff");
    assertThat(hex(out -> out.putInt(0))).isEqualTo("80000000");
    assertThat(hex(out -> out.putUnsignedLong(0x0102030405060708L))).isEqualTo("0102030405060708");
    assertThat(hex(out -> out.putLong(-1))).isEqualTo("7fffffffffffffff");
    assertThat(hex(out -> out.putLong(1))).isEqualTo("8000000000000001");
    assertThat(hex(out -> out.putBoolean(false))).isEqualTo("26");
    assertThat(hex(out -> out.putBoolean(true))).isEqualTo("27");
  }

  @Test
  void encodedBytesAreTakenAsTheyAre() {
    assertThat(hex(out -> out.putEncoded(new byte[] {9, 0, 1, 9}, 1, 2))).isEqualTo("0001");
  }

  @Test
  void cuttingBackKeepsWhatWasBefore() {
    assertThat(
            hex(
                out -> {
                  out.putElement("a");
                  int mark = out.length();
                  out.putElement("long enough to be seen");
                  out.truncate(mark);
                  out.putElement("b");
                }))
        .isEqualTo("61006200");
  }

  @Test
  void cuttingToMoreThanThereIsIsRefused() {
    TupleWriter out = new TupleWriter();
    out.putElement("a");

    assertThatThrownBy(() -> out.truncate(3)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theBufferGrowsAnywhereAndIsUsedAgain() {
    TupleWriter out = new TupleWriter();
    for (int length = 240; length < 270; length++) {
      out.reset();
      byte[] zeros = new byte[length];
      out.putElement(zeros, 0, length);
      out.putUnsignedInt(7);
      out.putUnsignedLong(8);
      out.putBoolean(true);

      assertThat(HexFormat.of().formatHex(out.toByteArray()))
          .isEqualTo("0101".repeat(length) + "00" + "00000007" + "0000000000000008" + "27");
    }
  }

  private static String hex(Consumer<TupleWriter> write) {
    TupleWriter out = new TupleWriter();
    write.accept(out);
    return HexFormat.of().formatHex(out.toByteArray());
  }
}
