package dev.grantstore.codec;

import dev.grantstore.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Elements that a wrong escape, terminator, buffer size or comparison gets wrong. */
final class TrapElements {
  private static final int[] LENGTHS = {7, 8, 9, 15, 16, 17, 127, 128, 255, 256, 4_095, 4_097};

  private static final int[] SPECIAL = {0, 1, 2, 0x26, 0x27, 0x61, 0x7f, 0x80, 0xff};

  private TrapElements() {}

  /** Each byte that the escape knows, alone and together, and text with its near neighbours. */
  static List<Bytes> shortOnes() {
    String hex =
        "- 00 0000 0001 0002 01 0100 0101 010101 0102 02 0200 7f 80 fe feff ff ff00 ff01 ffff 00ff"
            + " 61 6100 610062 6101 610101 6102 6161 6162 61ff 62";
    return Arrays.stream(hex.split(" ", -1))
        .map(s -> Bytes.copyOf(HexFormat.of().parseHex(s.equals("-") ? "" : s)))
        .toList();
  }

  /** Lengths around words and buffers, with the special bytes first, last and everywhere. */
  static List<Bytes> longOnes() {
    List<Bytes> all = new ArrayList<>();
    for (int length : LENGTHS) {
      for (int fill : new int[] {0x61, 0xff, 0x00, 0x01}) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) fill);
        all.add(Bytes.copyOf(bytes));
        for (int special = 0; special <= 2; special++) {
          byte[] last = bytes.clone();
          last[length - 1] = (byte) special;
          all.add(Bytes.copyOf(last));
          byte[] first = bytes.clone();
          first[0] = (byte) special;
          all.add(Bytes.copyOf(first));
        }
      }
    }
    return all.stream().distinct().toList();
  }

  /** Any bytes, the special ones often. */
  static Arbitrary<Byte> bytes() {
    List<Byte> bytes = new ArrayList<>();
    for (int b = 0; b < 256; b++) {
      bytes.add((byte) b);
    }
    for (int special : SPECIAL) {
      bytes.addAll(Collections.nCopies(60, (byte) special));
    }
    return Arbitraries.of(bytes);
  }

  static Arbitrary<Bytes> elements() {
    return Arbitraries.frequencyOf(
        Tuple.of(6, shortElements()), Tuple.of(1, Arbitraries.of(longOnes())));
  }

  static Arbitrary<Bytes> shortElements() {
    return Arbitraries.oneOf(
        Arbitraries.of(shortOnes()), bytes().array(byte[].class).ofMaxSize(20).map(Bytes::copyOf));
  }
}
