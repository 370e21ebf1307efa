package dev.grantstore;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Well-formed text with many near misses: few characters, from every UTF-8 length. */
final class TextArbitraries {
  private TextArbitraries() {}

  static Arbitrary<String> text() {
    Arbitrary<Integer> traps =
        Arbitraries.of(
            0, 1, 2, 0x61, 0x62, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xfb49, 0xfeff, 0xffff,
            0x10000, 0x1f525, 0x10ffff);
    Arbitrary<Integer> any =
        Arbitraries.integers().between(0, 0x10ffff).filter(c -> c < 0xd800 || c > 0xdfff);
    Arbitrary<Integer> codePoint = Arbitraries.frequencyOf(Tuple.of(4, traps), Tuple.of(1, any));
    return codePoint.list().ofMaxSize(8).map(TextArbitraries::toText);
  }

  private static String toText(Iterable<Integer> codePoints) {
    StringBuilder text = new StringBuilder();
    codePoints.forEach(text::appendCodePoint);
    return text.toString();
  }
}
